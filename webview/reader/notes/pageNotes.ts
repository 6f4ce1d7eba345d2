// The notes on the reader page: keeps what is painted, marked, listed and written in step with what the extension sends.

import type {
  FromReaderNotes,
  NoteDraft,
  ReaderNote,
  SelectionAction,
  ToReaderNotes,
} from '../../../src/protocol/readerNotes.ts';
import { selectedRange } from '../selection.ts';
import { bringIntoView, notesAt, paintNotes, paintOpen, type PaintedNote } from './highlights.ts';
import { keeping } from './keeping.ts';
import { markerOf, setMarkers } from './markers.ts';
import { noteCard } from './noteCard.ts';
import { noteList } from './noteList.ts';
import { noteNotices } from './noteNotices.ts';
import { pageWords, type PageWords, type Span } from './pageWords.ts';
import { placing } from './placing.ts';
import { writing } from './writing.ts';

export interface PageNotesParts {
  /** Where the chapter is. */
  readonly main: HTMLElement;
  readonly post: (message: FromReaderNotes) => void;
  readonly say: (words: string) => void;
  /** What is being written has changed and is to be kept with the page's state. */
  readonly keep: () => void;
  readonly setPlacing: (placing: boolean) => void;
}

export interface PageNotes {
  readonly elements: readonly HTMLElement[];
  /** Another chapter is there, or the same one anew. */
  readonly show: (chapterId: string, summary: HTMLElement, prose: HTMLElement) => void;
  readonly receive: (message: ToReaderNotes) => void;
  readonly act: (action: SelectionAction | 'put') => void;
  readonly draft: () => NoteDraft | undefined;
  readonly escape: () => boolean;
}

const summaryAnchor = 'summary';

/** Builds the notes of the page. `kept` is what an earlier life of the page was writing. `escape` tells whether it did anything. */
export function pageNotes(parts: PageNotesParts, kept: NoteDraft | undefined): PageNotes {
  const { main, post, say } = parts;
  let chapterId = '';
  let roots: readonly HTMLElement[] = [];
  let words: PageWords | undefined;
  let notes: readonly ReaderNote[] = [];
  /** What has the focus again when the card is closed. */
  let opener: HTMLElement | undefined;
  /** The note whose marker gets the focus once it is there. */
  let focusNext: string | undefined;

  const read = (): PageWords => (words ??= pageWords(summaryAnchor, roots));
  const rangeOf = (note: ReaderNote | undefined): Range | undefined => note?.place && read().rangeOf(note.place);
  const painted = (): PaintedNote[] =>
    notes.flatMap(({ id, place, text }) => (place ? [{ id, ...place, worded: text !== '' }] : []));

  const list = noteList({
    open: (note, entry) => {
      goTo(note, entry);
    },
    place: (note) => {
      startPlacing(note);
    },
  });
  const notices = noteNotices({
    restore: (noteId) => {
      post({ type: 'restoreNote', noteId });
      say('The note is back.');
    },
    stopPlacing: () => {
      placer.stop();
    },
  });
  const keeper = keeping(post, () => chapterId);
  const placer = placing(keeper.keep, notices, parts.setPlacing, say);
  const writer = writing(
    {
      card: () => card,
      keep: keeper.keep,
      chapterId: () => chapterId,
      placeOf: ({ noteId, quote }) => {
        const span = quote && read().find(quote);
        const range = span ? read().rangeOf(span) : rangeOf(notes.find(({ id }) => id === noteId));
        paintOpen(range);
        return range ?? opener ?? list.element;
      },
      ask: (noteId) => {
        post({ type: 'readNotes', noteIds: [noteId] });
      },
      changed: parts.keep,
      saved: (noteId) => {
        close();
        say('Note saved.');
        focusNext = noteId;
        document.getSelection()?.removeAllRanges();
        focusNote();
      },
    },
    kept,
  );
  const card = noteCard({
    edit: (note) => {
      writer.edit(note);
    },
    copy: (note) => {
      post({ type: 'copyNote', noteId: note.id });
      say('Copied.');
    },
    remove: (note) => {
      post({ type: 'deleteNote', noteId: note.id });
      close();
    },
    place: (note) => {
      startPlacing(note);
    },
    save: writer.save,
    written: writer.written,
    closed: () => {
      writer.stop();
      paintOpen(undefined);
      opener?.focus({ preventScroll: true });
      opener = undefined;
    },
    say,
  });

  const close = (): void => {
    card.close();
    writer.stop();
    paintOpen(undefined);
  };
  /** Words that aren't kept are not to be lost to a click. */
  const mayLeave = (): boolean => {
    if (!card.unsaved()) return true;
    say('Save the note you are writing first, or cancel it.');
    card.focus();
    return false;
  };
  const open = (which: readonly ReaderNote[], at: Range | Element, from?: HTMLElement): void => {
    if (!mayLeave()) return;
    writer.stop();
    opener = from;
    paintOpen(which.length === 1 ? rangeOf(which[0]) : undefined);
    card.read(which, at);
    post({ type: 'readNotes', noteIds: which.map(({ id }) => id) });
  };
  const focusNote = (): void => {
    const marker = focusNext === undefined ? undefined : markerOf(main, focusNext);
    if (!marker) return;
    focusNext = undefined;
    if (document.hasFocus()) marker.focus({ preventScroll: true });
  };
  const goTo = (note: ReaderNote, entry?: HTMLElement, editing = false): void => {
    const at = rangeOf(note) ?? entry ?? list.element;
    bringIntoView(at);
    const from = markerOf(main, note.id) ?? entry;
    if (!editing) open([note], at, from);
    else if (mayLeave()) edit(note, from);
  };
  const edit = (note: ReaderNote, from: HTMLElement | undefined): void => {
    opener = from;
    writer.edit(note);
  };
  const startPlacing = (note: ReaderNote): void => {
    if (!mayLeave()) return;
    close();
    placer.start(note);
  };

  /** The selected words of the chapter's text; says so if there are none. */
  const selected = (): Span | undefined => {
    const range = selectedRange(main);
    const span = range && read().spanOf(range);
    if (!span) say(range ? 'Only words of the chapter’s text can be noted.' : 'Select some words first.');
    return span;
  };
  const highlight = (span: Span): void => {
    if (notes.some(({ place }) => place?.start === span.start && place.end === span.end)) {
      say('These words are noted already.');
      return;
    }
    keeper.keep({ quote: read().quote(span), text: '' }, (noteId) => {
      say(noteId === undefined ? 'The highlight couldn’t be saved. Try again.' : 'Highlighted.');
      if (noteId !== undefined) document.getSelection()?.removeAllRanges();
    });
  };
  const act = (action: SelectionAction | 'put'): void => {
    const span = selected();
    if (!span) return;
    const quote = read().quote(span);
    switch (placer.isOn() && action === 'note' ? 'put' : action) {
      case 'highlight':
        highlight(span);
        return;
      case 'note':
        if (!mayLeave()) return;
        opener = undefined;
        writer.begin({ quote }, '');
        return;
      case 'card':
        post({ type: 'makeCard', chapterId, quote });
        return;
      case 'put':
        placer.put(quote);
        return;
    }
  };

  main.addEventListener('click', (event) => {
    const { target } = event;
    if (event.defaultPrevented || !(target instanceof Element) || target.closest('a, button, vscode-button')) return;
    if (selectedRange(main) || !words) return;
    const here = notesAt(words, painted(), event.clientX, event.clientY);
    const found = notes.filter(({ id }) => here.some((one) => one.id === id));
    const [first] = found;
    const at = rangeOf(first);
    if (first && at) open(found, at, markerOf(main, first.id));
  });

  const update = (): void => {
    list.set(notes);
    // A chapter without notes needn't be read through.
    if (notes.length === 0 && !words) return;
    paintNotes(read(), painted());
    const marked = notes.flatMap((note) => {
      const range = rangeOf(note);
      return range ? [{ note, range }] : [];
    });
    for (const root of roots) {
      const here = marked.filter(({ range }) => root.contains(range.startContainer));
      setMarkers(root, here, (which, marker) => {
        const last = which.reduce((a, b) => ((a.place?.end ?? 0) > (b.place?.end ?? 0) ? a : b));
        open(which, rangeOf(last) ?? marker, marker);
      });
    }
    focusNote();
  };

  return {
    elements: [card.element, ...notices.elements],
    show: (id, summary, prose) => {
      if (id !== chapterId) {
        placer.stop();
        notices.deleted(undefined);
      }
      chapterId = id;
      roots = [summary, prose];
      words = undefined;
      notes = [];
      opener = undefined;
      card.close();
      writer.leave();
      paintNotes(undefined, []);
      paintOpen(undefined);
      prose.parentElement?.append(list.element);
      list.set([]);
    },
    receive: (message) => {
      switch (message.type) {
        case 'notes':
          if (message.chapterId !== chapterId) return;
          notes = message.notes;
          update();
          writer.resume();
          return;
        case 'noteTexts':
          if (!writer.gotTexts(message.texts)) card.setTexts(message.texts);
          return;
        case 'noteKept':
          keeper.answered(message.request, message.noteId);
          return;
        case 'noteDeleted':
          notices.deleted(message.noteId);
          return;
        case 'openNote':
        case 'placeNote': {
          const note = notes.find(({ id }) => id === message.noteId);
          if (!note) return;
          if (message.type === 'openNote') goTo(note, undefined, message.edit);
          else startPlacing(note);
          return;
        }
        case 'actOnSelection':
          act(message.action);
          return;
      }
    },
    act,
    draft: writer.draft,
    escape: () => {
      if (!placer.isOn()) return notices.dismiss();
      placer.stop();
      return true;
    },
  };
}
