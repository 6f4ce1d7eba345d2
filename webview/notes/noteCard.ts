// The card beside the noted words: shows notes, and is where they are written.

import type { NoteText, ReaderNote } from '../../src/protocol/readerNotes.ts';
import { button, textBox } from '../controls.ts';
import { element, fromBuild, icon } from '../dom.ts';
import { originOf } from './selection.ts';

export interface NoteCardActions {
  readonly edit: (note: ReaderNote) => void;
  readonly copy: (note: ReaderNote) => void;
  readonly remove: (note: ReaderNote) => void;
  readonly place: (note: ReaderNote) => void;
  readonly save: (text: string) => void;
  /** What is written has changed. */
  readonly written: (text: string) => void;
  /** The card was closed, by the learner. */
  readonly closed: () => void;
  readonly say: (words: string) => void;
}

export interface NoteCard {
  readonly element: HTMLElement;
  readonly read: (notes: readonly ReaderNote[], at: Range | Element) => void;
  /** What a note says in full, as soon as it is known. */
  readonly setTexts: (texts: readonly NoteText[]) => void;
  readonly write: (text: string, at: Range | Element, isNew: boolean) => void;
  /** What was written couldn't be kept; the words stay. */
  readonly failed: () => void;
  /** Whether there are words in the box that aren't kept. */
  readonly unsaved: () => boolean;
  readonly focus: () => void;
  readonly close: () => void;
}

/** Builds the card, closed. It belongs at the end of the page. `notThere` is said of a note without a place. */
export function noteCard(notThere: string, actions: NoteCardActions): NoteCard {
  const card = element('section', { class: 'note-card', role: 'dialog', 'aria-label': 'Notes', tabindex: -1 });
  card.hidden = true;
  let texts = new Map<string, HTMLElement>();
  let box: { readonly text: () => string; readonly before: string; readonly failed: () => void } | undefined;
  let warned = false;

  const unsaved = (): boolean => box !== undefined && box.text().trim() !== box.before.trim();
  const close = (): void => {
    card.hidden = true;
    card.replaceChildren();
    box = undefined;
    texts = new Map();
  };
  const leave = (): void => {
    if (unsaved() && !warned) {
      warned = true;
      actions.say('Your words aren’t saved. Press Escape again to throw them away, Ctrl+Enter to save them.');
      box?.failed();
      return;
    }
    close();
    actions.closed();
  };
  const show = (name: string, at: Range | Element, ...children: readonly Node[]): void => {
    warned = false;
    card.setAttribute('aria-label', name);
    card.replaceChildren(...children);
    card.hidden = false;
    place(card, at);
  };
  card.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    } else if (event.key === 'Tab') keepInside(card, event);
  });

  const readItem = (note: ReaderNote): HTMLElement => {
    const text = element('div', { class: 'note-text' }, note.text);
    texts.set(note.id, text);
    const press = (label: string, name: string, onPress: () => void): HTMLElement =>
      button({
        label,
        description: `${label}: ${note.text || note.quote}`.slice(0, 120),
        icon: name,
        look: 'icon',
        onPress,
      }).element;
    return element(
      'article',
      { class: 'note-item' },
      element('p', { class: 'note-quote' }, `“${note.quote}”`),
      note.changed === true &&
        element('p', { class: 'hint' }, icon('info'), ' These words have changed since you noted them.'),
      !note.place && element('p', { class: 'hint' }, icon('question'), ` ${notThere}.`),
      note.text !== '' && text,
      element(
        'div',
        { class: 'note-actions' },
        press(note.text === '' ? 'Write a note' : 'Edit', 'edit', () => {
          actions.edit(note);
        }),
        press('Copy as Markdown', 'copy', () => {
          actions.copy(note);
        }),
        press('Put it somewhere else', 'move', () => {
          actions.place(note);
        }),
        press(note.text === '' ? 'Remove the highlight' : 'Delete', 'trash', () => {
          actions.remove(note);
        }),
      ),
    );
  };

  return {
    element: card,
    read: (notes, at) => {
      texts = new Map();
      box = undefined;
      const off = button({ label: 'Close', icon: 'close', look: 'icon', onPress: leave });
      off.element.classList.add('note-close');
      const [only] = notes;
      const name = notes.length === 1 && only?.text === '' ? 'Highlight' : notes.length === 1 ? 'Note' : 'Notes';
      show(name, at, off.element, ...notes.map(readItem));
      card.focus({ preventScroll: true });
    },
    setTexts: (known) => {
      for (const { id, html } of known) {
        const shown = texts.get(id);
        // Rendered by the extension from Markdown without HTML.
        if (shown && html !== '') fromBuild(shown, html);
        for (const link of shown?.querySelectorAll<HTMLElement>('a[data-href]') ?? []) {
          link.removeAttribute('href');
          link.tabIndex = 0;
          link.setAttribute('role', 'link');
          link.title = link.dataset['href'] ?? '';
        }
      }
    },
    write: (text, at, isNew) => {
      texts = new Map();
      const problem = element('p', { class: 'note-problem', role: 'alert' });
      const input = textBox('Your note', 'Your note, in Markdown; formulas between dollars', () => {
        warned = false;
        problem.textContent = '';
        actions.written(input.text());
      });
      const submit = (): void => {
        save.setEnabled(false);
        problem.textContent = '';
        actions.save(input.text());
      };
      const save = button({ label: 'Save', icon: 'check', look: 'primary', onPress: submit });
      const cancel = button({ label: 'Cancel', look: 'secondary', onPress: leave });
      save.element.title = 'Save (Ctrl+Enter)';
      cancel.element.title = 'Cancel (Escape)';
      input.element.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
        event.preventDefault();
        submit();
      });
      box = {
        text: input.text,
        before: isNew ? '' : text,
        failed: () => {
          save.setEnabled(true);
          problem.textContent = warned
            ? 'Not saved yet. Escape again throws your words away.'
            : 'The note couldn’t be saved. Your words are still here: try again.';
        },
      };
      show(
        isNew ? 'New note' : 'Edit note',
        at,
        input.element,
        problem,
        element('div', { class: 'note-actions' }, save.element, cancel.element),
      );
      input.setText(text);
      input.focus();
    },
    failed: () => {
      warned = false;
      box?.failed();
    },
    unsaved,
    focus: () => {
      const first = card.querySelector<HTMLElement>('vscode-text-area') ?? card;
      first.focus();
    },
    close,
  };
}

/** Below the words, within the column of the text; what doesn't fit into the window is scrolled to. */
function place(card: HTMLElement, at: Range | Element): void {
  const boxes = [...at.getClientRects()];
  const last = boxes.at(-1) ?? at.getBoundingClientRect();
  const column = document.querySelector('.body')?.getBoundingClientRect();
  const left = column?.left ?? 16;
  const room = (column?.right ?? document.documentElement.clientWidth) - left;
  const width = Math.min(460, room);
  card.style.width = `${width}px`;
  const origin = originOf(card);
  card.style.left = `${Math.max(left, Math.min(last.left, left + room - width)) - origin.x}px`;
  card.style.top = `${last.bottom + 8 - origin.y}px`;
  card.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

/** Tab goes round in the card. */
function keepInside(card: HTMLElement, event: KeyboardEvent): void {
  const stops = [...card.querySelectorAll<HTMLElement>('vscode-button, vscode-text-area, a[tabindex]')].filter(
    (stop) => !stop.hasAttribute('disabled'),
  );
  const [first, last] = [stops[0], stops.at(-1)];
  if (!first || !last) return;
  const at = document.activeElement;
  const leaving = event.shiftKey ? at === first || at === card : at === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
