import type { ChapterLink, ChapterState } from '../../src/protocol/reader.ts';
import { element, icon } from '../dom.ts';
import { chapterMarks } from './marks.ts';

export interface ChapterLinks {
  readonly element: HTMLElement;
  readonly setStates: (states: Readonly<Record<string, ChapterState>>) => void;
}

/** A labelled list of links to other chapters, each with the learner's mark. */
export function chapterLinks(
  title: string,
  links: readonly ChapterLink[],
  states: Readonly<Record<string, ChapterState>>,
): ChapterLinks | undefined {
  if (links.length === 0) return undefined;
  const rows = links.map((link) => {
    const mark = element('span', { class: 'link-mark' });
    return {
      id: link.id,
      mark,
      element: element('li', {}, element('a', { 'data-chapter': link.id }, link.title), ' ', mark),
    };
  });
  const setStates = (next: Readonly<Record<string, ChapterState>>): void => {
    for (const { id, mark } of rows) {
      const state = next[id] ?? 'not-started';
      const look = chapterMarks[state];
      mark.className = `link-mark ${state}`;
      mark.replaceChildren(icon(look.icon), look.label);
    }
  };
  setStates(states);
  return {
    element: element(
      'section',
      { class: 'aside' },
      element('h2', { class: 'label' }, title),
      element('ul', { class: 'chapter-links' }, ...rows.map((row) => row.element)),
    ),
    setStates,
  };
}

/** Links to the chapters before and after, in reading order. */
export function neighbourLinks(previous?: ChapterLink, next?: ChapterLink): HTMLElement | undefined {
  if (!previous && !next) return undefined;
  const card = (link: ChapterLink, word: string, className: string): HTMLElement =>
    element(
      'a',
      { 'data-chapter': link.id, class: `neighbour ${className}` },
      element('span', { class: 'label' }, word),
      element('span', { class: 'neighbour-title' }, link.title),
    );
  return element(
    'nav',
    { class: 'neighbours', 'aria-label': 'Previous and next chapter' },
    previous && card(previous, 'Previous', 'previous'),
    next && card(next, 'Next', 'next'),
  );
}
