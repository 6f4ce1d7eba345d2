// What stands in the place of a PDF's pages until they are drawn.

import { plainHtml } from '../../core/plainHtml.ts';
import type { Sketch } from '../../core/library/sketch.ts';
import type { SeenPages } from '../../protocol/pdf.ts';
import type { Behind } from '../page.ts';

/** The pages as they were last seen. A `source` and no other picture, so that none is shown in a window of another size. */
export function asSeen({ picture, width, height }: SeenPages): Behind {
  const bytes = Buffer.from(picture).toString('base64');
  const source = `<source media="(width: ${width}px) and (height: ${height}px)" srcset="data:image/webp;base64,${bytes}">`;
  return {
    html: `<picture class="behind seen" aria-hidden="true">${source}<img alt="" decoding="sync"></picture>`,
    pictures: true,
  };
}

/** pdf.js's largest scale where it chooses it itself, in CSS pixels a point. */
const largestScale = (1.25 * 96) / 72;

/** The words of the first page at their places, on paper of its size. */
export function asSketched({ width, height, lines }: Sketch): Behind {
  const texts = lines.map(({ text, x, baseline, width: long, size, bold }) => {
    const place = `x="${tenths(x)}" y="${tenths(baseline)}" textLength="${tenths(long)}" font-size="${tenths(size)}"`;
    return `<text ${place} lengthAdjust="spacingAndGlyphs"${bold ? ' font-weight="bold"' : ''}>${plainHtml(text)}</text>`;
  });
  const size = `viewBox="0 0 ${width} ${height}" width="${tenths(width * largestScale)}"`;
  return {
    html: `<div class="behind sketch" aria-hidden="true"><svg ${size}>${texts.join('')}</svg></div>`,
    pictures: false,
  };
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
