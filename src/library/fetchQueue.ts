// Works off the queue of the shelf: as many at once as is polite, again after a failure that may pass, until nothing is
// wanted any more. What this window doesn't get to, another one does, or the next.

import { rm } from 'node:fs/promises';
import { hostOf } from '../core/library/address.ts';
import type { Failure } from '../core/library/failure.ts';
import { fetchCopy } from './fetch/fetchCopy.ts';
import type { FetchParts } from './fetch/fetchCopy.ts';
import { fetchErrorOf } from './fetch/fetchError.ts';
import type { Claim, Outcome, Politeness } from './shelf/queueRows.ts';
import type { Shelf } from './shelf/shelf.ts';

export interface FetchQueueOptions {
  readonly shelf: Shelf;
  readonly fetching: FetchParts;
  readonly polite: Politeness;
  readonly newId: () => string;
  readonly report: (problem: string) => void;
  /** How often a fetch shows how far it is, and that it is alive. */
  readonly beatMs?: number;
}

/** A failure of its own making: the copy isn't this window's to fetch any more. */
class Superseded extends Error {
  override readonly name = 'Superseded';
}

export class FetchQueue {
  readonly #options: FetchQueueOptions;
  readonly #running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  readonly #idle = new Set<() => void>();
  #disposed = false;

  constructor(options: FetchQueueOptions) {
    this.#options = options;
  }

  /** Begins to fetch what is wanted, or goes on; call it after every addition. Throws what the shelf throws. */
  start(): void {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { shelf, polite, newId, fetching } = this.#options;
    for (;;) {
      const next = shelf.claim(newId(), polite);
      if (next.type === 'claim') {
        this.#run(next.claim);
        continue;
      }
      if (next.type === 'wait') {
        // Another window may be done sooner; a while is soon enough.
        const wait = Math.min(Math.max(next.until - fetching.now(), 20), 5000);
        this.#timer = setTimeout(() => {
          this.#again();
        }, wait).unref();
      } else if (this.#running.size === 0) {
        for (const call of [...this.#idle]) call();
        this.#idle.clear();
      }
      return;
    }
  }

  /** Resolves once nothing is wanted or fetched any more, in whichever window. */
  whenIdle(): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.add(resolve);
      this.#again();
    });
  }

  /** Takes documents out of the queue; resolves once nothing of them is fetched here any more. */
  async stop(ids: readonly string[]): Promise<void> {
    this.#options.shelf.stop(ids);
    const theirs = [...this.#running].filter(([key]) => ids.some((id) => key.startsWith(`${id} `)));
    for (const [, { abort }] of theirs) abort.abort(new Superseded('stopped'));
    await Promise.all(theirs.map(([, { ended }]) => ended));
    this.#again();
  }

  /** Ends all fetches; what they were at stays in the queue. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(new Superseded('closing'));
    for (const call of this.#idle) call();
    await Promise.all(running.map(({ ended }) => ended));
  }

  #again(): void {
    try {
      this.start();
    } catch (error) {
      // The shelf can't be read just now (another window holds it, the disk is full): what is wanted stays wanted.
      this.#options.report(`The library’s queue stopped: ${String(error)}`);
    }
  }

  #run(claim: Claim): void {
    const abort = new AbortController();
    const key = `${claim.documentId} ${claim.form}`;
    const ended = this.#fetch(claim, abort)
      .catch((error: unknown) => {
        this.#options.report(`Fetching ${claim.address} failed: ${String(error)}`);
      })
      .finally(() => {
        this.#running.delete(key);
        if (!this.#disposed) this.#again();
      });
    this.#running.set(key, { abort, ended });
  }

  async #fetch(claim: Claim, abort: AbortController): Promise<void> {
    const { shelf, fetching, polite, report, beatMs = 1000 } = this.#options;
    let [done, total]: [number, number | undefined] = [0, undefined];
    const beat = setInterval(() => {
      try {
        if (!shelf.keep(claim, polite, done, total)) abort.abort(new Superseded('taken out of the queue'));
      } catch (error) {
        report(`A fetch couldn’t say how far it is: ${String(error)}`);
      }
    }, beatMs);
    let outcome: Outcome;
    try {
      const onProgress = (now: number, of: number | undefined): void => {
        [done, total] = [now, of];
      };
      const { address, known } = claim;
      outcome = await fetchCopy({ address, ...(known && { known }), onProgress }, fetching, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) {
        if (this.#disposed) shelf.release(claim);
        return;
      }
      outcome = failed(error, claim, report);
    } finally {
      clearInterval(beat);
    }
    try {
      shelf.finish(claim, outcome, polite);
    } catch (error) {
      // It couldn't be put into its place: a full disk, most likely.
      shelf.finish(claim, failed(error instanceof Error ? (error.cause ?? error) : error, claim, report), polite);
    } finally {
      // If it was taken over, it isn't there any more.
      if (outcome.type === 'new') await rm(outcome.path, { force: true });
    }
  }
}

function failed(error: unknown, { address }: Claim, report: (problem: string) => void): Failure & { type: 'failed' } {
  const { reason, host, message, retryAfterMs } = fetchErrorOf(error, hostOf(address));
  report(`${reason}: ${address}: ${message}`);
  return { type: 'failed', reason, host, detail: message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
