// What is said about notes at the foot of the window: one was deleted and can come back; one looks for its place; one can't
// be made here.

import { button } from '../controls.ts';
import { element, icon } from '../dom.ts';

export interface NoteNotices {
  readonly elements: readonly HTMLElement[];
  /** Offers to bring a note back; undefined takes the offer away. */
  readonly deleted: (noteId: string | undefined) => void;
  /** Asks for the words that a note belongs to; undefined when that is over. */
  readonly placing: (quote: string | undefined) => void;
  /** Says why nothing was done; undefined takes that away. */
  readonly tell: (words: string | undefined) => void;
  /** Takes away what is said or offered; false if there was nothing. */
  readonly dismiss: () => boolean;
}

/** Builds the notices, unseen. */
export function noteNotices(actions: {
  readonly restore: (noteId: string) => void;
  readonly stopPlacing: () => void;
}): NoteNotices {
  let noteId: string | undefined;
  const undo = button({
    label: 'Undo',
    description: 'Bring the deleted note back',
    look: 'primary',
    onPress: () => {
      const restored = noteId;
      setDeleted(undefined);
      if (restored !== undefined) actions.restore(restored);
    },
  });
  const dismissed = button({
    label: 'Close',
    icon: 'close',
    look: 'icon',
    onPress: () => {
      setDeleted(undefined);
    },
  });
  const deleted = element(
    'div',
    { class: 'note-notice', role: 'status' },
    element('span', {}, 'Note deleted.'),
    undo.element,
    dismissed.element,
  );
  deleted.hidden = true;
  const setDeleted = (id: string | undefined): void => {
    noteId = id;
    deleted.hidden = id === undefined;
    if (id !== undefined && document.hasFocus()) undo.element.focus({ preventScroll: true });
  };

  const quote = element('span', { class: 'note-notice-quote' });
  const stop = button({ label: 'Cancel', look: 'secondary', onPress: actions.stopPlacing });
  const placing = element(
    'div',
    { class: 'note-notice', role: 'status' },
    icon('pinned'),
    element('span', {}, 'Select the words that this note belongs to: ', quote),
    stop.element,
  );
  placing.hidden = true;

  const told = element('div', { class: 'note-notice' });
  told.hidden = true;
  const tell = (words: string | undefined): void => {
    told.hidden = words === undefined;
    told.textContent = words ?? '';
  };
  // What is selected next may be other words.
  document.addEventListener('pointerdown', () => {
    tell(undefined);
  });

  return {
    elements: [deleted, placing, told],
    deleted: setDeleted,
    placing: (words) => {
      placing.hidden = words === undefined;
      quote.textContent = words === undefined ? '' : `“${words.slice(0, 100)}”`;
    },
    tell,
    dismiss: () => {
      if (deleted.hidden && told.hidden) return false;
      setDeleted(undefined);
      tell(undefined);
      return true;
    },
  };
}
