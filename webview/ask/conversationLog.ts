// The turns on the page, and the scrolling that follows an answer while the learner is at its end.

import { element } from '../dom.ts';
import type { TurnView } from './turnView.ts';

export interface ConversationLog {
  readonly element: HTMLElement;
  readonly turn: (id: string) => TurnView | undefined;
  /** Adds a turn at the end, or puts it in the place of the one with its id. */
  readonly put: (turn: TurnView) => void;
  /** Replaces everything; `start` is shown when there are no turns. */
  readonly replace: (turns: readonly TurnView[], start: HTMLElement) => void;
  /** Runs a change of the page and keeps the end in view if it was in view before. */
  readonly following: (change: () => void) => void;
}

/** The conversation, empty at first. */
export function conversationLog(): ConversationLog {
  const log = element('div', { class: 'log' });
  const turns = new Map<string, TurnView>();
  let last: TurnView | undefined;
  let follow = true;

  /** As far down as goes without pushing the last question out at the top: an answer is read from its start. */
  const toEnd = (): void => {
    const top = last ? last.element.offsetTop - 8 : 0;
    log.scrollTop = Math.min(top, log.scrollHeight - log.clientHeight);
    follow = true;
  };
  const atEnd = (): boolean => {
    const lowest = log.scrollHeight - log.clientHeight;
    const top = last ? Math.min(last.element.offsetTop - 8, lowest) : lowest;
    return Math.abs(log.scrollTop - top) < 24 || log.scrollTop > lowest - 24;
  };
  const following = (change: () => void): void => {
    const followed = atEnd();
    change();
    if (followed) toEnd();
  };
  log.addEventListener(
    'scroll',
    () => {
      follow = atEnd();
    },
    { passive: true },
  );
  // The question box grows with its text, and the list of conversations opens above.
  new ResizeObserver(() => {
    if (follow) toEnd();
  }).observe(log);
  const add = (turn: TurnView): void => {
    turns.set(turn.id, turn);
    last = turn;
    log.append(turn.element);
  };

  return {
    element: log,
    turn: (id) => turns.get(id),
    put: (turn) => {
      const before = turns.get(turn.id);
      if (before) {
        following(() => {
          before.element.replaceWith(turn.element);
          turns.set(turn.id, turn);
          if (last === before) last = turn;
        });
        return;
      }
      if (turns.size === 0) log.replaceChildren();
      add(turn);
      toEnd();
    },
    replace: (next, start) => {
      turns.clear();
      last = undefined;
      log.replaceChildren(...(next.length === 0 ? [start] : []));
      for (const turn of next) add(turn);
      toEnd();
    },
    following,
  };
}
