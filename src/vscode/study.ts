// The door to the study material and the learner's progress. Nothing behind it is loaded before somebody asks for it:
// each dynamic import is a bundle of its own.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Chapter, Curriculum, Resource } from '../core/curriculum.ts';
import { findChapter, findResource } from '../core/lookUp.ts';
import type { Passage } from '../core/passages.ts';
import type { ChapterQuiz, QuizIndex } from '../core/quizzes.ts';
import { noProgress } from '../core/progress.ts';
import type { Progress, ProgressEvent } from '../core/progress.ts';
import { goalNow } from '../core/study/goals.ts';
import type { NamesIn } from '../core/study/names.ts';
import { paceOf } from '../core/study/pace.ts';
import type { Edition } from '../core/study/edition.ts';
import { progressKinds } from '../core/study/studyEvent.ts';
import type { Goal, NewStudyEvent } from '../core/study/studyEvent.ts';
import type { Learner } from '../core/study/withPlans.ts';
import type { Answerer } from '../core/question.ts';
import type { LookUp, SavedSource } from '../core/search/lookUp.ts';
import type { Retriever } from '../core/search/retrieve.ts';
import type { SearchIndex } from '../core/search/searchIndex.ts';
import type { SearchBox } from '../core/searchHit.ts';
import type { Store } from '../store/store.ts';
import type { Transfer, TransferEnd } from '../store/transferTask.ts';
import type { Problems } from './problems.ts';
import { say } from './say.ts';

/** What reading, searching and answering need of the handbook's text. */
export interface OpenStudy {
  readonly search: SearchBox;
  readonly retrieve: Retriever;
  readonly lookUp: LookUp;
  /** What the learner has saved, if there is a library. */
  readonly saved: SavedSource | undefined;
  /** Quotes; questions about the way through the handbook are answered by planning it. */
  readonly answer: Answerer;
  /** The same planning around somebody else's answers. */
  readonly planning: (answer: Answerer) => Answerer;
  /** What a text names of the handbook. */
  readonly namesIn: NamesIn;
  /** By id, in the order of the book. */
  readonly passages: ReadonlyMap<string, Passage>;
  readonly curriculum: Curriculum;
  readonly index: SearchIndex;
}

export class Study implements vscode.Disposable {
  readonly #curriculumDir: string;
  readonly #transferScript: string;
  readonly #storage: vscode.Uri;
  readonly #problems: Problems;
  readonly #saved: SavedSource | undefined;
  readonly #changed = new vscode.EventEmitter<Progress>();
  readonly #anything = new vscode.EventEmitter<undefined>();
  readonly #erased = new vscode.EventEmitter<undefined>();
  #curriculum: Promise<Curriculum> | undefined;
  #text: Promise<OpenStudy> | undefined;
  #quizzes: Promise<QuizIndex> | undefined;
  #opening: Promise<Store> | undefined;
  #store: Store | undefined;
  #disposed = false;

  /** The marks after a change in this or another window. */
  readonly onDidChangeProgress = this.#changed.event;
  /** Anything of what is kept has changed, in this or another window: marks, cards, notes, the plan. */
  readonly onDidChange = this.#anything.event;
  /** Everything was erased, in this or another window. */
  readonly onDidErase = this.#erased.event;

  constructor(extension: vscode.Uri, storage: vscode.Uri, problems: Problems, saved?: SavedSource) {
    this.#curriculumDir = vscode.Uri.joinPath(extension, 'dist', 'curriculum').fsPath;
    this.#transferScript = vscode.Uri.joinPath(extension, 'dist', 'transfer.mjs').fsPath;
    this.#storage = storage;
    this.#problems = problems;
    this.#saved = saved;
  }

  /** Where the learner's progress is kept. */
  get storePath(): string {
    return vscode.Uri.joinPath(this.#storage, 'progress.db').fsPath;
  }

  /** A file in the companion's own folder. */
  ownFile(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#storage, name);
  }

  /** Does something with all that is kept, in a thread of its own. @throws StoreError */
  async transfer(task: Transfer): Promise<Exclude<TransferEnd, { type: 'failed' }>> {
    const { runTransfer } = await import('../store/transferTask.ts');
    return runTransfer(this.#transferScript, { ...task, path: this.storePath });
  }

  async curriculum(): Promise<Curriculum> {
    this.#curriculum ??= import('../store/curriculumFiles.ts').then(({ readCurriculum }) =>
      readCurriculum(this.#curriculumDir),
    );
    try {
      return await this.#curriculum;
    } catch (error) {
      // Not for good: the files may be there at the next try.
      this.#curriculum = undefined;
      throw error;
    }
  }

  async chapter(id: unknown): Promise<Chapter | undefined> {
    return findChapter(await this.curriculum(), id);
  }

  async resource(id: unknown): Promise<Resource | undefined> {
    return findResource(await this.curriculum(), id);
  }

  async chapterHtml(chapterId: string): Promise<string> {
    const { readChapterHtml } = await import('../store/curriculumFiles.ts');
    return readChapterHtml(this.#curriculumDir, chapterId);
  }

  /** Which items there are in the quizzes of all chapters. */
  async quizIndex(): Promise<QuizIndex> {
    this.#quizzes ??= import('../store/curriculumFiles.ts').then(({ readQuizIndex }) =>
      readQuizIndex(this.#curriculumDir),
    );
    try {
      return await this.#quizzes;
    } catch (error) {
      this.#quizzes = undefined;
      throw error;
    }
  }

  /** The quiz of a chapter that the index names. */
  async quiz(chapterId: string): Promise<ChapterQuiz> {
    const { readChapterQuiz } = await import('../store/curriculumFiles.ts');
    return readChapterQuiz(this.#curriculumDir, chapterId);
  }

  /** Search and answers, with the passages they point to. */
  async text(): Promise<OpenStudy> {
    this.#text ??= import('../store/openStudy.ts').then(({ openStudy }) =>
      openStudy(this.#curriculumDir, () => this.#learner(), say, this.#saved),
    );
    try {
      return await this.#text;
    } catch (error) {
      this.#text = undefined;
      throw error;
    }
  }

  async store(): Promise<Store> {
    this.#opening ??= this.#openStore();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** The learner's marks; without a store that can be opened the handbook is still there to be read, unmarked. */
  async progress(): Promise<Progress> {
    try {
      const store = await this.store();
      return store.progress();
    } catch (error) {
      this.#problems.report(
        error,
        vscode.l10n.t('Your progress couldn’t be read. You can go on reading; marks won’t be kept until it can.'),
      );
      return noProgress;
    }
  }

  /** What the learner has done, as far as it can be read; `progress` is what complains where it can't. */
  async events(): Promise<readonly ProgressEvent[]> {
    try {
      return (await this.store()).events(progressKinds);
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  /** What the learner is working towards, and since when; nothing where it can't be read. */
  async goal(): Promise<{ readonly goal: Goal; readonly since: number } | undefined> {
    try {
      return goalNow((await this.store()).events(['goal']));
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
      return undefined;
    }
  }

  /** Keeps what the learner did; false, once they have been told, if that wasn't possible. */
  async record(...events: readonly NewStudyEvent[]): Promise<boolean> {
    try {
      // Without waiting where there is nothing to wait for: the last events come while everything is being closed.
      const store = this.#store ?? (await this.store());
      store.recordAll(events);
      return true;
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your progress couldn’t be saved. Try again.'));
      return false;
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#store?.dispose();
    this.#store = undefined;
    this.#changed.dispose();
    this.#anything.dispose();
    this.#erased.dispose();
  }

  /** What chapters are called now; a handbook that can't be read keeps nobody from their progress. */
  async #edition(): Promise<Edition> {
    const { editionOf, noEdition } = await import('../core/study/edition.ts');
    return this.curriculum().then(editionOf, () => noEdition);
  }

  async #learner(): Promise<Learner> {
    const [progress, chosen] = await Promise.all([this.progress(), this.goal()]);
    return { progress, ...(chosen && { pace: paceOf(chosen.goal) }) };
  }

  async #openStore(): Promise<Store> {
    await vscode.workspace.fs.createDirectory(this.#storage);
    const { erasedAt, openStore } = await import('../store/store.ts');
    const edition = await this.#edition();
    if (this.#disposed) throw new Error('The companion has been closed.');
    const { store, opening } = openStore({
      path: this.storePath,
      now: Date.now,
      newId: randomUUID,
      edition,
      report: (problem) => {
        this.#problems.log.warn(problem);
      },
    });
    if (opening.type === 'set-aside') this.#problems.tell(opening.message);
    let told: Progress | undefined;
    let lastErased = store.read(erasedAt);
    store.onDidChange(() => {
      const erased = store.read(erasedAt);
      if (erased !== lastErased) this.#erased.fire(undefined);
      lastErased = erased;
      const progress = store.progress();
      if (progress !== told) this.#changed.fire(progress);
      told = progress;
      this.#anything.fire(undefined);
    });
    this.#store = store;
    return store;
  }
}
