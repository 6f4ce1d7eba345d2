// What can be done with selected words, by mouse and by keyboard, and the notes that come of it: the same in every text.

import type { NoteDraft } from '../../src/protocol/readerNotes.ts';
import { pageNotes, type PageNotes, type PageNotesParts } from './pageNotes.ts';
import { selectionBar } from './selection.ts';

export interface AnnotatingParts extends Omit<PageNotesParts, 'setPlacing'> {
  /** The selected words of the text as one line; empty if none are selected. */
  readonly selected: () => string;
  readonly ask: (words: string) => void;
}

export interface Annotating {
  readonly elements: readonly HTMLElement[];
  readonly notes: PageNotes;
  /** What Alt does with a key, told by its place on the keyboard. */
  readonly keys: Readonly<Record<string, () => void>>;
}

/** `kept` is what an earlier life of the page was writing. */
export function annotating(parts: AnnotatingParts, kept: NoteDraft | undefined): Annotating {
  const { main, selected, ask, say } = parts;
  const act =
    (action: Parameters<PageNotes['act']>[0]): (() => void) =>
    () => {
      notes.act(action);
    };
  const bar = selectionBar(main, selected, {
    ask,
    highlight: act('highlight'),
    note: act('note'),
    card: act('card'),
    put: act('put'),
    say,
  });
  const notes = pageNotes({ ...parts, setPlacing: bar.setPlacing }, kept);
  return {
    elements: [bar.element, ...notes.elements],
    notes,
    keys: {
      KeyA: () => {
        ask(selected());
      },
      KeyH: act('highlight'),
      KeyN: act('note'),
      KeyC: act('card'),
    },
  };
}
