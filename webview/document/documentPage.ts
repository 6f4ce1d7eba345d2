// The page of a saved document: what it is, where the handbook names it, and its text.

import type { FromDocument, Position, ShownDocument } from '../../src/protocol/document.ts';
import { button } from '../controls.ts';
import { element, reducedMotion } from '../dom.ts';
import { findSentence } from '../reader/findSentence.ts';
import { clearHighlight, highlightRange } from '../reader/highlight.ts';
import { prepareLinks } from '../reader/links.ts';
import { followScroll } from '../reader/followScroll.ts';
import { positionNow, scrollToPosition } from '../reader/position.ts';
import { flowingText } from '../notes/notedText.ts';
import { sentencesIn, type SpokenText } from '../notes/sentences.ts';
import { paintBody } from './documentBody.ts';
import type { PaintedBody } from './paintedBody.ts';

export interface DocumentPage {
  readonly element: HTMLElement;
  /** Shows a document at a position, or at its start; the text that notes are made on. */
  readonly show: (document: ShownDocument, position: Position | undefined) => SpokenText;
  /** Highlights a passage, and the sentence in it if it is found there. */
  readonly goTo: (passage: number, sentence?: string) => void;
}

export interface DocumentPageParts {
  readonly post: (message: FromDocument) => void;
  /** The learner has come to rest somewhere. */
  readonly moved: (position: Position) => void;
}

export function createDocumentPage({ post, moved }: DocumentPageParts): DocumentPage {
  const head = element('header', {});
  const place = element('article', { class: 'body', tabindex: -1 });
  const end = element('div', {});
  const notes = element('div', {});
  let body: PaintedBody | undefined;

  followScroll(
    () => undefined,
    () => {
      const position = body && positionNow(body.places, end);
      if (position) moved(position);
    },
  );

  return {
    element: element('main', { class: 'document' }, head, place, end, notes),
    show: (shown, position) => {
      clearHighlight();
      document.title = shown.title;
      paintHead(head, shown, post);
      const painted = paintBody(shown.body);
      body = painted;
      place.replaceChildren(painted.element);
      scrollToPosition(painted.places, end, position);
      const text = flowingText({
        roots: [painted.element],
        read: () => painted.words(shown.form),
        blocks: painted.blocks,
        placeList: (list) => {
          notes.replaceChildren(list);
        },
      });
      return { ...text, sentences: sentencesIn(text) };
    },
    goTo: (number, sentence) => {
      clearHighlight();
      const elements = body?.passage(number) ?? [];
      for (const each of elements) each.classList.add('cited-passage');
      const range = sentence === undefined ? undefined : findSentence(elements, sentence);
      if (range) highlightRange(range);
      const first = elements.find((each) => !range || range.intersectsNode(each));
      if (!first) return;
      // Reading, and Tab, go on there.
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      const { top, height } = (range ?? first).getBoundingClientRect();
      const above = Math.max(0, (window.innerHeight - height) / 2);
      window.scrollTo({ top: window.scrollY + top - above, behavior: reducedMotion() ? 'instant' : 'smooth' });
    },
  };
}

function paintHead(head: HTMLElement, document: ShownDocument, post: (message: FromDocument) => void): void {
  const { title, creators, facts, original, readings, citedBy } = document;
  const open = button({
    label: original,
    icon: 'link-external',
    look: 'secondary',
    onPress: () => {
      post({ type: 'openOriginal' });
    },
  });
  const others = readings.map(({ label, form, pages }) =>
    button({
      label,
      look: 'secondary',
      onPress: () => {
        post({ type: 'read', reading: { form, pages } });
      },
    }),
  );
  const chapters = citedBy.map(({ chapterId, title: chapter }) =>
    element('li', {}, element('a', { 'data-chapter': chapterId }, chapter)),
  );
  head.replaceChildren(
    element('h1', {}, title),
    ...(creators === '' ? [] : [element('p', { class: 'creators' }, creators)]),
    element('p', { class: 'facts' }, facts.join(' · ')),
    element('div', { class: 'actions' }, ...others.map((other) => other.element), open.element),
  );
  if (chapters.length > 0) {
    const name = 'Where the handbook cites this';
    head.append(
      element('nav', { 'aria-label': name }, element('p', { class: 'label' }, name), element('ul', {}, ...chapters)),
    );
  }
  prepareLinks(head);
}
