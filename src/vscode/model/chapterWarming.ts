// While a chapter is being read and the model has nothing to do, the model reads it too: a question about it is then
// answered at once. Never loads a model for that.

import type * as vscode from 'vscode';
import type { ChatMessage } from '../../core/model/language.ts';
import type { LocalModel } from './localModel.ts';

export interface WarmingParts {
  readonly model: Pick<LocalModel, 'card' | 'busy' | 'settings' | 'warm' | 'onDidChange'>;
  /** The chapter in the reader that was used last. */
  readonly reading: () => string | undefined;
  readonly onDidChangeChapter: vscode.Event<unknown>;
  /** What questions about the chapter begin with; undefined where it doesn't fit the context. */
  readonly prefix: (chapterId: string, signal: AbortSignal) => Promise<readonly ChatMessage[] | undefined>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug' | 'info'>;
  /** How long a chapter must have been open, and the model at rest. */
  readonly restMs: number;
}

export class ChapterWarming implements vscode.Disposable {
  readonly #parts: WarmingParts;
  readonly #listening: readonly vscode.Disposable[];
  /** Chapters that this model has read since it was loaded. */
  #warmed: { readonly modelHash: string; readonly chapters: Set<string> } | undefined;
  #later: NodeJS.Timeout | undefined;
  #running: { readonly chapterId: string; readonly stop: AbortController } | undefined;

  constructor(parts: WarmingParts) {
    this.#parts = parts;
    this.#listening = [
      parts.model.onDidChange((kind) => {
        if (kind === 'chat') this.#wait();
      }),
      parts.onDidChangeChapter(() => {
        if (this.#running && this.#running.chapterId !== parts.reading()) this.#running.stop.abort();
        this.#wait();
      }),
    ];
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    clearTimeout(this.#later);
    this.#running?.stop.abort();
  }

  #wait(): void {
    clearTimeout(this.#later);
    if (this.#due() === undefined) return;
    this.#later = setTimeout(() => {
      void this.#warm();
    }, this.#parts.restMs);
  }

  /** The chapter that is to be read now, if any. */
  #due(): string | undefined {
    const { model, reading } = this.#parts;
    const chapterId = reading();
    const { card } = model;
    if (!card || chapterId === undefined || !model.settings.warmChapters || this.#running) return undefined;
    if (this.#warmed?.modelHash !== card.modelHash) this.#warmed = { modelHash: card.modelHash, chapters: new Set() };
    return this.#warmed.chapters.has(chapterId) ? undefined : chapterId;
  }

  async #warm(): Promise<void> {
    const { model, prefix, log } = this.#parts;
    const chapterId = this.#due();
    if (chapterId === undefined || !this.#warmed) return;
    if (model.busy) {
      this.#wait();
      return;
    }
    const { chapters } = this.#warmed;
    const stop = new AbortController();
    this.#running = { chapterId, stop };
    try {
      // Whatever comes of it, it isn't tried again and again.
      chapters.add(chapterId);
      const messages = await prefix(chapterId, stop.signal);
      if (!messages) return;
      const { tokens, fresh } = await model.warm(messages, stop.signal);
      log.debug(`“${chapterId}” was ${fresh ? 'read ahead' : 'known'}: ${tokens} tokens`);
    } catch (error) {
      if (stop.signal.aborted) chapters.delete(chapterId);
      else log.info(`“${chapterId}” couldn’t be read ahead: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#running = undefined;
      this.#wait();
    }
  }
}
