// The pages of a PDF as a text that notes are made on.

import type { PdfPiece } from '../../src/protocol/pdf.ts';
import { element } from '../dom.ts';
import { setMarkers } from '../notes/markers.ts';
import { sentencesIn, type SpokenText } from '../notes/sentences.ts';
import type { Pages } from './pages.ts';
import { pdfWords, type PdfWords } from './pdfWords.ts';

export interface NotedPdf extends SpokenText {
  readonly words: () => PdfWords;
}

/** How long a page is waited for that is to be seen. */
const patienceMs = 5000;

export function notedPdf(
  form: string,
  pieces: readonly PdfPiece[],
  pages: Pages,
  placeList: (list: HTMLElement) => void,
): NotedPdf {
  const words = pdfWords(form, pieces, pages);
  return {
    words: () => words,
    placeList,
    setMarkers: (marked, open) => {
      setMarkers(pages.container, marked, open, marginOf);
      for (const line of pages.container.querySelectorAll('.note-line')) if (!line.hasChildNodes()) line.remove();
    },
    reveal: async (span) => {
      const line = words.lineAt(span.start);
      if (!line) return;
      await pages.reveal(line.box.page, line.box.y);
      await untilDrawn(pages, line.box.page);
    },
    sentences: sentencesIn({ words: () => words }),
  };
}

/** The place in a page's margin beside the line in which a range starts. */
function marginOf(range: Range): HTMLElement | undefined {
  const page = range.startContainer.parentElement?.closest<HTMLElement>('.page');
  if (!page) return undefined;
  const top = range.getBoundingClientRect().top - page.getBoundingClientRect().top - page.clientTop;
  const share = `${((top / page.clientHeight) * 100).toFixed(2)}%`;
  const there = [...page.querySelectorAll<HTMLElement>(':scope > .note-line')].find(({ style }) => style.top === share);
  if (there) return there;
  const made = element('div', { class: 'note-line' });
  made.style.top = share;
  page.append(made);
  return made;
}

/** Resolves once the page has words to be painted on, or will hardly have any. */
async function untilDrawn(pages: Pages, page: number): Promise<void> {
  if (pages.view(page)?.textLayer?.hasChildNodes()) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      pages.events.off('textlayerrendered', look);
      clearTimeout(timer);
      resolve();
    };
    const look = ({ pageNumber }: { pageNumber: number }): void => {
      if (pageNumber === page) done();
    };
    const timer = setTimeout(done, patienceMs);
    pages.events.on('textlayerrendered', look);
  });
}
