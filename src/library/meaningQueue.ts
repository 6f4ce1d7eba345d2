// Finds out what the passages of the library mean to an embedding model: in the background, in one window at a time, a few
// passages at once. What is known is kept at once, so that it goes on where it was broken off, in whichever window.

import { embedEach } from '../core/search/embedEach.ts';
import type { Shelf } from './shelf/shelf.ts';
import {
  claimMeaning,
  countMeanings,
  keepMeanings,
  meaningModel,
  nextMeaningless,
  releaseMeaning,
} from './shelf/meanings.ts';
import type { Maker, Meaningless } from './shelf/meanings.ts';

/** An embedding model that is there. */
export interface MeaningModel {
  /** Of its file: what another one made counts for nothing. */
  readonly hash: string;
  /** One vector a text. Rejects if the model has gone, or the signal is aborted. */
  readonly embed: (texts: readonly string[], signal: AbortSignal) => Promise<readonly (readonly number[])[]>;
  /** Resolves once nobody waits for an answer. */
  readonly whenFree: (signal: AbortSignal) => Promise<void>;
}

export interface MeaningProgress {
  readonly done: number;
  readonly total: number;
}

export interface MeaningQueueOptions {
  readonly shelf: Shelf;
  readonly now: () => number;
  readonly newId: () => string;
  /** Opens the model; undefined if none is chosen. Asked only when there is something to be found out. */
  readonly open: (signal: AbortSignal) => Promise<MeaningModel | undefined>;
  /** Whether a model is chosen at all. */
  readonly wanted: () => boolean;
  readonly onProgress: (progress: MeaningProgress | undefined) => void;
  readonly report: (problem: string) => void;
  /** How long a window that doesn't say so is believed to be at work. */
  readonly leaseMs?: number;
}

/** Small enough that a question which comes in between hardly waits. */
const batch = 8;
/** After a failure, and while another window is at it. */
const laterMs = 30_000;

export class MeaningQueue {
  readonly #options: MeaningQueueOptions;
  readonly #waiting = new Set<() => void>();
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  #listening: (() => void) | undefined;
  #later: NodeJS.Timeout | undefined;
  /** What is known may be another model's. */
  #anew = false;
  #disposed = false;

  constructor(options: MeaningQueueOptions) {
    this.#options = options;
  }

  /** Begins, or goes on; what is read into the search later begins by itself. */
  start(): void {
    this.#listening ??= this.#options.shelf.onDidChange(() => {
      this.#look();
    });
    this.#look();
  }

  /** Another model is chosen, or none: what is under way with the old one ends. */
  restart(): void {
    this.#running?.stop.abort(new Error('another model'));
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#anew = true;
    this.#look();
  }

  /** A model has been loaded, of this hash: begins anew if what is known is another's. */
  modelIs(hash: string): void {
    if (this.#disposed || this.#running) return;
    const known = this.#options.shelf.ask(meaningModel);
    if (known !== '' && known !== hash) this.restart();
  }

  /** Resolves once nothing is left to be found out, as far as this window can. */
  async whenIdle(): Promise<void> {
    this.start();
    while (!this.#disposed && this.#running) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting.add(() => {
        resolve(undefined);
      });
      await promise;
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listening?.();
    clearTimeout(this.#later);
    this.#running?.stop.abort(new Error('closing'));
    await this.#running?.ended;
  }

  #look(): void {
    if (this.#disposed || this.#running || this.#later || !this.#options.wanted()) return;
    if (!this.#isWork()) return;
    const stop = new AbortController();
    const ended = this.#work(stop.signal)
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        this.#options.report(`What saved passages mean couldn’t be found out: ${String(error)}`);
        this.#tryLater();
      })
      .finally(() => {
        this.#running = undefined;
        this.#options.onProgress(undefined);
        for (const call of [...this.#waiting]) call();
        this.#waiting.clear();
        this.#look();
      });
    this.#running = { stop, ended };
  }

  #isWork(): boolean {
    try {
      return this.#anew || this.#options.shelf.ask((db) => nextMeaningless(db, 0, 1)).length > 0;
    } catch (error) {
      this.#options.report(`What saved passages mean couldn’t be looked up: ${String(error)}`);
      return false;
    }
  }

  #tryLater(): void {
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.#look();
    }, laterMs).unref();
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { shelf, now, newId, open, leaseMs = 60_000 } = this.#options;
    const anew = this.#anew;
    this.#anew = false;
    const model = await open(signal);
    if (!model) return;
    const maker: Maker = { token: newId(), model: model.hash };
    if (!shelf.quietly((db) => claimMeaning(db, maker, now(), now() + leaseMs))) {
      this.#anew = anew;
      this.#tryLater();
      return;
    }
    try {
      await this.#makeAll(maker, model, signal);
    } finally {
      shelf.quietly((db) => {
        releaseMeaning(db, maker);
      });
    }
  }

  async #makeAll(maker: Maker, model: MeaningModel, signal: AbortSignal): Promise<void> {
    const { shelf, now, onProgress, report, leaseMs = 60_000 } = this.#options;
    onProgress(shelf.ask(countMeanings));
    let [after, fresh] = [0, 0];
    for (;;) {
      await model.whenFree(signal);
      signal.throwIfAborted();
      const passages = shelf.ask((db) => nextMeaningless(db, after, batch));
      if (passages.length === 0) return;
      const vectors = await embedEach(
        passages.map(({ whole }) => whole),
        (texts) => model.embed(texts, signal),
        (at, reason) => {
          report(
            `The embedding model refuses a passage, which is left out: ${titleOf(passages[at])}: ${String(reason)}`,
          );
        },
      );
      const made = passages.map((passage, at) => ({ passage, vector: vectors[at] }));
      if (!shelf.quietly((db) => keepMeanings(db, maker, made, now() + leaseMs))) return;
      after = passages.at(-1)?.id ?? after;
      fresh += passages.length;
      if (fresh % (batch * 8) === 0) onProgress(shelf.ask(countMeanings));
    }
  }
}

/** The first line of what the model was asked about: the document's title. */
function titleOf(passage: Meaningless | undefined): string {
  return passage?.whole.split('\n', 1)[0] ?? '';
}
