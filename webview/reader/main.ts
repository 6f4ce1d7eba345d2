// The reader page: listens to the extension and to the learner, and keeps the two in step.

import type {
  ChapterLink,
  FromReader,
  Highlight,
  Position,
  ReaderChapter,
  ReaderMarks,
  ReaderState,
  ToReader,
} from '../../src/protocol/reader.ts';
import { element, reducedMotion } from '../dom.ts';
import { connect } from '../host.ts';
import { chapterPage, summaryAnchor, type ChapterPage } from './chapterPage.ts';
import { followScroll } from './followScroll.ts';
import { clearHighlight, highlight, passageOf } from './highlight.ts';
import { listenToKeys } from './keys.ts';
import { followLinks, type LinkActions } from './links.ts';
import { chapterMarks, resourceMarks } from './marks.ts';
import { anchorInView, positionNow, scrollToPosition } from './position.ts';
import { annotating } from '../notes/annotating.ts';
import { notedChapter } from '../notes/notedText.ts';
import { selectSentence } from '../notes/sentenceKeys.ts';
import { selectedText } from '../notes/selection.ts';
import { followReading } from './reading.ts';
import { termTip } from './termTip.ts';

interface Shown {
  readonly chapter: ReaderChapter;
  readonly page: ChapterPage;
}

const host = connect<ToReader, FromReader, ReaderState>();
const main = element('main', { id: 'chapterMain' });
const said = element('p', { class: 'visually-hidden', role: 'status' });
const skip = element('a', { class: 'skip', href: '#chapterMain' }, 'Skip to the text');
let shown: Shown | undefined;
let lastPosition: Position | undefined;
/** Where the page was scrolled to last; the browser then rounds to a pixel, which is no reading on. */
let scrolledTo = 0;
let awaitingFocus: HTMLElement | undefined;

const { elements, notes, keys } = annotating(
  {
    main,
    selected: () => selectedText(main),
    ask: askAbout,
    notOfText: () => 'Only words of the chapter’s text can be noted.',
    notThere: 'Not found in the chapter any more',
    post: host.post,
    say,
    keep,
  },
  host.state()?.draft,
);
document.getElementById('root')?.append(skip, main, ...elements, termTip(main), said);
const reading = followReading((chapterId, isRead) => {
  host.post({ type: 'reading', chapterId, reading: isRead });
});
skip.addEventListener('click', (event) => {
  event.preventDefault();
  event.stopPropagation();
  const first = shown?.page.places[1];
  if (first) goTo(first.anchor);
});
// Offers the command of the context menu (see package.json, `webview/context`).
document.body.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'chapter' });

host.listen((message) => {
  switch (message.type) {
    case 'show':
      show(message.chapter, message.marks, message.highlight, message.position);
      return;
    case 'highlight':
      cite(message.highlight);
      return;
    case 'progress':
      if (shown?.chapter.id === message.chapterId) shown.page.setMarks(message.marks);
      return;
    case 'quiz':
      if (shown?.chapter.id === message.chapterId) shown.page.setQuiz(message.quiz);
      return;
    case 'askSelection':
      askAbout(selectedText(main));
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

function show(chapter: ReaderChapter, marks: ReaderMarks, cited?: Highlight, position?: Position): void {
  const again = shown !== undefined;
  clearHighlight();
  document.getSelection()?.removeAllRanges();
  const page = chapterPage(chapter, marks, {
    ask: () => {
      askAbout(selectedText(main));
    },
    goTo,
    markChapter: (state) => {
      host.post({ type: 'markChapter', chapterId: chapter.id, state });
      say(`Marked as ${chapterMarks[state].label.toLowerCase()}.`);
    },
    markResource: (resourceId, state) => {
      host.post({ type: 'markResource', resourceId, state });
      say(`Marked as ${resourceMarks[state].toLowerCase()}.`);
    },
    openResource: (resourceId) => {
      host.post({ type: 'openResource', resourceId });
    },
    copyResource: (resourceId) => {
      host.post({ type: 'copyResource', resourceId });
      say('Link copied.');
    },
    quizMe: () => {
      host.post({ type: 'quizMe', chapterId: chapter.id });
    },
  });
  shown = { chapter, page };
  document.title = chapter.title;
  main.replaceChildren(page.element);
  const summary = page.places[0]?.element;
  if (summary) notes.show(chapter.id, notedChapter(summaryAnchor, summary, page.end));
  if (again) focusOn(page.title);
  reading.show(chapter.id);
  arrive(page, cited, position);
}

/** Scrolls to where the learner shall be: at once, and again when fonts have come and the lines have moved. */
function arrive(page: ChapterPage, cited: Highlight | undefined, position: Position | undefined): void {
  const go = (): void => {
    if (!cited || !cite(cited, 'instant')) scrollToPosition(page.places, page.end, position);
    lastPosition = positionNow(page.places, page.end);
    scrolledTo = window.scrollY;
  };
  go();
  keep();
  // The browser scrolls too, when lines move: only the learner's own hand means that they have gone elsewhere.
  const moved = new AbortController();
  for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
    window.addEventListener(
      type,
      () => {
        moved.abort();
      },
      { once: true, passive: true, signal: moved.signal },
    );
  }
  void document.fonts.ready.then(() => {
    if (shown?.page === page && !moved.signal.aborted) go();
    moved.abort();
  });
  page.markOutline(anchorInView(page.stops));
}

/** Highlights a passage and brings it into view; false if the chapter has no such passage. */
function cite(place: Highlight, behavior: ScrollBehavior = reducedMotion() ? 'instant' : 'smooth'): boolean {
  const found = highlight(main, place);
  if (!found) return false;
  document.getSelection()?.removeAllRanges();
  const box = found.at.getBoundingClientRect();
  // A sentence is best read in the upper middle, a passage from its heading on. The summary's heading is the title.
  const above = found.at instanceof Range ? window.innerHeight / 3 : 24;
  const top = isSummary(found.passage) ? 0 : window.scrollY + box.top - above;
  window.scrollTo({ top, behavior });
  if (found.passage instanceof HTMLElement) focusOn(found.passage);
  say(found.at instanceof Range ? 'The cited sentence is highlighted.' : 'The cited passage is highlighted.');
  return true;
}

/** Goes to a passage of this chapter, or to the resource list. */
function goTo(anchor: string): void {
  const target = passageOf(main, anchor);
  if (!target) return;
  const behavior = reducedMotion() ? 'instant' : 'smooth';
  if (isSummary(target)) window.scrollTo({ top: 0, behavior });
  else target.scrollIntoView({ behavior, block: 'start' });
  focusOn(target);
}

function isSummary(passage: Element): boolean {
  return passage === shown?.page.places[0]?.element;
}

/**
 * Moves the focus within the page. A page that hasn't got it must not pull it out of the editor: the move waits until the
 * learner, or VS Code, which takes the focus for a moment when it reveals a panel, comes here.
 */
function focusOn(target: HTMLElement): void {
  target.tabIndex = -1;
  if (document.hasFocus()) target.focus({ preventScroll: true });
  else awaitingFocus = target;
}

window.addEventListener('focus', () => {
  if (awaitingFocus?.isConnected) awaitingFocus.focus({ preventScroll: true });
  awaitingFocus = undefined;
});

const links: LinkActions = {
  chapter: (chapterId, anchor, beside) => {
    if (chapterId === shown?.chapter.id && anchor !== undefined && !beside) {
      goTo(anchor);
      return;
    }
    openChapter(chapterId, anchor, beside);
  },
  resource: (resourceId) => {
    host.post({ type: 'openResource', resourceId });
  },
  address: (url) => {
    host.post({ type: 'openLink', url });
  },
};
for (const root of [main, ...elements]) followLinks(root, links);

function openChapter(chapterId: string, anchor?: string, beside = false): void {
  host.post({
    type: 'openChapter',
    chapterId,
    ...(anchor !== undefined && { anchor }),
    ...(beside && { beside }),
  });
}

function askAbout(text: string): void {
  if (shown) host.post({ type: 'askAbout', chapterId: shown.chapter.id, text });
}

function keep(): void {
  if (!shown || !lastPosition) return;
  const draft = notes.draft();
  host.keep({ chapterId: shown.chapter.id, position: lastPosition, ...(draft && { draft }) });
}

function say(words: string): void {
  said.textContent = words;
}

listenToKeys({
  alt: {
    ...keys,
    ArrowDown: () => {
      say(selectSentence(main, 1) ?? '');
    },
    ArrowUp: () => {
      say(selectSentence(main, -1) ?? '');
    },
  },
  previous: () => openNeighbour(shown?.chapter.previous),
  next: () => openNeighbour(shown?.chapter.next),
  escape: () => {
    if (!notes.escape()) clearHighlight();
    return true;
  },
});

function openNeighbour(chapter: ChapterLink | undefined): boolean {
  if (chapter) openChapter(chapter.id);
  return chapter !== undefined;
}

followScroll(() => {
  shown?.page.markOutline(anchorInView(shown.page.stops));
}, reportPosition);

function reportPosition(): void {
  if (!shown || Math.abs(window.scrollY - scrolledTo) < 1) return;
  const position = positionNow(shown.page.places, shown.page.end);
  if (!position) return;
  if (position.anchor === lastPosition?.anchor && position.fraction === lastPosition.fraction) return;
  lastPosition = position;
  keep();
  host.post({ type: 'position', chapterId: shown.chapter.id, position });
}

host.post({ type: 'ready' });
