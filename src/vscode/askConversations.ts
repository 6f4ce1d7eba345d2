// The conversation that is shown, and those that are kept. Another window may remove one at any time: what was removed
// doesn't come back because an answer to it still came in.

import type { Conversation, Turn } from '../core/answer.ts';
import type { Translate } from '../core/translate.ts';
import { beginConversation, withTurn } from '../core/turn.ts';
import type { ConversationSummary } from '../protocol/ask.ts';
import type { Store } from '../store/store.ts';

export type ConversationStore = Pick<Store, 'conversations' | 'conversation' | 'saveTurn' | 'removeConversation'>;

export interface ConversationParts {
  /** Rejects if there is none: then conversations last as long as the window. */
  readonly store: () => Promise<ConversationStore>;
  readonly newId: () => string;
  readonly now: () => number;
  /** Tells the learner what went wrong, and logs the details. */
  readonly report: (error: unknown, happened: string) => void;
  readonly t: Translate;
}

export interface AskConversations {
  /** The one that is shown; undefined before anybody looked. */
  readonly shown: () => Conversation | undefined;
  /** The one that is shown: the last one that was kept, to begin with. */
  readonly current: () => Promise<Conversation>;
  /** The one that a question goes into: the one that is shown, or a new one if that was removed in another window. */
  readonly forQuestion: () => Promise<Conversation>;
  readonly begin: () => Conversation;
  /** Shows a kept one, if it is still there. Whether another one is shown now. */
  readonly show: (id: string) => Promise<boolean>;
  /** Whether it was the one that is shown: then a new one has begun. @throws StoreError */
  readonly remove: (id: string) => Promise<boolean>;
  /** Puts an ended turn into the conversation in which it was asked, here and in the store. Never rejects. */
  readonly keep: (asked: Conversation, turn: Turn) => Promise<void>;
  /** Every kept one, newest first; none if they can't be read. */
  readonly kept: () => Promise<readonly ConversationSummary[]>;
}

export function askConversations({ store, newId, now, report, t }: ConversationParts): AskConversations {
  let shown: Conversation | undefined;
  const removedHere = new Set<string>();
  /** Those that are in the store, unless another window has removed them. */
  const stored = new Set<string>();

  const read = async <T>(from: (opened: ConversationStore) => T): Promise<T | undefined> => {
    try {
      return from(await store());
    } catch (error) {
      report(error, t('Your conversations couldn’t be read. You can ask all the same.'));
      return undefined;
    }
  };
  const begin = (): Conversation => (shown = beginConversation(newId(), now()));
  const current = async (): Promise<Conversation> => {
    if (shown) return shown;
    const last = await read((opened) => {
      const [newest] = opened.conversations();
      return newest && opened.conversation(newest.id);
    });
    if (last) stored.add(last.id);
    // Another question may have come first.
    return (shown ??= last ?? begin());
  };

  return {
    shown: () => shown,
    current,
    forQuestion: async () => {
      const { id } = await current();
      const kept = stored.has(id) ? await read((opened) => opened.conversations()) : undefined;
      if (kept && shown?.id === id && kept.every((one) => one.id !== id)) return begin();
      return current();
    },
    begin,
    show: async (id) => {
      // The one that is shown may be waiting for an answer that the store doesn't have.
      if (id === shown?.id) return false;
      const conversation = await read((opened) => opened.conversation(id));
      if (!conversation) return false;
      stored.add(id);
      shown = conversation;
      return true;
    },
    remove: async (id) => {
      (await store()).removeConversation(id);
      removedHere.add(id);
      if (shown?.id !== id) return false;
      begin();
      return true;
    },
    keep: async (asked, turn) => {
      const { id } = asked;
      if (removedHere.has(id)) return;
      const conversation = withTurn(shown?.id === id ? shown : asked, turn);
      if (shown?.id === id) shown = conversation;
      const { title, startedAt } = conversation;
      try {
        const opened = await store();
        // While waiting for the store, too, it may have been thrown away.
        if (removedHere.has(id)) return;
        if (opened.saveTurn({ id, title, startedAt }, turn, stored.has(id))) stored.add(id);
      } catch (error) {
        report(error, t('The answer couldn’t be kept. It stays here until you close the window.'));
      }
    },
    kept: async () => (await read((opened) => opened.conversations())) ?? [],
  };
}
