// Where the next question is looked up: what the learner chose last, and what there is to choose from now.

import type * as vscode from 'vscode';
import type { ScopeKind, ScopeOffer } from '../protocol/ask.ts';
import { parseScopeKind } from './askMessages.ts';
import type { LocalLibrary } from './library/localLibrary.ts';
import type { Readers } from './readers.ts';
import type { Study } from './study.ts';

export interface AskScopes {
  readonly offer: () => Promise<ScopeOffer>;
  readonly choose: (kind: ScopeKind) => Promise<void>;
  /** Chooses everything, unless the library is among what is chosen already. */
  readonly includeLibrary: () => Promise<void>;
  /** Another chapter is being read, the library has changed, or something else was chosen for the learner. */
  readonly onDidChange: (listener: () => void) => Pick<vscode.Disposable, 'dispose'>;
}

export interface AskScopeParts {
  /** Outlives the window. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly study: Pick<Study, 'chapter'>;
  readonly readers: Pick<Readers, 'open' | 'onDidChangeChapter'>;
  readonly library: Pick<LocalLibrary, 'exists' | 'onDidChange'>;
}

const key = 'handbook.ask.scope';

export function askScopes({ memory, study, readers, library }: AskScopeParts): AskScopes {
  const listeners = new Set<() => void>();
  const choose = async (kind: ScopeKind): Promise<void> => {
    await memory.update(key, kind);
  };
  const chosen = (saved: boolean): ScopeKind =>
    // Who has saved something wants it asked, too.
    parseScopeKind(memory.get(key)) ?? (saved ? 'all' : 'handbook');
  return {
    offer: async () => {
      const [chapter, saved] = await Promise.all([study.chapter(readers.open[0]?.chapterId), library.exists()]);
      return {
        chosen: chosen(saved),
        ...(chapter && { chapter: { chapterId: chapter.id, chapterTitle: chapter.title } }),
        library: saved,
      };
    },
    choose,
    includeLibrary: async () => {
      if (['library', 'all'].includes(chosen(await library.exists()))) return;
      await choose('all');
      for (const listener of listeners) listener();
    },
    onDidChange: (listener) => {
      const listening = [readers.onDidChangeChapter(listener), library.onDidChange(listener)];
      listeners.add(listener);
      return {
        dispose: () => {
          listeners.delete(listener);
          for (const each of listening) each.dispose();
        },
      };
    },
  };
}
