// The page of a saved PDF: listens to the extension and to the learner, and keeps the two in step.

import type { FromPdf, KeptPdf, PdfPiece, PdfPlace, ShownPdf, ToPdf } from '../../src/protocol/pdf.ts';
import { element } from '../dom.ts';
import { connect } from '../host.ts';
import { annotating } from '../notes/annotating.ts';
import { selectedWords } from '../notes/selection.ts';
import { selectSpoken } from '../notes/sentences.ts';
import { listenToKeys } from '../reader/keys.ts';
import { followLinks } from '../reader/links.ts';
import { notedPdf, type NotedPdf } from './notedPdf.ts';
import { createPdfPage } from './pdfPage.ts';
import { wantedData } from './wantedData.ts';
import { listenToPdfKeys } from './zoomKeys.ts';

const host = connect<ToPdf, FromPdf, KeptPdf>();
const kept = host.state();
const said = element('p', { class: 'visually-hidden', role: 'status' });
const noteList = element('div', {});
const data = wantedData(host.post);
let shown: ShownPdf | undefined;
let place: PdfPlace | undefined = kept?.place;
let noted: NotedPdf | undefined;

const page = createPdfPage({
  post: host.post,
  fetchData: data.fetch,
  say,
  notes: noteList,
  moved: (next) => {
    if (next.page === place?.page && next.fraction === place.fraction && next.zoom === place.zoom) return;
    place = next;
    keep();
    host.post({ type: 'place', place });
  },
});
const { pages } = page;
const { elements, notes, keys } = annotating(
  {
    main: pages.container,
    selected,
    ask: askAbout,
    notOfText,
    notThere: 'Not found in the document any more',
    post: host.post,
    say,
    keep,
  },
  kept?.draft,
);
pages.container.append(...elements);
document.getElementById('root')?.append(page.element, said);
// Offers the commands of the context menu (see package.json, `webview/context`).
document.body.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'chapter' });

host.listen(receive);

function receive(message: ToPdf): void {
  switch (message.type) {
    case 'open':
      shown = message.document;
      keep();
      // Where this page was before a reload is newer than what was kept with the document.
      void page.open(shown, bytesOf(message.bytes), place ?? shown.place);
      return;
    case 'update':
      shown = message.document;
      page.update(shown);
      return;
    case 'text':
      setText(message.pieces);
      return;
    case 'goTo':
      page.cite(message.passage, message.lines);
      return;
    case 'data':
      data.answered(message.request, message.bytes);
      return;
    case 'askSelection':
      askAbout(selected());
      return;
    case 'notes':
    case 'noteTexts':
    case 'noteKept':
    case 'noteDeleted':
    case 'openNote':
    case 'actOnSelection':
    case 'placeNote':
      notes.receive(message);
      return;
  }
}

/** What came with the page is base64. */
function bytesOf(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? Uint8Array.fromBase64(bytes) : bytes;
}

function setText(pieces: readonly PdfPiece[]): void {
  if (!shown) return;
  page.setText(pieces);
  noted = notedPdf('main', pieces, pages, (list) => {
    noteList.replaceChildren(list);
  });
  notes.show(shown.subject, noted);
}

function selected(): string {
  return selectedWords(pages.container, noted?.words());
}

function notOfText(): string {
  if (noted) return 'These words can’t be noted: they are part of a picture, or stand at the edge of the page.';
  const problem = shown?.problem ?? '';
  return problem === '' ? 'The text of this document is still being read. Try again in a moment.' : problem;
}

function askAbout(text: string): void {
  host.post({ type: 'askAbout', text });
}

function keep(): void {
  if (!shown) return;
  const draft = notes.draft();
  host.keep({
    documentId: shown.documentId,
    reading: { form: 'main', pages: true },
    ...(place && { place }),
    ...(draft && { draft }),
  });
}

function say(words: string): void {
  said.textContent = words;
}

/** Once for all pages that are drawn in the same moment. */
let repainting = false;
function repaint(): void {
  if (repainting) return;
  repainting = true;
  requestAnimationFrame(() => {
    repainting = false;
    notes.repaint();
  });
}
for (const event of ['textlayerrendered', 'pagerendered']) {
  pages.events.on(event, ({ pageNumber }: { pageNumber: number }) => {
    noted?.words().forget(pageNumber);
    repaint();
  });
}
// Marking what is found parts the page's words anew.
pages.events.on('updatetextlayermatches', ({ pageIndex }: { pageIndex: number }) => {
  const changed = pageIndex >= 0 ? [pageIndex + 1] : Array.from({ length: pages.count() }, (_, index) => index + 1);
  for (const number of changed) noted?.words().forget(number);
  repaint();
});

followLinks(page.element, {
  chapter: (chapterId, _anchor, beside) => {
    host.post({ type: 'openChapter', chapterId, beside });
  },
  resource: () => undefined,
  address: (url) => {
    host.post({ type: 'openLink', url });
  },
});
listenToPdfKeys(pages, { find: page.openFind });
listenToKeys({
  alt: {
    ...keys,
    ArrowDown: () => {
      select(1);
    },
    ArrowUp: () => {
      select(-1);
    },
  },
  previous: () => false,
  next: () => false,
  escape: () => {
    if (!page.closeFind() && !notes.escape()) page.clearCited();
    return true;
  },
});

function select(step: 1 | -1): void {
  if (noted)
    void selectSpoken(pages.container, noted, pages.container.getBoundingClientRect(), step).then((words) => {
      say(words ?? '');
    });
}

const first = host.first();
if (first) receive(first);
host.post({ type: 'ready' });
