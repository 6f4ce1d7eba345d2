// The pages as they stand in the window, as a picture. When they are opened there again, it comes with the page, so that there
// is something to read while pdf.js starts; when the pages themselves are drawn, it goes. At the first opening, the words of
// the first page come in its place.

import type { SeenPages } from '../../src/protocol/pdf.ts';
import type { Pages } from './pages.ts';

/** A larger window is kept coarser. */
const mostPixels = 2 ** 22;

/** Takes away what the page came with to be read until it is drawn, if it came with anything. */
export function dropBehind(): void {
  document.querySelector('.behind')?.remove();
}

/**
 * The picture of the window's pages, with nothing of what stands around them; undefined if they are still being drawn, or
 * aren't to be seen.
 */
export async function seenPages({ container, place }: Pages): Promise<SeenPages | undefined> {
  const { innerWidth: width, innerHeight: height } = window;
  const frame = container.getBoundingClientRect();
  const inWindow = (box: DOMRect): boolean => box.bottom > frame.top && box.top < frame.bottom;
  const there = [...container.querySelectorAll<HTMLElement>('.page')].filter((page) =>
    inWindow(page.getBoundingClientRect()),
  );
  const drawn = there.every(({ dataset }) => dataset['loaded'] === 'true');
  if (there.length === 0 || !drawn || document.visibilityState !== 'visible') return undefined;
  const scale = Math.min(window.devicePixelRatio, Math.sqrt(mostPixels / (width * height)));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.scale(scale, scale);
  context.beginPath();
  context.rect(frame.left, frame.top, container.clientWidth, container.clientHeight);
  context.clip();
  for (const page of there) {
    for (const part of page.querySelectorAll('canvas')) {
      const box = part.getBoundingClientRect();
      context.drawImage(part, box.left, box.top, box.width, box.height);
    }
  }
  const at = place();
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  return { place: at, width, height, picture: new Uint8Array(await blob.arrayBuffer()) };
}
