// The notes on the reader page: keeps what is painted, marked, listed and written in step with what the extension sends.

import type {
  FromReaderNotes,
  NoteDraft,
  Quote,
  ReaderNote,
  SelectionAction,
  ToReaderNotes,
} from '../../src/protocol/readerNotes.ts';
import { selectedRange, selectedSpan } from './selection.ts';
import { bringIntoView, notesAt, paintNotes, paintOpen, type PaintedNote } from './highlights.ts';
import { keeping } from './keeping.ts';
import { markerOf } from './markers.ts';
import { noteCard } from './noteCard.ts';
import { noteList } from './noteList.ts';
import { noteNotices } from './noteNotices.ts';
import type { NotedText } from './notedText.ts';
import type { Span } from './quoteIn.ts';
import { placing } from './placing.ts';
import { writing } from './writing.ts';

export interface PageNotesParts {
  /** Where the text is. */
  readonly main: HTMLElement;
  /** What is said of selected words that can't be noted. */
  readonly notOfText: () => string;
  /** What is said of notes whose words aren't in the text any more. */
  readonly notThere: string;
  readonly post: (message: FromReaderNotes) => void;
  readonly say: (words: string) => void;
  /** What is being written has changed and is to be kept with the page's state. */
  readonly keep: () => void;
  readonly setPlacing: (placing: boolean) => void;
}

export interface PageNotes {
  readonly elements: readonly HTMLElement[];
  /** Another text is there, or the same one anew: the chapter's, or the document's, of that id. */
  readonly show: (chapterId: string, text: NotedText) => void;
  /** More of the text, or less of it, is there to be painted. */
  readonly repaint: () => void;
  readonly receive: (message: ToReaderNotes) => void;
  readonly act: (action: SelectionAction | 'put') => void;
  readonly draft: () => NoteDraft | undefined;
  readonly escape: () => boolean;
}

/** Builds the notes of the page. `kept` is what an earlier life of the page was writing. `escape` tells whether it did anything. */
export function pageNotes(parts: PageNotesParts, kept: NoteDraft | undefined): PageNotes {
  const { main, post, say } = parts;
  let chapterId = '';
  let text: NotedText | undefined;
  let notes: readonly ReaderNote[] = [];
  /** What has the focus again when the card is closed. */
  let opener: HTMLElement | undefined;
  /** The note whose marker gets the focus once it is there. */
  let focusNext: string | undefined;

  const rangesAt = (span: Span | undefined): readonly Range[] => (span && text?.words().rangesOf(span)) ?? [];
  const painted = (): PaintedNote[] =>
    notes.flatMap(({ id, place, text }) => (place ? [{ id, ...place, worded: text !== '' }] : []));

  const list = noteList(parts.notThere, {
    open: (note, entry) => {
      void goTo(note, entry);
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
        const span = quote ? text?.words().find(quote) : notes.find(({ id }) => id === noteId)?.place;
        const ranges = rangesAt(span);
        paintOpen(ranges);
        return ranges.at(-1) ?? opener ?? list.element;
      },
      ask: (noteId) => {
        post({ type: 'readNotes', noteIds: [noteId] });
      },
      changed: parts.keep,
      saved: (noteId) => {
        close();
        say('Note saved.');
        focusNext = noteId;
        focusNote();
      },
    },
    kept,
  );
  const card = noteCard(parts.notThere, {
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
      paintOpen([]);
      opener?.focus({ preventScroll: true });
      opener = undefined;
    },
    say,
  });

  const close = (): void => {
    card.close();
    writer.stop();
    paintOpen([]);
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
    paintOpen(which.length === 1 ? rangesAt(which[0]?.place) : []);
    card.read(which, at);
    post({ type: 'readNotes', noteIds: which.map(({ id }) => id) });
  };
  const focusNote = (): void => {
    const marker = focusNext === undefined ? undefined : markerOf(main, focusNext);
    if (!marker) return;
    // The keys go on behind the words: the box in which the note was written has taken the selection away.
    const noted = rangesAt(notes.find(({ id }) => id === focusNext)?.place).at(-1);
    if (noted) document.getSelection()?.collapse(noted.endContainer, noted.endOffset);
    focusNext = undefined;
    if (document.hasFocus()) marker.focus({ preventScroll: true });
  };
  const goTo = async (note: ReaderNote, entry?: HTMLElement, editing = false): Promise<void> => {
    if (note.place) await text?.reveal(note.place);
    else bringIntoView(entry ?? list.element);
    const at = rangesAt(note.place).at(-1) ?? entry ?? list.element;
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

  const highlight = (span: Span, quote: Quote): void => {
    if (notes.some(({ place }) => place?.start === span.start && place.end === span.end)) {
      say('These words are noted already.');
      return;
    }
    keeper.keep({ quote, text: '' }, (noteId) => {
      say(noteId === undefined ? 'The highlight couldn’t be saved. Try again.' : 'Highlighted.');
      // The caret stays behind them, so that the keys go on from there.
      if (noteId !== undefined) document.getSelection()?.collapseToEnd();
    });
  };
  const act = (action: SelectionAction | 'put'): void => {
    const { span, missing } = selectedSpan(main, text, parts.notOfText);
    notices.tell(missing);
    if (missing !== undefined) say(missing);
    const quote = span && text?.words().quote(span);
    if (!quote) return;
    switch (placer.isOn() && action === 'note' ? 'put' : action) {
      case 'highlight':
        highlight(span, quote);
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
    if (selectedRange(main) || !text || notes.length === 0) return;
    const here = notesAt(text.words(), painted(), event.clientX, event.clientY);
    const found = notes.filter(({ id }) => here.some((one) => one.id === id));
    const [first] = found;
    const at = rangesAt(first?.place).at(-1);
    if (first && at) open(found, at, markerOf(main, first.id));
  });

  const paint = (): void => {
    // A text without notes needn't be read through.
    paintNotes(notes.length > 0 ? text?.words() : undefined, painted());
    const marked = notes.flatMap((note) => {
      const [range] = rangesAt(note.place);
      return range ? [{ note, range }] : [];
    });
    text?.setMarkers(marked, (which, marker) => {
      const last = which.reduce((a, b) => ((a.place?.end ?? 0) > (b.place?.end ?? 0) ? a : b));
      open(which, rangesAt(last.place).at(-1) ?? marker, marker);
    });
    focusNote();
  };

  return {
    elements: [card.element, ...notices.elements],
    show: (id, next) => {
      if (id !== chapterId) {
        placer.stop();
        notices.deleted(undefined);
      }
      chapterId = id;
      text = next;
      notes = [];
      opener = undefined;
      card.close();
      writer.leave();
      paintNotes(undefined, []);
      paintOpen([]);
      next.placeList(list.element);
      list.set([]);
    },
    repaint: paint,
    receive: (message) => {
      switch (message.type) {
        case 'notes':
          if (message.chapterId !== chapterId) return;
          notes = message.notes;
          list.set(notes);
          paint();
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
          if (message.type === 'openNote') void goTo(note, undefined, message.edit);
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
