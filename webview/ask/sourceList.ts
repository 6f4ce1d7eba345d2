import type { Source } from '../../src/protocol/ask.ts';
import { element, icon } from '../dom.ts';

export interface SourceList {
  readonly element: HTMLElement;
  /** Points out one source while its citation has the mouse or the focus. */
  readonly point: (number: number, on: boolean) => void;
}

/** The numbered passages of an answer, each a button that opens it. */
export function sourceList(title: string, sources: readonly Source[], open: (source: Source) => void): SourceList {
  const rows = new Map(
    sources.map((source) => [
      source.number,
      element(
        'button',
        {
          type: 'button',
          class: 'source',
          title: source.excerpt,
          onclick: () => {
            open(source);
          },
        },
        element('span', { class: 'number' }, String(source.number)),
        element('span', { class: 'heading' }, source.heading),
        element('span', { class: 'chapter' }, source.chapterTitle),
        source.fromLibrary && element('span', { class: 'from-library' }, icon('library'), 'From your library'),
        element('span', { class: 'excerpt' }, source.excerpt),
      ),
    ]),
  );
  return {
    element: element(
      'section',
      { class: 'sources', 'aria-label': title },
      element('h3', { class: 'label' }, title),
      element('ol', {}, ...[...rows.values()].map((row) => element('li', {}, row))),
    ),
    point: (number, on) => {
      rows.get(number)?.classList.toggle('pointed', on);
    },
  };
}
