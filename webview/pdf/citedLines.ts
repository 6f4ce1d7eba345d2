// The lines of a cited passage, drawn over the page. They lie below the text, which can be selected as before.

import type { LineBox } from '../../src/protocol/pdf.ts';
import { element } from '../dom.ts';
import type { Pages } from './pages.ts';

export interface CitedLines {
  /** Marks these lines and no others, those around them lightly. */
  readonly set: (lines: readonly LineBox[], around?: readonly LineBox[]) => void;
}

/** How far a mark reaches over its line on each side, in points. */
const over = 1.5;

export function citedLines(pages: Pages): CitedLines {
  let marked: readonly { readonly box: LineBox; readonly look: string }[] = [];
  const draw = (page: number): void => {
    const view = pages.view(page);
    if (!view) return;
    view.element.querySelector(':scope > .cited-lines')?.remove();
    const here = marked.filter(({ box }) => box.page === page);
    if (here.length === 0) return;
    // In shares of the page, so that they stay in place at any size.
    const [width, height] = [view.element.clientWidth / view.scale, view.element.clientHeight / view.scale];
    const layer = element('div', { class: 'cited-lines', 'aria-hidden': 'true' });
    for (const { box, look } of here) {
      const line = element('div', { class: look });
      line.style.left = `${((box.x - over) / width) * 100}%`;
      line.style.top = `${((box.y - over) / height) * 100}%`;
      line.style.width = `${((box.width + 2 * over) / width) * 100}%`;
      line.style.height = `${((box.height + 2 * over) / height) * 100}%`;
      layer.append(line);
    }
    view.element.append(layer);
  };
  // Drawing a page anew takes everything off it.
  pages.events.on('pagerendered', ({ pageNumber }: { pageNumber: number }) => {
    draw(pageNumber);
  });
  return {
    set: (lines, around = []) => {
      const before = marked;
      marked = [
        ...lines.map((box) => ({ box, look: 'cited-line' })),
        ...around.map((box) => ({ box, look: 'cited-line around' })),
      ];
      for (const page of new Set([...before, ...marked].map(({ box }) => box.page))) draw(page);
    },
  };
}
