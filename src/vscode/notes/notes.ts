// The learner's notes and highlights, for every view that shows them.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CopyForm } from '../../core/library/address.ts';
import type { PlacedNote } from '../../core/study/placedNote.ts';
import type { Note } from '../../core/study/studyEvent.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import type { NotedDocuments } from '../library/notedDocuments.ts';
import type { NoteShelf } from './noteShelf.ts';

const settleMs = 500;

export class Notes implements vscode.Disposable {
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #documents: NotedDocuments;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: readonly vscode.Disposable[];
  #shelf: Promise<NoteShelf> | undefined;
  #version: number | undefined;
  #settling: NodeJS.Timeout | undefined;

  /** A note was made, changed or deleted, in this or another window. */
  readonly onDidChange = this.#changed.event;

  /** `documents` are those of the library that notes may be on. */
  constructor(study: Study, problems: Problems, documents: NotedDocuments) {
    this.#study = study;
    this.#problems = problems;
    this.#documents = documents;
    // Nobody has looked at notes yet: nobody has to be told.
    this.#listening = [
      study.onDidChange(() => {
        if (this.#shelf) void this.#look();
      }),
      documents.onDidChange(() => {
        // Changes come in crowds while something is fetched.
        if (this.#shelf) this.#settling ??= setTimeout(() => void this.#lookAtDocuments(), settleMs);
      }),
    ];
  }

  /** The notes of a chapter, or of a form of a document, in the order of its text; those without a place last. */
  async ofChapter(chapterId: string, form?: CopyForm): Promise<readonly PlacedNote[]> {
    return (await this.#open()).ofChapter(chapterId, form);
  }

  /** Every note, the one changed last first. */
  async all(): Promise<readonly PlacedNote[]> {
    return (await this.#open()).all();
  }

  /** What a document is called that notes may be on. */
  async titleOf(subject: string): Promise<string> {
    return (await this.#documents.find(subject)).title;
  }

  async find(id: unknown): Promise<PlacedNote | undefined> {
    return typeof id === 'string' ? (await this.#open()).find(id) : undefined;
  }

  /** Keeps a new note, or an old one changed. Its id; undefined, once the learner has been told, if that wasn't possible. */
  async keep(note: Note, id: string = randomUUID()): Promise<string | undefined> {
    return (await this.#study.record({ kind: 'note', subject: id, note })) ? id : undefined;
  }

  /** Deletes notes. Whether that was possible. */
  async remove(ids: readonly string[]): Promise<boolean> {
    return this.#study.record(...ids.map((id) => ({ kind: 'note', subject: id, note: null }) as const));
  }

  /** Brings deleted notes back as they last were; those that are there stay as they are. */
  async restore(ids: readonly string[]): Promise<void> {
    const shelf = await this.#open();
    for (const id of ids) {
      const last = (await shelf.find(id)) ? undefined : await shelf.lastOf(id);
      if (last) await this.keep(last, id);
    }
  }

  dispose(): void {
    clearTimeout(this.#settling);
    for (const each of this.#listening) each.dispose();
    this.#changed.dispose();
  }

  async #open(): Promise<NoteShelf> {
    this.#shelf ??= import('./noteShelf.ts').then(({ openShelf }) => openShelf(this.#study, this.#documents.find));
    const shelf = await this.#shelf;
    this.#version ??= await shelf.version();
    return shelf;
  }

  /** A document may have come to the library, gone from it, or have been read. */
  async #lookAtDocuments(): Promise<void> {
    this.#settling = undefined;
    try {
      if ((await this.all()).some(({ document }) => document)) this.#changed.fire(undefined);
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
    }
  }

  async #look(): Promise<void> {
    try {
      const version = await (await this.#shelf)?.version();
      if (version === this.#version) return;
      this.#version = version;
      this.#changed.fire(undefined);
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
    }
  }
}
