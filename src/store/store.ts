// What must last: progress and conversations, in one SQLite database that all windows share.

import type { DatabaseSync } from 'node:sqlite';
import type { Conversation, Turn } from '../core/answer.ts';
import { applyEvent, progressFrom } from '../core/progress.ts';
import type { Progress } from '../core/progress.ts';
import { conversationNow, eventNow, noEdition } from '../core/study/edition.ts';
import { isProgressEvent, progressKinds } from '../core/study/studyEvent.ts';
import type { NewStudyEvent, StudyEvent, StudyEventKind, StudyEventOf } from '../core/study/studyEvent.ts';
import type { ConversationSummary } from '../protocol/ask.ts';
import { deleteConversation, isKept, listConversations, putTurn, readConversation } from './conversations.ts';
import type { ConversationHead } from './conversations.ts';
import { eraseEverything, removeSetAside } from './erase.ts';
import { addEvent } from './events.ts';
import { followEdition, followEditionAlone } from './followEdition.ts';
import { mendTimes } from './mendTimes.ts';
import { fileAt, moveOver } from './replacedFile.ts';
import { openDatabase } from './openDatabase.ts';
import type { Opening } from './openDatabase.ts';
import { watchOtherWindows } from './otherWindows.ts';
import { readEvents } from './readEvents.ts';
import type { StoreOptions } from './storeOptions.ts';
import { StoreError, withStoreErrors } from './storeError.ts';
import { dataVersion, inTransaction, tidy } from '../core/sqlite.ts';
import { uniteHistory } from './unite.ts';
import type { United } from './unite.ts';

export { erasedAt } from './erase.ts';
export type { StoreOptions } from './storeOptions.ts';

export interface OpenedStore {
  readonly store: Store;
  /** What happened; for `set-aside` the learner should be told. */
  readonly opening: Opening;
}

/** Opens the store, making or mending its file where needed; throws a StoreError. */
export function openStore(options: StoreOptions): OpenedStore {
  const { path, now, busyTimeout = 5000 } = options;
  const { db, opening } = openDatabase(path, now, busyTimeout);
  withStoreErrors(path, () => {
    followEdition(db, options.edition ?? noEdition);
  });
  return { store: new Store(db, { report: () => undefined, edition: noEdition, ...options, busyTimeout }), opening };
}

/** A question to the database. */
export type Query<T> = (db: DatabaseSync) => T;

interface KnownProgress {
  readonly progress: Progress;
  /** SQLite's `data_version`: it changes when another connection has committed. */
  readonly version: number;
}

/** Each method throws a StoreError if it can't do what it says; then nothing was changed. */
export class Store {
  #db: DatabaseSync;
  readonly #options: Required<StoreOptions>;
  #file: string | undefined;
  #known: KnownProgress | undefined;
  /** The `data_version` that listeners were last told about. */
  #told: number;
  readonly #listeners = new Set<{ readonly call: () => void }>();
  #stopWatching: (() => void) | undefined;
  /** What keeps us from looking, reported once, not every second. */
  #problem: string | undefined;
  #disposed = false;

  /** Use `openStore`. The store closes `db`. */
  constructor(db: DatabaseSync, options: Required<StoreOptions>) {
    this.#db = db;
    this.#options = options;
    this.#file = fileAt(options.path);
    this.#told = dataVersion(db);
  }

  /**
   * Stores what the learner has done; on disk when this returns. Its time is after every event stored before; those that a
   * wrong clock dated into the future are brought back first.
   */
  record(event: NewStudyEvent): StudyEvent {
    const [stored] = this.recordAll([event]);
    if (!stored) throw new Error('one event in, one event out');
    return stored;
  }

  /**
   * Stores several things at once: all of them or, if it throws, none. `onlyIf` is asked under the write lock, when no
   * other window can change the answer any more; if it says no, nothing is stored.
   */
  recordAll(events: readonly NewStudyEvent[], onlyIf?: Query<boolean>): StudyEvent[] {
    const { newId, now, report } = this.#options;
    const { mended, stored } = this.#write((db) => {
      if (onlyIf?.(db) === false) return { mended: 0, stored: [] };
      const mended = mendTimes(db, now());
      return { mended, stored: events.map((event) => addEvent(db, event, newId(), now())) };
    });
    if (mended > 0) {
      this.#known = undefined;
      report(`${mended} events were dated in the future by a wrong clock and have been brought back.`);
    }
    if (stored.length > 0) this.#applied(stored);
    return stored;
  }

  /** Changes tables that are made of the history (see projections.ts), all of it or nothing. */
  remake(work: (db: DatabaseSync) => void): void {
    this.#write(work);
    this.#tell();
  }

  /** Asks the tables that are made of the history (see projections.ts) something. */
  read<T>(query: Query<T>): T {
    return this.#do(query);
  }

  /** The marks as they are now, whichever window made them. The same object as long as nothing has changed. */
  progress(): Progress {
    return this.#do((db) => {
      // Before the events: a commit in between makes us read once more, not miss it.
      const version = dataVersion(db);
      if (this.#known?.version !== version) {
        this.#known = {
          progress: progressFrom(this.#now(readEvents(db, this.#options.report, progressKinds))),
          version,
        };
      }
      return this.#known.progress;
    });
  }

  /** The stored events of some kinds, or all, oldest first. */
  events<K extends StudyEventKind = StudyEventKind>(kinds?: readonly K[]): StudyEventOf<K>[] {
    return this.#do((db) => this.#now(readEvents(db, this.#options.report, kinds)));
  }

  /** Adds the events of another history that aren't in this one. Of equal subjects the newest event wins, as always. */
  unite(events: Iterable<StudyEvent>): United {
    const united = this.#write((db) => uniteHistory(db, events, this.#options.now()));
    if (united.added + united.redated > 0) {
      this.#known = undefined;
      this.#tell();
    }
    return united;
  }

  /**
   * Stores a turn at the end of its conversation, or in its old place if it was saved before. `onlyIfKept`: unless the
   * conversation has been removed meanwhile, in whichever window. Whether it was stored.
   */
  saveTurn(conversation: ConversationHead, turn: Turn, onlyIfKept = false): boolean {
    const saved = this.#write((db) => {
      if (onlyIfKept && !isKept(db, conversation.id)) return false;
      putTurn(db, conversation, turn);
      return true;
    });
    if (saved) this.#tell();
    return saved;
  }

  /** Every conversation, newest first. */
  conversations(): ConversationSummary[] {
    return this.#do(listConversations);
  }

  conversation(id: string): Conversation | undefined {
    return this.#do((db) => {
      const found = readConversation(db, id, this.#options.report);
      return found && conversationNow(this.#options.edition, found);
    });
  }

  removeConversation(id: string): void {
    if (this.#write((db) => deleteConversation(db, id))) this.#tell();
  }

  /**
   * Erases everything that was ever stored, files that were set aside included. Other windows see an empty store. If it
   * throws, nothing has been erased or all of it, with traces left in the file until it is done again.
   */
  erase(): void {
    const { path, newId, now } = this.#options;
    this.#do((db) => {
      eraseEverything(db, newId(), now());
    });
    this.#known = undefined;
    this.#tell();
    this.#do((db) => {
      removeSetAside(path);
      tidy(db);
    });
  }

  /**
   * Calls `listener` after every change: of this store before the changing method returns, of another window within about
   * a second. Returns the end of it.
   */
  onDidChange(listener: () => void): () => void {
    if (this.#disposed) return () => undefined;
    const entry = { call: listener };
    this.#listeners.add(entry);
    this.#stopWatching ??= watchOtherWindows(this.#options.path, () => {
      this.look();
    });
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size > 0) return;
      this.#stopWatching?.();
      this.#stopWatching = undefined;
    };
  }

  /** Closes the file; the store can't be used afterwards. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#listeners.clear();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#db.close();
  }

  #now<E extends StudyEvent>(events: readonly E[]): E[] {
    return events.map((event) => eventNow(this.#options.edition, event));
  }

  #applied(events: readonly StudyEvent[]): void {
    // If another window has committed meanwhile, the version tells, and the next look reads everything.
    if (this.#known) {
      const progress = events.filter(isProgressEvent).reduce(applyEvent, this.#known.progress);
      this.#known = { ...this.#known, progress };
    }
    this.#tell();
  }

  #write<T>(work: (db: DatabaseSync) => T): T {
    return this.#do((db) =>
      inTransaction(db, () => {
        const result = work(db);
        followEdition(db, this.#options.edition);
        return result;
      }),
    );
  }

  #do<T>(work: (db: DatabaseSync) => T): T {
    if (this.#disposed)
      throw new StoreError('closed', 'Your progress could not be read or saved: the window is closing.');
    return withStoreErrors(this.#options.path, () => {
      this.#followFile();
      return work(this.#db);
    });
  }

  /**
   * Another window may have set the file aside, or somebody may have deleted it, while we hold it open: what we then write
   * would be gone with it. So we look whether it is still the same file, and move over with all we have.
   */
  #followFile(): void {
    const { path, now, busyTimeout, report } = this.#options;
    if (this.#file !== undefined && fileAt(path) === this.#file) return;
    const db = moveOver(this.#db, path, { now, busyTimeout, report });
    this.#db.close();
    this.#db = db;
    this.#file = fileAt(path);
    this.#known = undefined;
    this.#told = -1;
  }

  /** Tells the listeners if another window, or thread, has changed something since they were last called. */
  look(): void {
    try {
      const version = this.#do(dataVersion);
      this.#problem = undefined;
      if (version === this.#told) return;
      this.#do(followEditionAlone(this.#options.edition));
      this.#tell();
    } catch (error) {
      // Whoever reads or writes next gets the error; here is nobody to give it to.
      if (!(error instanceof StoreError)) throw error;
      if (error.message !== this.#problem) this.#options.report(error.message);
      this.#problem = error.message;
    }
  }

  #tell(): void {
    this.#told = dataVersion(this.#db);
    for (const listener of [...this.#listeners]) {
      try {
        listener.call();
      } catch (error) {
        // The change is made, whatever its listeners think of it.
        this.#options.report(`A listener to changes of progress failed: ${String(error)}`);
      }
    }
  }
}
