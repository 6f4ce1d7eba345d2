// One reader: a webview panel with the page of one chapter at a time.
//
// A hidden page is thrown away by VS Code and says `ready` anew when it comes back, so this side always knows what the
// page should be showing and sends all of it again.

import * as vscode from 'vscode';
import type { Chapter } from '../core/curriculum.ts';
import { summaryAnchor } from '../core/passages.ts';
import type { Position, Progress } from '../core/progress.ts';
import type { FromReader, Highlight, ToReader } from '../protocol/reader.ts';
import { isNoteMessage } from './notes/noteMessages.ts';
import type { Notes } from './notes/notes.ts';
import { ReaderNotes } from './notes/readerNotes.ts';
import type { SelectionAction } from '../protocol/readerNotes.ts';
import { messageHtml, pageHtml, pageOptions } from './page.ts';
import type { Problems } from './problems.ts';
import { readerChapter, readerMarks } from './readerChapter.ts';
import { parseFromReader } from './readerMessages.ts';
import type { ReadingClock } from './readingClock.ts';
import type { Study } from './study.ts';

/** Where in a chapter to go: a place to highlight, or a position; without either, where the learner left it. */
export interface Place {
  readonly highlight?: Highlight;
  readonly position?: Position;
  /** A note to go to and open. */
  readonly note?: { readonly id: string; readonly then: 'read' | 'edit' | 'place' };
}

interface Showing extends Place {
  readonly chapter: Chapter;
}

/** Scrolling ends in one write, not in hundreds. */
const settleMs = 800;

export class ReaderPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #extension: vscode.Uri;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #notes: ReaderNotes;
  readonly #disposables: Pick<vscode.Disposable, 'dispose'>[] = [];
  readonly #clock: ReadingClock;
  #showing: Showing | undefined;
  /** The page is there and listens. */
  #ready = false;
  /** The chapter that the page has been given since it was `ready`. */
  #shownId: string | undefined;
  #sentMarks = '';
  #sentQuiz = '';
  #unsaved: { readonly chapterId: string; readonly position: Position } | undefined;
  #settling: NodeJS.Timeout | undefined;
  #failed = false;
  #disposed = false;

  /** `onMessage` gets what the page wants of anybody but this panel. */
  constructor(
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    study: Study,
    problems: Problems,
    notes: Notes,
    clock: ReadingClock,
    onMessage: (message: FromReader) => void,
  ) {
    this.#panel = panel;
    this.#extension = extension;
    this.#study = study;
    this.#problems = problems;
    this.#notes = new ReaderNotes(
      study,
      notes,
      problems,
      () => (this.#shownId === undefined ? undefined : { id: this.#shownId }),
      (message) => {
        this.#post(message);
      },
    );
    this.#clock = clock;
    panel.iconPath = new vscode.ThemeIcon('book');
    panel.webview.options = pageOptions(extension);
    this.#disposables.push(
      this.#notes,
      panel.webview.onDidReceiveMessage((value: unknown) => {
        const message = parseFromReader(value);
        if (!message) problems.log.warn('The reader sent a message that isn’t one of its own.');
        else if (message.type === 'ready') this.#onReady();
        else if (message.type === 'position') this.#onPosition(message.chapterId, message.position);
        else if (isNoteMessage(message)) void this.#notes.handle(message);
        else if (message.type === 'reading') this.#onReading(message.chapterId, message.reading);
        else onMessage(message);
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#onHidden();
      }),
      study.onDidChangeProgress((progress) => {
        this.#sendMarks(progress);
      }),
      study.onDidChange(() => {
        this.#sendQuiz();
      }),
    );
    this.#setPage();
  }

  get panel(): vscode.WebviewPanel {
    return this.#panel;
  }

  get chapterId(): string | undefined {
    return this.#showing?.chapter.id;
  }

  /** What the page was last told to highlight. */
  get highlight(): Highlight | undefined {
    return this.#showing?.highlight;
  }

  /** The chapter whose page has been sent and has arrived at a listening page. */
  get shownId(): string | undefined {
    return this.#shownId;
  }

  /** Shows a chapter; a place in the chapter that is already there is gone to without loading it again. */
  async show(chapter: Chapter, place: Place): Promise<void> {
    const same = this.#shownId === chapter.id && this.#ready;
    if (same && !place.highlight && !place.position && !place.note) return;
    if (!same) this.#savePosition();
    this.#showing = { chapter, ...place };
    this.#panel.title = chapter.title;
    if (this.#failed) this.#setPage();
    if (same && place.note) this.#notes.open(place.note);
    else if (same && place.highlight) this.#post({ type: 'highlight', highlight: place.highlight });
    else await this.#send();
    await this.#remember(chapter);
  }

  /** Has the page do something with the words selected in it. */
  actOnSelection(action: SelectionAction): void {
    this.#post({ type: 'actOnSelection', action });
  }

  /** Asks the page for the words selected in it; it answers `askAbout`. */
  askSelection(): void {
    this.#post({ type: 'askSelection' });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#savePosition();
    this.#clock.stop(this);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #setPage(): void {
    this.#failed = false;
    this.#ready = false;
    this.#shownId = undefined;
    this.#panel.webview.html = pageHtml(this.#panel.webview, this.#extension, 'reader', this.#panel.title);
  }

  #onReady(): void {
    this.#ready = true;
    this.#shownId = undefined;
    void this.#send();
  }

  #onHidden(): void {
    this.#savePosition();
    this.#clock.stop(this);
    this.#ready = false;
    this.#shownId = undefined;
  }

  #onPosition(chapterId: string, position: Position): void {
    if (this.#showing?.chapter.id !== chapterId) return;
    this.#showing = { chapter: this.#showing.chapter, position };
    this.#unsaved = { chapterId, position };
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#savePosition();
    }, settleMs);
  }

  #onReading(chapterId: string, reading: boolean): void {
    // The page may say that it stopped reading a chapter when another is on its way.
    if (!reading || this.#showing?.chapter.id === chapterId) this.#clock.hear(this, chapterId, reading);
  }

  #savePosition(): void {
    clearTimeout(this.#settling);
    if (!this.#unsaved) return;
    const { chapterId: subject, position } = this.#unsaved;
    this.#unsaved = undefined;
    void this.#study.record({ kind: 'position', subject, position });
  }

  /** Opening a chapter is enough to be continued there. */
  async #remember({ id }: Chapter): Promise<void> {
    const progress = await this.#study.progress();
    if (progress.lastChapter === id || this.#disposed || this.chapterId !== id) return;
    const position = progress.positions[id] ?? { anchor: summaryAnchor, fraction: 0 };
    await this.#study.record({ kind: 'position', subject: id, position });
  }

  async #send(): Promise<void> {
    const showing = this.#showing;
    if (!showing || !this.#ready) return;
    const { chapter } = showing;
    try {
      const [curriculum, html, progress] = await Promise.all([
        this.#study.curriculum(),
        this.#study.chapterHtml(chapter.id),
        this.#study.progress(),
      ]);
      // Meanwhile another chapter may have been asked for, or the page hidden.
      if (this.#showing?.chapter.id !== chapter.id || !this.#isReady()) return;
      const { highlight, position = progress.positions[chapter.id] } = this.#showing;
      const marks = readerMarks(curriculum, chapter, progress);
      this.#shownId = chapter.id;
      this.#sentMarks = JSON.stringify(marks);
      this.#post({
        type: 'show',
        chapter: readerChapter(curriculum, chapter, html),
        marks,
        ...(highlight && { highlight }),
        ...(position && { position }),
      });
      this.#sentQuiz = '';
      this.#sendQuiz();
      await this.#notes.start();
      const { note } = this.#showing;
      if (note && this.#shownId === chapter.id) this.#notes.open(note);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #sendMarksOf(chapter: Chapter, progress: Progress): Promise<void> {
    const marks = readerMarks(await this.#study.curriculum(), chapter, progress);
    const text = JSON.stringify(marks);
    if (this.#shownId !== chapter.id || text === this.#sentMarks) return;
    this.#sentMarks = text;
    this.#post({ type: 'progress', chapterId: chapter.id, marks });
  }

  #sendMarks(progress: Progress): void {
    const chapter = this.#showing?.chapter;
    if (!chapter || this.#shownId !== chapter.id) return;
    this.#sendMarksOf(chapter, progress).catch((error: unknown) => {
      this.#problems.log.error(String(error));
    });
  }

  async #sendQuizOf({ id: chapterId }: Chapter): Promise<void> {
    const { readerQuiz } = await import('./quiz/readerQuiz.ts');
    const quiz = await readerQuiz(this.#study, chapterId);
    const text = JSON.stringify(quiz);
    if (this.#shownId !== chapterId || text === this.#sentQuiz) return;
    this.#sentQuiz = text;
    this.#post({ type: 'quiz', chapterId, quiz });
  }

  #sendQuiz(): void {
    const chapter = this.#showing?.chapter;
    if (!chapter || this.#shownId !== chapter.id) return;
    this.#sendQuizOf(chapter).catch((error: unknown) => {
      this.#problems.log.error(String(error));
    });
  }

  #fail(error: unknown): void {
    if (this.#disposed) return;
    const happened = vscode.l10n.t(
      'This chapter couldn’t be opened. Try it again; if it keeps failing, reinstall the companion.',
    );
    this.#failed = true;
    this.#ready = false;
    this.#panel.webview.html = messageHtml(this.#panel.webview, happened);
    this.#problems.report(error, happened);
  }

  #isReady(): boolean {
    return this.#ready && !this.#disposed;
  }

  #post(message: ToReader): void {
    if (this.#isReady()) void this.#panel.webview.postMessage(message);
  }
}
