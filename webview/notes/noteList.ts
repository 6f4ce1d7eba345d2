// The notes on a text at its end: where each of them leads, and those whose words aren't in the text any more.

import type { ReaderNote } from '../../src/protocol/readerNotes.ts';
import { button } from '../controls.ts';
import { count, element, icon } from '../dom.ts';

/** More are folded away at first. */
const mostUnfolded = 20;

export interface NoteListActions {
  /** Goes to a note and opens it; of one without a place, opens it at its entry. */
  readonly open: (note: ReaderNote, entry: HTMLElement) => void;
  /** Lets the learner select the words that a note belongs to. */
  readonly place: (note: ReaderNote) => void;
}

export interface NoteList {
  readonly element: HTMLElement;
  readonly set: (notes: readonly ReaderNote[]) => void;
}

/** The list; it isn't there while there are no notes. `notThere` is the heading of those without a place. */
export function noteList(notThere: string, actions: NoteListActions): NoteList {
  const summary = element('summary', {}, '');
  const placed = element('ul', { class: 'note-entries' });
  const lost = element('ul', { class: 'note-entries' });
  const lostPart = element(
    'div',
    { class: 'lost-notes' },
    element('h3', {}, icon('question'), ` ${notThere}`),
    element(
      'p',
      { class: 'hint' },
      'The text has changed since, or these words were taken out. The notes are kept; you can give them a new place.',
    ),
    lost,
  );
  const details = element('details', {}, summary, placed, lostPart);
  const list = element(
    'section',
    { class: 'notes', id: 'notes' },
    element('h2', { tabindex: -1 }, 'Your notes'),
    details,
  );
  list.hidden = true;
  let unfolded: boolean | undefined;
  details.addEventListener('toggle', () => {
    unfolded = details.open;
  });

  const entry = (note: ReaderNote): HTMLElement => {
    const press = element(
      'button',
      {
        type: 'button',
        class: 'note-entry',
        onclick: () => {
          actions.open(note, press);
        },
      },
      note.text !== '' && element('span', { class: 'note-entry-text' }, note.text),
      element('span', { class: 'note-entry-quote' }, `“${note.quote}”`),
    );
    if (note.place) return element('li', {}, press);
    const put = button({
      label: 'Put it somewhere else',
      description: `Put the note on “${note.quote.slice(0, 60)}” somewhere else`,
      look: 'secondary',
      onPress: () => {
        actions.place(note);
      },
    });
    return element('li', {}, press, put.element);
  };
  return {
    element: list,
    set: (notes) => {
      list.hidden = notes.length === 0;
      summary.textContent = count(notes.length, 'note');
      details.open = unfolded ?? notes.length <= mostUnfolded;
      placed.replaceChildren(...notes.filter(({ place }) => place).map(entry));
      const gone = notes.filter(({ place }) => !place);
      lostPart.hidden = gone.length === 0;
      lost.replaceChildren(...gone.map(entry));
    },
  };
}
