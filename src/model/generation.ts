// A generation as its reader sees it: an iterator over what the model's process sends.

import type { GenerateEvent, GenerateRequest } from '../core/model/language.ts';
import { ModelError } from '../core/model/modelError.ts';
import { createEventQueue } from './eventQueue.ts';
import type { Answer, Link } from './link.ts';

/** How long the 'stopped' end of a stopped generation is waited for. */
const stopMs = 100;

/** Asks with the first `next`. See `generate` of ModelClient for how it ends. */
export function generate(
  link: Link,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncIterableIterator<GenerateEvent, undefined> {
  let asked: ReturnType<Link['ask']> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  const queue = createEventQueue<GenerateEvent>(() => {
    settle();
    asked?.cancel();
    asked?.forget();
  });
  const onAbort = (): void => {
    queue.clear();
    asked?.cancel();
    timer = setTimeout(() => {
      asked?.forget();
      queue.end();
    }, stopMs);
  };
  const start = (): void => {
    if (signal.aborted) {
      queue.end();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    asked = link.ask((id) => ({ type: 'generate', id, request }), {
      receive: (answer) => {
        if (answer.type === 'event' && answer.event.type !== 'end') {
          if (!signal.aborted) queue.push(answer.event);
          return false;
        }
        settle();
        if (answer.type === 'event') {
          queue.push(answer.event);
          queue.end();
        } else if (signal.aborted) {
          queue.end();
        } else {
          queue.fail(failureOf(answer));
        }
        return true;
      },
      fail: (error) => {
        settle();
        queue.fail(error);
      },
    });
  };
  let isStarted = false;
  return {
    next: () => {
      if (!isStarted) {
        isStarted = true;
        start();
      }
      return queue.next();
    },
    return: () => {
      isStarted = true;
      return queue.leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** The error for an answer that isn't the one that was wanted. */
export function failureOf(answer: Answer): ModelError {
  return answer.type === 'failed'
    ? new ModelError(answer.problem, answer.message, answer.detail)
    : new ModelError('internal', 'The model’s process gave an answer to another question. Ask again.', answer.type);
}
