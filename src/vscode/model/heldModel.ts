// One model of one kind, opened when it is first needed. It may die, and another may be chosen, at any moment: who uses it
// is told, and the next use opens what is wanted then.

import { ModelError } from '../../core/model/modelError.ts';
import type { ModelClient } from '../../model/client.ts';
import { sameModel } from './modelState.ts';
import type { Explain, ModelState, OpenWanted, Wanted } from './modelState.ts';
import { unlessAborted } from './unlessAborted.ts';

interface Opened {
  readonly client: ModelClient;
  /** Those who are using it. */
  users: number;
  /** Not what is wanted any more: ended once nobody uses it, which this then hears. */
  stale?: () => void;
}

/** The model while somebody uses it; `done` must be called, once, whatever happened. */
export interface Use {
  readonly client: ModelClient;
  readonly done: () => void;
}

const anotherChosen = new Error('Another model has been chosen.');

export class HeldModel {
  readonly #open: OpenWanted;
  readonly #explain: Explain;
  readonly #changed: () => void;
  #wanted: Wanted | undefined;
  #state: ModelState = { type: 'none' };
  #opening: { readonly promise: Promise<Opened>; readonly stop: AbortController } | undefined;
  #opened: Opened | undefined;
  /** Models that are going: the next one is opened when their memory is free. */
  #going: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(open: OpenWanted, explain: Explain, changed: () => void) {
    this.#open = open;
    this.#explain = explain;
    this.#changed = changed;
  }

  get state(): ModelState {
    return this.#state;
  }

  get wanted(): Wanted | undefined {
    return this.#wanted;
  }

  /** The process, if it is there now. */
  get client(): ModelClient | undefined {
    return this.#opened?.client;
  }

  /** True while an answer is being written. */
  get inUse(): boolean {
    return (this.#opened?.users ?? 0) > 0;
  }

  /** Another choice or other settings: what is running goes once nobody uses it. The same again changes nothing. */
  want(wanted: Wanted | undefined): void {
    if (this.#disposed || sameModel(this.#wanted, wanted)) {
      // How long it may idle takes effect without a restart.
      if (wanted) this.#wanted = wanted;
      return;
    }
    this.#wanted = wanted;
    this.#letGo('end', anotherChosen);
    this.#setState(wanted ? { type: 'idle', name: wanted.name } : { type: 'none' });
  }

  /**
   * Opens the model if it isn't open; `explicit` where the learner asked for nothing else. Rejects with the reason if it
   * can't be opened, or with the signal's if that is aborted.
   */
  async use(signal: AbortSignal, explicit = false): Promise<Use> {
    signal.throwIfAborted();
    const opened = await this.#openedFor(signal, explicit);
    opened.users++;
    clearTimeout(this.#idle);
    let done = false;
    return {
      client: opened.client,
      done: () => {
        if (done) return;
        done = true;
        opened.users--;
        if (opened.users === 0) this.#onUnused(opened);
      },
    };
  }

  /** Gives the memory back: ends the process, for other windows too. */
  async free(): Promise<void> {
    this.#letGo('end', new ModelError('ended', 'The model was taken out of memory.'));
    if (this.#wanted) this.#setState({ type: 'idle', name: this.#wanted.name });
    await this.#going;
  }

  /** Leaves the process to other windows, or to its end. */
  dispose(): void {
    this.#letGo('leave', new ModelError('ended', 'The window is closing.'));
    this.#disposed = true;
  }

  async #openedFor(signal: AbortSignal, explicit: boolean): Promise<Opened> {
    for (;;) {
      try {
        return await unlessAborted(this.#openedOrOpening(explicit), signal);
      } catch (error) {
        // Who waits for the model that was chosen before gets the one that is wanted now.
        if (error !== anotherChosen || signal.aborted) throw error;
      }
    }
  }

  async #openedOrOpening(explicit: boolean): Promise<Opened> {
    if (this.#opened) return this.#opened;
    const wanted = this.#wanted;
    if (this.#disposed || !wanted) throw new ModelError('no-model', 'No model is chosen.');
    if (!this.#opening) {
      const stop = new AbortController();
      const promise = this.#openNow(wanted, explicit, stop.signal);
      // Those who wait hear of it; with nobody left to wait it has been put into words in the state.
      promise.catch(() => undefined);
      this.#opening = { promise, stop };
    }
    return this.#opening.promise;
  }

  async #openNow(wanted: Wanted, explicit: boolean, signal: AbortSignal): Promise<Opened> {
    this.#setState({ type: 'loading', name: wanted.name, fraction: 0 });
    try {
      await this.#going;
      signal.throwIfAborted();
      const client = await this.#open(
        wanted,
        {
          explicit,
          onLoading: (fraction) => {
            if (!signal.aborted && !this.#opened) this.#setState({ type: 'loading', name: wanted.name, fraction });
          },
        },
        signal,
      );
      if (signal.aborted) {
        await client.dispose();
        signal.throwIfAborted();
      }
      const opened: Opened = { client, users: 0 };
      this.#opened = opened;
      this.#opening = undefined;
      client.onEnd((reason) => {
        this.#onEnd(opened, reason);
      });
      this.#setState({ type: 'ready', name: client.card.name, card: client.card });
      this.#onUnused(opened);
      return opened;
    } catch (error) {
      // Whoever aborted has said already what comes instead.
      if (signal.aborted) throw signal.reason;
      this.#opening = undefined;
      this.#setState({ type: 'failed', name: wanted.name, ...this.#explain(error) });
      throw error;
    }
  }

  #onEnd(opened: Opened, reason: ModelError): void {
    if (this.#opened !== opened) return;
    this.#opened = undefined;
    clearTimeout(this.#idle);
    const name = opened.client.card.name;
    this.#setState({ type: 'failed', name, ...this.#explain(reason) });
  }

  #letGo(how: 'end' | 'leave', why: Error): void {
    clearTimeout(this.#idle);
    this.#opening?.stop.abort(why);
    this.#opening = undefined;
    const opened = this.#opened;
    this.#opened = undefined;
    if (!opened) return;
    if (how === 'leave' || opened.users === 0) this.#going = this.#goingAnd(opened, how);
    else {
      // The answer that is being written is written to its end.
      const before = this.#going;
      this.#going = new Promise<void>((resolve) => {
        opened.stale = resolve;
      }).then(() => before);
    }
  }

  #onUnused(opened: Opened): void {
    if (opened.stale) {
      void opened.client
        .end()
        .catch(() => undefined)
        .then(opened.stale);
      return;
    }
    if (this.#opened !== opened || !this.#wanted) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      void this.#leaveIdle(opened);
    }, this.#wanted.idleMs);
    this.#idle.unref();
  }

  /** Nobody has asked for a while: the memory is better used by others, unless another window uses it. */
  async #leaveIdle(opened: Opened): Promise<void> {
    const windows = await opened.client.statistics().then(
      (statistics) => statistics.windows,
      () => 1,
    );
    if (this.#opened !== opened || opened.users > 0) return;
    this.#letGo(windows > 1 ? 'leave' : 'end', anotherChosen);
    if (this.#wanted) this.#setState({ type: 'idle', name: opened.client.card.name });
  }

  async #goingAnd({ client }: Opened, how: 'end' | 'leave'): Promise<void> {
    await Promise.allSettled([this.#going, how === 'end' ? client.end() : client.dispose()]);
  }

  #setState(state: ModelState): void {
    if (this.#disposed) return;
    this.#state = state;
    this.#changed();
  }
}
