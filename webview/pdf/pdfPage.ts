// The page of a saved PDF, put together of its parts.

import type { FromPdf, LineSpan, PdfPiece, PdfPlace, ShownPdf } from '../../src/protocol/pdf.ts';
import { element } from '../dom.ts';
import { citedLines } from './citedLines.ts';
import { contentsOf } from './contents.ts';
import { createFindBar } from './findBar.ts';
import { openPdf, type FetchData } from './openPdf.ts';
import { createPages, type Pages } from './pages.ts';
import { passwordForm } from './passwordForm.ts';
import { dropBehind, seenPages } from './seenPages.ts';
import { createSidebar } from './sidebar.ts';
import { createToolbar } from './toolbar.ts';

export interface PdfPageParts {
  readonly post: (message: FromPdf) => void;
  readonly fetchData: FetchData;
  readonly say: (words: string) => void;
  /** The learner has come to rest somewhere. */
  readonly moved: (place: PdfPlace) => void;
  /** Where the list of notes is put. */
  readonly notes: HTMLElement;
}

export interface PdfPage {
  readonly element: HTMLElement;
  readonly pages: Pages;
  readonly openFind: () => void;
  /** False if the search wasn't open. */
  readonly closeFind: () => boolean;
  readonly open: (document: ShownPdf, bytes: Uint8Array, place: PdfPlace | undefined) => Promise<void>;
  readonly update: (document: ShownPdf) => void;
  readonly setText: (pieces: readonly PdfPiece[]) => void;
  /** Goes to a passage once the pages and the text are there, and marks its lines; those of a cited sentence most. */
  readonly cite: (passage: number, sentence?: LineSpan) => void;
  readonly clearCited: () => void;
}

/** Scrolling ends in one message, not in hundreds. */
const restMs = 400;
/** A picture of the pages takes some milliseconds: it is made when nothing has moved for this long. */
const seenMs = 1000;

export function createPdfPage(parts: PdfPageParts): PdfPage {
  const { post, say, moved } = parts;
  const pages = createPages();
  const cited = citedLines(pages);
  const find = createFindBar(pages);
  const toolbar = createToolbar({
    sidebar: () => {
      beside.element.hidden = !beside.element.hidden;
      toolbar.setSidebar(!beside.element.hidden);
    },
    goTo: pages.goTo,
    zoomBy: pages.zoomBy,
    setZoom: pages.setZoom,
    find: () => {
      openFind();
    },
  });
  const beside = createSidebar(parts.notes, {
    openOriginal: () => {
      post({ type: 'openOriginal' });
    },
    read: (reading) => {
      // There, one goes on where one is here.
      rest();
      post({ type: 'read', reading });
    },
  });
  const notice = element('p', { class: 'pdf-notice', role: 'status' });
  notice.hidden = true;
  const cover = element('div', { class: 'cover' });
  cover.hidden = true;
  const main = element(
    'main',
    { class: 'pdf' },
    element('div', { class: 'head' }, toolbar.element, find.element, notice),
    element('div', { class: 'middle' }, beside.element, element('div', { class: 'frame' }, pages.container, cover)),
  );
  let pieces: readonly PdfPiece[] | undefined;
  let laidOut = false;
  let locked = false;
  let searchable = false;
  let wanted: { readonly passage: number; readonly sentence: LineSpan | undefined } | undefined;

  const openFind = (): void => {
    if (!searchable) {
      say(notice.textContent);
      return;
    }
    const words = document.getSelection()?.toString().trim() ?? '';
    find.open(words.length <= 100 ? words.replace(/\s+/g, ' ') : '');
  };
  const tellPage = (): void => {
    toolbar.setPage(pages.current(), pages.count());
  };
  const tellZoom = (): void => {
    const { name, factor } = pages.zoom();
    toolbar.setZoom(name, factor);
  };
  const citeWanted = (): void => {
    if (wanted === undefined || !pieces || !laidOut) return;
    const { passage: number, sentence } = wanted;
    const boxes = pieces
      .filter(({ kind, passage }) => passage === number && kind !== 'heading' && kind !== 'loose')
      .flatMap((piece) => piece.boxes);
    const { from, to } = sentence ?? { from: 0, to: boxes.length };
    wanted = undefined;
    const lines = boxes.slice(from, to);
    cited.set(lines, [...boxes.slice(0, from), ...boxes.slice(to)]);
    const [first] = lines;
    if (!first) return;
    void pages.reveal(first.page, first.y).then(() => {
      say(`The cited lines on page ${first.page} are marked.`);
    });
  };
  const show = (shown: ShownPdf): void => {
    document.title = shown.title;
    beside.show(shown);
    notice.textContent = shown.problem;
    notice.hidden = shown.problem === '';
    searchable = shown.searchable;
    toolbar.setSearchable(searchable);
  };

  let here: PdfPlace | undefined;
  let resting: number | undefined;
  const rest = (): void => {
    clearTimeout(resting);
    if (here) moved(here);
  };
  pages.events.on('updateviewarea', () => {
    // A page that is being hidden has no size, and no place.
    if (!laidOut || pages.container.clientHeight === 0) return;
    here = pages.place();
    clearTimeout(resting);
    resting = setTimeout(rest, restMs);
  });
  let seeing: number | undefined;
  const see = (): void => {
    clearTimeout(seeing);
    // The page opens again with nothing beside its pages, and nothing over them. Of what a password locks, nothing is kept.
    if (laidOut && !locked && beside.element.hidden && cover.hidden)
      seeing = setTimeout(() => {
        void seenPages(pages).then((seen) => {
          if (seen) post({ type: 'seen', seen });
        });
      }, seenMs);
  };
  pages.events.on('updateviewarea', see);
  pages.events.on('pagerendered', () => {
    dropBehind();
    see();
  });
  // A hidden page may be thrown away.
  document.addEventListener('visibilitychange', rest);
  pages.events.on('pagechanging', tellPage);
  pages.events.on('scalechanging', tellZoom);
  // Pages of other sizes than the first have found theirs, and what was cited may have moved.
  pages.events.on('pagesloaded', tellPage);

  return {
    element: main,
    pages,
    openFind,
    closeFind: find.close,
    open: async (shown, bytes, place) => {
      show(shown);
      laidOut = false;
      locked = false;
      try {
        const pdf = await openPdf(bytes, {
          fetchData: parts.fetchData,
          password: (wrong, answer) => {
            const form = passwordForm(wrong, (password) => {
              cover.hidden = true;
              answer(password);
            });
            locked = true;
            dropBehind();
            cover.replaceChildren(form);
            cover.hidden = false;
            form.querySelector('input')?.focus();
          },
        });
        cover.hidden = true;
        await pages.show(pdf, place);
        laidOut = true;
        tellPage();
        tellZoom();
        citeWanted();
        beside.setContents(await contentsOf(pdf, pages.links));
      } catch (error) {
        dropBehind();
        cover.replaceChildren(
          element(
            'div',
            { class: 'notice-page', role: 'alert' },
            element('h2', {}, 'This PDF can’t be shown'),
            element('p', {}, 'The file is damaged, or isn’t a PDF. Fetch it again, or open it elsewhere.'),
            element('p', { class: 'facts' }, error instanceof Error ? error.message : String(error)),
          ),
        );
        cover.hidden = false;
      }
    },
    update: show,
    setText: (next) => {
      pieces = next;
      citeWanted();
    },
    cite: (passage, sentence) => {
      wanted = { passage, sentence };
      citeWanted();
    },
    clearCited: () => {
      cited.set([]);
    },
  };
}
