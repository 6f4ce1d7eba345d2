// What a generation tells, at a pace that people can follow. A small model makes a token every few milliseconds, and each
// message wakes a window on cores that are all computing: one for each token costs a thirtieth of the speed.

import type { GenerateEvent } from '../core/model/language.ts';

export interface PacedEvents {
  readonly push: (event: GenerateEvent) => void;
  /** Sends what is held back. */
  readonly flush: () => void;
}

/** The least time between two events of a kind, in milliseconds; nothing else is held back. */
const gapMs: Partial<Record<GenerateEvent['type'], number>> = { text: 30, prefill: 250 };

/** Passes events on to `send` in their order. What comes too soon after one of its kind waits, and is sent as one with what comes after it. */
export function paceEvents(send: (event: GenerateEvent) => void): PacedEvents {
  let last: GenerateEvent | undefined;
  let held: GenerateEvent | undefined;
  let gap: NodeJS.Timeout | undefined;

  const pass = (event: GenerateEvent): void => {
    clearTimeout(gap);
    const ms = gapMs[event.type];
    gap = ms === undefined ? undefined : setTimeout(onGapEnd, ms);
    last = event;
    send(event);
  };
  const flush = (): void => {
    if (held === undefined) return;
    const event = held;
    held = undefined;
    pass(event);
  };
  const onGapEnd = (): void => {
    gap = undefined;
    flush();
  };
  return {
    push: (event) => {
      if (gap !== undefined && last !== undefined && united(held ?? last, event) !== undefined) {
        held = held === undefined ? event : united(held, event);
        return;
      }
      flush();
      pass(event);
    },
    flush: () => {
      flush();
      clearTimeout(gap);
      gap = undefined;
    },
  };
}

/** Both in one; undefined where they are of two kinds. */
function united(before: GenerateEvent, after: GenerateEvent): GenerateEvent | undefined {
  if (before.type === 'text' && after.type === 'text' && before.segment === after.segment)
    return { ...after, text: before.text + after.text };
  return before.type === 'prefill' && after.type === 'prefill' ? after : undefined;
}
