// What is pushed on one side is taken from the other, as an async iterator does it. Unlike a generator's, leaving works at
// once, also while a `next` waits: who leaves is never left hanging.

export interface EventQueue<T> {
  readonly push: (value: T) => void;
  /** Nothing more comes; what was pushed is still handed out. */
  readonly end: () => void;
  readonly fail: (error: Error) => void;
  /** What was pushed and not taken is forgotten. */
  readonly clear: () => void;
  readonly next: () => Promise<Result<T>>;
  /** The reader goes; whoever waits in `next` is told that there is no more. */
  readonly leave: () => Promise<Result<T>>;
}

type Result<T> = IteratorResult<T, undefined>;

interface Waiter<T> {
  readonly resolve: (result: Result<T>) => void;
  readonly reject: (error: Error) => void;
}

/** `onLeave` is called when the reader goes before the end. */
export function createEventQueue<T>(onLeave: () => void): EventQueue<T> {
  let values: T[] = [];
  let waiters: Waiter<T>[] = [];
  let error: Error | undefined;
  let isEnded = false;

  const end = (): void => {
    isEnded = true;
    for (const { resolve } of waiters) resolve({ done: true, value: undefined });
    waiters = [];
  };
  return {
    push: (value) => {
      if (isEnded) return;
      const waiter = waiters.shift();
      if (waiter) waiter.resolve({ done: false, value });
      else values.push(value);
    },
    end,
    fail: (reason) => {
      if (isEnded) return;
      const waiter = waiters.shift();
      if (waiter) waiter.reject(reason);
      else error = reason;
      end();
    },
    clear: () => {
      values = [];
    },
    next: () => {
      const value = values.shift();
      if (value !== undefined) return Promise.resolve({ done: false, value });
      if (error !== undefined) {
        const thrown = error;
        error = undefined;
        return Promise.reject(thrown);
      }
      if (isEnded) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
      });
    },
    leave: () => {
      values = [];
      error = undefined;
      if (!isEnded) {
        end();
        onLeave();
      }
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
