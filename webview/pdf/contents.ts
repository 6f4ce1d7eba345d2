// The outline that a PDF brings, as a list of places to go to.

import { element } from '../dom.ts';
import type { PDFDocumentProxy, PDFLinkService } from './pdfjs.ts';

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;

const mostEntries = 2000;
const deepest = 6;

/** The list; undefined if the file brings none. An outline that bites its own tail ends after so many entries. */
export async function contentsOf(
  document: PDFDocumentProxy,
  links: Pick<PDFLinkService, 'goToDestination'>,
): Promise<HTMLElement | undefined> {
  // A file without one says null, whatever the types say.
  const outline: Outline | null = await document.getOutline().catch(() => null);
  let left = mostEntries;
  const listOf = (nodes: Outline, depth: number): HTMLElement => {
    const list = element('ul', { class: 'outline-list' });
    for (const { title, dest, items } of nodes) {
      if (left-- <= 0) break;
      const words = title.trim().slice(0, 300);
      const entry =
        dest === null
          ? element('span', {}, words)
          : element(
              'button',
              {
                type: 'button',
                class: 'outline-entry',
                onclick: () => {
                  void links.goToDestination(dest);
                },
              },
              words,
            );
      const below = items as Outline;
      list.append(element('li', {}, entry, depth < deepest && below.length > 0 && listOf(below, depth + 1)));
    }
    return list;
  };
  return outline && outline.length > 0 ? listOf(outline, 1) : undefined;
}
