import type { Source } from '../../src/protocol/ask.ts';
import { element } from '../dom.ts';

export interface CitationActions {
  /** `sentence` is one of the passage's own; without it the whole passage is meant. */
  readonly open: (source: Source, sentence?: string) => void;
  /** Points out the source in the list while its citation has the mouse or the focus. */
  readonly point: (number: number, on: boolean) => void;
}

/** A citation: a button with the number of its source. */
export function citation(source: Source, actions: CitationActions, sentence?: string): HTMLElement {
  const point = (on: boolean) => (): void => {
    actions.point(source.number, on);
  };
  const from = source.fromLibrary ? ', from your library' : '';
  return element(
    'button',
    {
      type: 'button',
      class: 'citation',
      'aria-label': `Source ${source.number}${from}: ${source.chapterTitle}, ${source.heading}`,
      title: `${source.chapterTitle}: ${source.heading}${from}`,
      onclick: () => {
        actions.open(source, sentence);
      },
      onmouseenter: point(true),
      onmouseleave: point(false),
      onfocus: point(true),
      onblur: point(false),
    },
    String(source.number),
  );
}

/** Citations, with the last word of the text before them: they stand on one line with it. */
export function citations(before: ChildNode | null, buttons: readonly HTMLElement[]): HTMLElement {
  return element('span', { class: 'citations' }, takeLastWord(before), ...buttons);
}

function takeLastWord(before: ChildNode | null): string {
  if (!(before instanceof Text)) return '';
  const [word = ''] = /\S{1,20}\s*$/.exec(before.data) ?? [];
  before.data = before.data.slice(0, before.data.length - word.length);
  return word.trimEnd();
}
