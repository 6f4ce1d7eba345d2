// The notes of one page: sends it those of the chapter, or the document, it shows, and does what it asks with them.

import * as vscode from 'vscode';
import type { CopyForm } from '../../core/library/address.ts';
import { excerpt } from '../../core/study/noteWords.ts';
import type { PlacedNote } from '../../core/study/placedNote.ts';
import type { FromReaderNotes, NoteText, ReaderNote, ToReaderNotes } from '../../protocol/readerNotes.ts';
import type { Problems } from '../problems.ts';
import { copyNotes, makeCard } from './noteActions.ts';
import type { Study } from '../study.ts';
import type { Notes } from './notes.ts';

/** What a page shows that notes are on: a chapter, or a form of a saved document. */
export interface NotedSubject {
  readonly id: string;
  readonly form?: CopyForm;
}

export class ReaderNotes implements vscode.Disposable {
  readonly #study: Study;
  readonly #notes: Notes;
  readonly #problems: Problems;
  readonly #shown: () => NotedSubject | undefined;
  readonly #post: (message: ToReaderNotes) => void;
  readonly #listening: vscode.Disposable;
  #sent = '';

  /** `shown` is what a page that listens shows; `post` reaches it. */
  constructor(
    study: Study,
    notes: Notes,
    problems: Problems,
    shown: () => NotedSubject | undefined,
    post: (message: ToReaderNotes) => void,
  ) {
    this.#study = study;
    this.#notes = notes;
    this.#problems = problems;
    this.#shown = shown;
    this.#post = post;
    this.#listening = notes.onDidChange(() => {
      void this.#send(false);
    });
  }

  /** Sends a page that has just been given its chapter the notes of it. */
  async start(): Promise<void> {
    await this.#send(true);
  }

  /** Opens a note on the page, or has the learner give it another place. */
  open({ id: noteId, then }: { readonly id: string; readonly then: 'read' | 'edit' | 'place' }): void {
    this.#post(then === 'place' ? { type: 'placeNote', noteId } : { type: 'openNote', noteId, edit: then === 'edit' });
  }

  /** Does what the page asked for. */
  async handle(message: FromReaderNotes): Promise<void> {
    try {
      await this.#do(message);
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('That didn’t work. Try again.'));
    }
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #do(message: FromReaderNotes): Promise<void> {
    switch (message.type) {
      case 'keepNote': {
        const noteId = await this.#keep(message);
        this.#post({ type: 'noteKept', request: message.request, ...(noteId !== undefined && { noteId }) });
        return;
      }
      case 'deleteNote':
        if (await this.#notes.remove([message.noteId])) {
          this.#post({ type: 'noteDeleted', noteId: message.noteId });
        }
        return;
      case 'restoreNote':
        await this.#notes.restore([message.noteId]);
        return;
      case 'readNotes':
        await this.#read(message.noteIds);
        return;
      case 'copyNote':
        await copyNotes([message.noteId], this.#notes, await this.#study.curriculum());
        return;
      case 'makeCard':
        await makeCard(message.chapterId, message.quote, this.#notes);
        return;
    }
  }

  /** The note's id, if it was kept. */
  async #keep(message: Extract<FromReaderNotes, { type: 'keepNote' }>): Promise<string | undefined> {
    const { chapterId, noteId, quote, text } = message;
    if (this.#shown()?.id !== chapterId) return undefined;
    try {
      if (noteId === undefined) {
        return quote && text !== undefined ? await this.#notes.keep({ chapterId, ...quote, text }) : undefined;
      }
      const there = await this.#notes.find(noteId);
      if (!there) {
        // Deleted in another window while its words were being changed here: they are not lost with it.
        const last = quote && text !== undefined ? { chapterId, ...quote, text } : undefined;
        if (last) return await this.#notes.keep(last, noteId);
        await this.#notes.restore([noteId]);
      }
      const note = there ?? (await this.#notes.find(noteId));
      if (!note) return undefined;
      const { anchor, before, after } = note;
      return await this.#notes.keep(
        { chapterId: note.chapterId, anchor, quote: note.quote, before, after, ...quote, text: text ?? note.text },
        noteId,
      );
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your note couldn’t be saved. Try again.'));
      return undefined;
    }
  }

  async #read(ids: readonly string[]): Promise<void> {
    const { noteHtml } = await import('../../core/study/noteHtml.ts');
    const texts: NoteText[] = [];
    for (const id of ids) {
      const note = await this.#notes.find(id);
      if (note) texts.push({ id, text: note.text, html: note.text === '' ? '' : noteHtml(note.text) });
    }
    this.#post({ type: 'noteTexts', texts });
  }

  async #send(always: boolean): Promise<void> {
    const shown = this.#shown();
    if (!shown) return;
    const { id: chapterId, form } = shown;
    try {
      const notes = (await this.#notes.ofChapter(chapterId, form)).map(readerNote);
      const sent = JSON.stringify([chapterId, form, notes]);
      // Meanwhile another chapter may have been opened.
      const now = this.#shown();
      if (now?.id !== chapterId || now.form !== form || (sent === this.#sent && !always)) return;
      this.#sent = sent;
      this.#post({ type: 'notes', chapterId, notes });
    } catch (error) {
      // The chapter is there to be read all the same; that the store can't be read is said by whoever shows progress.
      this.#problems.log.error(error instanceof Error ? error : String(error));
    }
  }
}

function readerNote({ id, place, quote, text }: PlacedNote): ReaderNote {
  return {
    id,
    ...(place && { place: { start: place.start, end: place.end } }),
    ...(place?.how === 'changed' && { changed: true }),
    quote: excerpt(quote, 300),
    text: excerpt(text, 300),
  };
}
