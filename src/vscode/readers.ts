// Which reader shows what. There is one reader that is used again and again, and one more beside it for whoever wants two
// chapters side by side.

import * as vscode from 'vscode';
import type { Chapter } from '../core/curriculum.ts';
import { parsePassageId } from '../core/passages.ts';
import { chapterToContinue } from '../core/continueReading.ts';
import { chaptersInOrder } from '../core/curriculum.ts';
import type { FromReader } from '../protocol/reader.ts';
import type { Notes } from './notes/notes.ts';
import { pageOptions } from './page.ts';
import type { Problems } from './problems.ts';
import { hasAnchor } from './readerChapter.ts';
import { parseReaderState } from './readerMessages.ts';
import { ReaderPanel } from './readerPanel.ts';
import type { Place } from './readerPanel.ts';
import { ReadingClock } from './readingClock.ts';
import { readSettings } from './settings.ts';
import type { Study } from './study.ts';

export const readerViewType = 'handbook.reader';

export interface OpenOptions extends Place {
  readonly beside?: boolean;
  /** Leaves the keyboard where it is. */
  readonly preserveFocus?: boolean;
}

export class Readers implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #notes: Notes;
  readonly #onMessage: (message: FromReader) => void;
  readonly #clock: ReadingClock;
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  /** The one used last comes first. */
  #readers: readonly ReaderPanel[] = [];

  /** The chapter in the reader that was used last; undefined when the last reader is closed. */
  readonly onDidChangeChapter = this.#changed.event;

  constructor(
    extension: vscode.Uri,
    study: Study,
    problems: Problems,
    notes: Notes,
    onMessage: (message: FromReader) => void,
  ) {
    this.#extension = extension;
    this.#study = study;
    this.#problems = problems;
    this.#notes = notes;
    this.#onMessage = onMessage;
    this.#clock = new ReadingClock(study);
  }

  get open(): readonly ReaderPanel[] {
    return this.#readers;
  }

  /** The reader in which the learner is, if any. */
  get active(): ReaderPanel | undefined {
    return this.#readers.find(({ panel }) => panel.active);
  }

  /** Opens a chapter in the reader, or in a second one beside it. */
  async openChapter(chapter: Chapter, options: OpenOptions = {}): Promise<void> {
    const beside = options.beside === true;
    const reader = (beside ? this.#besideReader() : this.#readers[0]) ?? this.#create(chapter.title, beside);
    const { viewColumn } = reader.panel;
    reader.panel.reveal(viewColumn, options.preserveFocus === true);
    this.#bringForward(reader);
    await reader.show(chapter, {
      ...(options.highlight && { highlight: options.highlight }),
      ...(options.position && { position: options.position }),
      ...(options.note && { note: options.note }),
    });
    this.#changed.fire(chapter.id);
  }

  /** Opens the chapter of a passage, with the passage (and the sentence in it) highlighted. False for an unknown passage. */
  async openPassage(
    passageId: string,
    options: { readonly sentence?: string; readonly beside?: boolean; readonly preserveFocus?: boolean } = {},
  ): Promise<boolean> {
    const address = parsePassageId(passageId);
    const chapter = await this.#study.chapter(address?.chapterId);
    if (!address || !chapter) return false;
    const { sentence, ...open } = options;
    // A place that a new edition of the chapter hasn't got any more: the chapter is still the nearest there is.
    const anchor = chapter.movedAnchors?.[address.anchor] ?? address.anchor;
    const known = hasAnchor(chapter, anchor);
    await this.openChapter(chapter, {
      ...open,
      ...(known && { highlight: { anchor, ...(sentence !== undefined && { sentence }) } }),
    });
    return true;
  }

  /** Opens the chapter of a note, at the note. False if there is no such note, or no such chapter any more. */
  async openNote(noteId: unknown, then: 'read' | 'edit' | 'place' = 'read'): Promise<boolean> {
    const note = await this.#notes.find(noteId);
    const chapter = note && (await this.#study.chapter(note.chapterId));
    if (!note || !chapter) return false;
    await this.openChapter(chapter, { note: { id: note.id, then } });
    return true;
  }

  /** Brings back a reader that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseReaderState(state);
    const reader = this.#adopt(panel);
    try {
      const curriculum = await this.#study.curriculum();
      const chapter =
        (await this.#study.chapter(kept?.chapterId)) ??
        chapterToContinue(curriculum, await this.#study.progress()) ??
        chaptersInOrder(curriculum)[0];
      if (chapter) await reader.show(chapter, kept?.chapterId === chapter.id ? { position: kept.position } : {});
      this.#changed.fire(this.#readers[0]?.chapterId);
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('The chapter you had open couldn’t be brought back. Open it again.'));
      panel.dispose();
    }
  }

  dispose(): void {
    for (const reader of this.#readers) reader.dispose();
    this.#readers = [];
    this.#changed.dispose();
  }

  /** A reader in another column than the one the learner is in; none if there is only that one. */
  #besideReader(): ReaderPanel | undefined {
    const [first, second] = this.#readers;
    if (!first) return undefined;
    // From an editor, the reader itself is beside.
    const elsewhere =
      !first.panel.active && first.panel.viewColumn !== vscode.window.tabGroups.activeTabGroup.viewColumn;
    return elsewhere ? first : second;
  }

  #create(title: string, beside: boolean): ReaderPanel {
    const column = beside || readSettings().openBeside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(readerViewType, title, column, {
      ...pageOptions(this.#extension),
      enableFindWidget: true,
      retainContextWhenHidden: false,
    });
    return this.#adopt(panel);
  }

  #adopt(panel: vscode.WebviewPanel): ReaderPanel {
    const reader = new ReaderPanel(
      panel,
      this.#extension,
      this.#study,
      this.#problems,
      this.#notes,
      this.#clock,
      this.#onMessage,
    );
    this.#readers = [reader, ...this.#readers];
    panel.onDidChangeViewState(() => {
      if (!panel.active || this.#readers[0] === reader) return;
      this.#bringForward(reader);
      this.#changed.fire(reader.chapterId);
    });
    panel.onDidDispose(() => {
      reader.dispose();
      this.#readers = this.#readers.filter((other) => other !== reader);
      this.#changed.fire(this.#readers[0]?.chapterId);
    });
    return reader;
  }

  #bringForward(reader: ReaderPanel): void {
    this.#readers = [reader, ...this.#readers.filter((other) => other !== reader)];
  }
}
