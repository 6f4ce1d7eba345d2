// Search by meaning, with an embedding model and a ranking model if the learner has chosen them. Answers never wait for it
// to get ready: until it is, passages are found by their words.

import type * as vscode from 'vscode';
import { passageText } from '../../core/passages.ts';
import type { Passage } from '../../core/passages.ts';
import type { Question } from '../../core/question.ts';
import { fuseRetrieval, rankedPassages, rerank } from '../../core/search/fuse.ts';
import type { Found, RankedPassage } from '../../core/search/retrieve.ts';
import type { OpenStudy } from '../study.ts';
import type { LocalModel } from './localModel.ts';
import { embedWhole, rankWhole } from './wholeTexts.ts';

/** How many passages meaning may propose, and how many of the fused ones a ranking model looks at. */
const proposed = 30;
const reranked = 8;

type Text = Pick<OpenStudy, 'passages' | 'saved'>;

export class PassageMeaning implements vscode.Disposable {
  readonly #model: LocalModel;
  readonly #log: vscode.LogOutputChannel;
  readonly #stop = new AbortController();
  readonly #listening: vscode.Disposable;
  #vectors: { readonly modelHash: string; readonly byPassage: ReadonlyMap<string, Float32Array> } | undefined;
  #preparing: Promise<void> | undefined;

  constructor(model: LocalModel, log: vscode.LogOutputChannel) {
    this.#model = model;
    this.#log = log;
    this.#listening = model.onDidChange((kind) => {
      // Another model thinks of other meanings.
      if (kind === 'embedding' && !model.has('embedding')) this.#vectors = undefined;
    });
  }

  /** Whether the learner has chosen a model for it. */
  get wanted(): boolean {
    return this.#model.has('embedding') || this.#model.has('ranking');
  }

  /** The passages for a question, best first, by words and by whatever else is ready. */
  async retrieveMore(
    question: Question,
    found: Found,
    text: Text,
    signal: AbortSignal,
  ): Promise<readonly RankedPassage[]> {
    const fused = await this.#fused(question, found, text, signal);
    return this.#reranked(question, fused, text, signal);
  }

  /** Gets everything ready: loads the models and computes what each passage means. */
  async prepare(text: Text): Promise<void> {
    this.#preparing ??= this.#prepareNow(text).finally(() => {
      this.#preparing = undefined;
    });
    await this.#preparing;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#stop.abort(new Error('The window is closing.'));
  }

  async #fused(question: Question, found: Found, text: Text, signal: AbortSignal): Promise<readonly RankedPassage[]> {
    if (!this.#model.has('embedding')) return found.ranked;
    const state = this.#model.state('embedding');
    const vectors = this.#vectors;
    if (state.type !== 'ready' || state.card.modelHash !== vectors?.modelHash) {
      this.#prepareSoon(text);
      return found.ranked;
    }
    const [vector = []] = await embedWhole([question.text], (texts) => this.#model.embed(texts, 'foreground', signal));
    const { kind = 'handbook' } = question.scope ?? {};
    const only = question.scope?.kind === 'chapter' ? question.scope.chapterId : undefined;
    const { nearest } = await import('./passageVectors.ts');
    const inHandbook = (): readonly Passage[] =>
      nearest(vectors.byPassage, vector, only === undefined ? proposed : vectors.byPassage.size)
        .flatMap(({ id }) => text.passages.get(id) ?? [])
        .filter(({ chapterId }) => only === undefined || chapterId === only)
        .slice(0, proposed);
    const lists = [
      ...(kind === 'library' ? [] : [inHandbook()]),
      ...(kind === 'library' || kind === 'all' ? [await this.#inLibrary(vectors.modelHash, vector, text)] : []),
    ];
    return fuseRetrieval(found, lists);
  }

  /** A library whose meaning isn't known yet, or can't be read, is searched by its words alone. */
  async #inLibrary(modelHash: string, vector: readonly number[], { saved }: Text): Promise<readonly Passage[]> {
    try {
      return (await saved?.near?.(modelHash, vector, proposed)) ?? [];
    } catch (error) {
      this.#log.warn(`The library wasn’t searched by meaning: ${String(error)}`);
      return [];
    }
  }

  async #reranked(
    question: Question,
    ranked: readonly RankedPassage[],
    text: Text,
    signal: AbortSignal,
  ): Promise<readonly RankedPassage[]> {
    if (!this.#model.has('ranking') || ranked.length === 0) return ranked;
    if (this.#model.state('ranking').type !== 'ready') {
      this.#prepareSoon(text);
      return ranked;
    }
    const first = ranked.slice(0, reranked).map(({ passage }) => `${passage.heading}\n${passageText(passage)}`);
    const scores = await rankWhole(first, (documents) => this.#model.rank(question.text, documents, signal));
    const scored = ranked.map(({ passage, score }) => ({ id: passage.id, score }));
    return rankedPassages(rerank(scored, scores), new Map(ranked.map(({ passage }) => [passage.id, passage])));
  }

  #prepareSoon(text: Text): void {
    this.prepare(text).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) {
        this.#log.warn(`Search by meaning isn’t ready: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }

  async #prepareNow({ passages }: Text): Promise<void> {
    const { signal } = this.#stop;
    if (this.#model.has('ranking')) await this.#model.load(signal, { kind: 'ranking' });
    if (!this.#model.has('embedding')) return;
    await this.#model.load(signal, { kind: 'embedding' });
    const state = this.#model.state('embedding');
    if (state.type !== 'ready') return;
    const { modelHash } = state.card;
    if (this.#vectors?.modelHash === modelHash) return;
    const { passageVectors } = await import('./passageVectors.ts');
    const byPassage = await passageVectors({
      folder: this.#model.places.vectors,
      modelHash,
      texts: [...passages.values()].map((passage) => ({
        id: passage.id,
        text: `${passage.heading}\n${passageText(passage)}`,
      })),
      embed: (texts) => this.#model.embed(texts, 'background', signal),
      onProgress: (done, total) => {
        if (done % 64 === 0) this.#log.debug(`The meaning of ${done} of ${total} passages is known`);
      },
      onRefused: (id, reason) => {
        this.#log.warn(`The embedding model refuses passage ${id}, which is left out: ${String(reason)}`);
      },
      signal,
    });
    this.#vectors = { modelHash, byPassage };
  }
}
