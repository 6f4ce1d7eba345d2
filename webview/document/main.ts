// The page of a saved document: listens to the extension and to the learner, and keeps the two in step.

import type { FromDocument, KeptDocument, Position, ShownDocument, ToDocument } from '../../src/protocol/document.ts';
import { element } from '../dom.ts';
import { connect } from '../host.ts';
import { annotating } from '../notes/annotating.ts';
import { selectedWords } from '../notes/selection.ts';
import { selectSpoken, type SpokenText } from '../notes/sentences.ts';
import { clearHighlight } from '../reader/highlight.ts';
import { listenToKeys } from '../reader/keys.ts';
import { followLinks } from '../reader/links.ts';
import { createDocumentPage } from './documentPage.ts';

const host = connect<ToDocument, FromDocument, KeptDocument>();
const kept = host.state();
const said = element('p', { class: 'visually-hidden', role: 'status' });
let shown: ShownDocument | undefined;
let noted: SpokenText | undefined;
/** Where the learner is, in the form that is read. */
let position: Position | undefined;

const page = createDocumentPage({
  post: host.post,
  moved: (next) => {
    if (!shown || (next.anchor === position?.anchor && next.fraction === position.fraction)) return;
    position = next;
    keep();
    host.post({ type: 'position', form: shown.form, position });
  },
});
const { elements, notes, keys } = annotating(
  {
    main: page.element,
    selected,
    ask: askAbout,
    notOfText: () => 'Only words of the document’s text can be noted.',
    notThere: 'Not found in the document any more',
    post: host.post,
    say,
    keep,
  },
  kept?.draft,
);
document.getElementById('root')?.append(page.element, ...elements, said);
// Offers the commands of the context menu (see package.json, `webview/context`).
document.body.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'chapter' });

host.listen((message) => {
  switch (message.type) {
    case 'show':
      show(message.document);
      return;
    case 'goTo':
      page.goTo(message.passage, message.sentence);
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
});

function show(next: ShownDocument): void {
  document.getSelection()?.removeAllRanges();
  position = positionIn(next);
  shown = next;
  noted = page.show(next, position);
  notes.show(next.subject, noted);
  keep();
}

/** Where this page was, also before a reload, is newer than what was kept with the document. */
function positionIn({ form, position: known }: ShownDocument): Position | undefined {
  if (shown) return shown.form === form ? position : known;
  const before = kept?.reading.form === form && !kept.reading.pages ? kept.position : undefined;
  return before ?? known;
}

function selected(): string {
  return selectedWords(page.element, noted?.words());
}

function askAbout(text: string): void {
  host.post({ type: 'askAbout', text });
}

function keep(): void {
  if (!shown) return;
  const draft = notes.draft();
  host.keep({
    documentId: shown.documentId,
    reading: { form: shown.form, pages: false },
    ...(position && { position }),
    ...(draft && { draft }),
  });
}

function say(words: string): void {
  said.textContent = words;
}

for (const root of [page.element, ...elements]) {
  followLinks(root, {
    chapter: (chapterId, _anchor, beside) => {
      host.post({ type: 'openChapter', chapterId, beside });
    },
    resource: () => undefined,
    address: (url) => {
      host.post({ type: 'openLink', url });
    },
  });
}
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
    if (!notes.escape()) clearHighlight();
    return true;
  },
});

function select(step: 1 | -1): void {
  if (!noted) return;
  void selectSpoken(page.element, noted, { top: 0, bottom: window.innerHeight }, step).then((words) => {
    say(words ?? '');
  });
}

host.post({ type: 'ready' });
