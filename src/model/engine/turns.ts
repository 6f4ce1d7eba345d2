// Who computes. One evaluation at a time: two at once would each take twice as long. What the learner waits for goes first,
// in the order asked; background work yields to it between its steps.

import type { Priority } from '../../core/model/language.ts';

export interface Turn {
  /** For background work, between two steps: lets what the learner waits for go first. Rejects with the signal's reason. */
  readonly giveWay: (signal: AbortSignal) => Promise<void>;
  /** Must be called, once nothing is being evaluated any more. */
  readonly end: () => void;
}

export interface Turns {
  /** Resolves when it is one's turn; rejects with the signal's reason. */
  readonly take: (priority: Priority, signal: AbortSignal) => Promise<Turn>;
}

interface Waiting {
  readonly priority: Priority;
  readonly go: () => void;
}

export function createTurns(): Turns {
  let waiting: Waiting[] = [];
  let busy = false;

  const next = (): void => {
    const first = waiting.find(({ priority }) => priority === 'foreground') ?? waiting[0];
    busy = first !== undefined;
    if (first === undefined) return;
    waiting = waiting.filter((other) => other !== first);
    first.go();
  };

  const wait = (priority: Priority, signal: AbortSignal, isFirst: boolean): Promise<void> => {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const onAbort = (): void => {
      waiting = waiting.filter((other) => other !== one);
      reject(signal.reason as Error);
    };
    const one: Waiting = {
      priority,
      go: () => {
        signal.removeEventListener('abort', onAbort);
        resolve(undefined);
      },
    };
    signal.addEventListener('abort', onAbort, { once: true });
    waiting = isFirst ? [one, ...waiting] : [...waiting, one];
    if (!busy) next();
    return promise;
  };

  return {
    take: async (priority, signal) => {
      await wait(priority, signal, false);
      let has = true;
      return {
        giveWay: async (given) => {
          given.throwIfAborted();
          if (priority === 'foreground' || !waiting.some((other) => other.priority === 'foreground')) return;
          has = false;
          next();
          await wait(priority, given, true);
          has = true;
        },
        end: () => {
          if (!has) return;
          has = false;
          next();
        },
      };
    },
  };
}
