// The model on the learner's machine as the rest of the companion sees it: it may not be there, it may be loading, it may
// die; whoever asks is answered, with a result or with a ModelError that says what to do.

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type {
  ChatMessage,
  GenerateEvent,
  GenerateRequest,
  GenerateStatistics,
  ModelCard,
  Priority,
} from '../../core/model/language.ts';
import type { ModelLine } from '../../protocol/ask.ts';
import type { EngineStatistics } from '../../protocol/model.ts';
import type { Problems } from '../problems.ts';
import { readModelSettings } from '../settings.ts';
import { HeldModel } from './heldModel.ts';
import type { ModelState, Wanted } from './modelState.ts';
import { explainModelError } from './modelProblems.ts';
import { modelLine } from './modelLine.ts';
import type { ModelPlaces } from './modelPlaces.ts';
import type { ModelSettings } from './modelSettings.ts';

type Kind = Wanted['kind'];
const kinds = ['chat', 'embedding', 'ranking'] as const satisfies readonly Kind[];

export class LocalModel implements vscode.Disposable {
  readonly places: ModelPlaces;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<Kind>();
  readonly #held: Readonly<Record<Kind, HeldModel>>;
  readonly #listening: vscode.Disposable;
  /** Wrong settings that the learner has been told about. */
  readonly #told = new Set<string>();
  #settings: ModelSettings;
  #lastAnswer: GenerateStatistics | undefined;

  /** Another model, another state of it, or other settings. */
  readonly onDidChange = this.#changed.event;

  constructor(places: ModelPlaces, problems: Problems) {
    this.places = places;
    this.#problems = problems;
    const held = (kind: Kind): HeldModel =>
      new HeldModel(
        async (wanted, opening, signal) => {
          const { startModel } = await import('./startModel.ts');
          return startModel(wanted, { ...opening, places, log: this.#log(kind) }, signal);
        },
        (error) => explainModelError(error, problems.log),
        () => {
          this.#changed.fire(kind);
        },
      );
    this.#held = { chat: held('chat'), embedding: held('embedding'), ranking: held('ranking') };
    this.#settings = this.#read();
    this.#listening = vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('handbook.model') && !change.affectsConfiguration('handbook.engine')) return;
      this.#settings = this.#read();
      for (const kind of kinds) this.#changed.fire(kind);
    });
  }

  get settings(): ModelSettings {
    return this.#settings;
  }

  state(kind: Kind = 'chat'): ModelState {
    return this.#held[kind].state;
  }

  /** What is chosen; it needn't be loaded, nor loadable. */
  wanted(kind: Kind): Wanted | undefined {
    return this.#held[kind].wanted;
  }

  /** Whether a model of this kind is chosen. */
  has(kind: Kind): boolean {
    return this.#held[kind].wanted !== undefined;
  }

  /** Who will answer the next question. */
  get line(): ModelLine {
    return modelLine(this.#held.chat.state);
  }

  /** What is known of the chat model; undefined until it has been loaded. */
  get card(): ModelCard | undefined {
    const { state } = this.#held.chat;
    return state.type === 'ready' ? state.card : undefined;
  }

  /** How the last answer in this window went. */
  get lastAnswer(): GenerateStatistics | undefined {
    return this.#lastAnswer;
  }

  /** The model's process, while it runs. */
  get pid(): number | undefined {
    return this.#held.chat.client?.pid;
  }

  /** True while an answer is being written. */
  get busy(): boolean {
    return this.#held.chat.inUse;
  }

  /** Opens the model, so that the first question needn't wait for it; `explicit` where the learner asked for just that. */
  async load(
    signal: AbortSignal,
    { kind = 'chat', explicit = false }: { readonly kind?: Kind; readonly explicit?: boolean } = {},
  ): Promise<void> {
    (await this.#held[kind].use(signal, explicit)).done();
  }

  /** Streams an answer. Leaving the loop or aborting stops it. */
  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent, void> {
    const use = await this.#held.chat.use(signal);
    try {
      for await (const event of use.client.generate(request, signal)) {
        if (event.type === 'end') {
          this.#lastAnswer = event.statistics;
          this.#changed.fire('chat');
        }
        yield event;
      }
    } finally {
      use.done();
    }
  }

  /** How many tokens each text has by itself. */
  async countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]> {
    return this.#with('chat', signal, ({ client }) => client.countTokens(texts, signal));
  }

  /** How many tokens a whole prompt has, with the model's chat template. */
  async countPrompt(messages: readonly ChatMessage[], signal: AbortSignal): Promise<number> {
    return this.#with('chat', signal, ({ client }) => client.countPrompt(messages, signal));
  }

  /** Evaluates a prefix in the background and keeps it. */
  async warm(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
  ): Promise<{ readonly tokens: number; readonly fresh: boolean }> {
    return this.#with('chat', signal, ({ client }) => client.warm(messages, signal));
  }

  /** What the texts mean, as normalised vectors of the embedding model. */
  async embed(
    texts: readonly string[],
    priority: Priority,
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]> {
    return this.#with('embedding', signal, ({ client }) => client.embed(texts, priority, signal));
  }

  /** How well each document answers the query, 0 to 1. */
  async rank(query: string, documents: readonly string[], signal: AbortSignal): Promise<readonly number[]> {
    return this.#with('ranking', signal, ({ client }) => client.rank(query, documents, 'foreground', signal));
  }

  /** What the model's process has done and holds; undefined while it doesn't run. */
  async statistics(signal: AbortSignal): Promise<EngineStatistics | undefined> {
    return this.#held.chat.client?.statistics(signal);
  }

  /** Ends the processes, in every window; the next question starts one again. */
  async free(): Promise<void> {
    await Promise.all(kinds.map((kind) => this.#held[kind].free()));
  }

  dispose(): void {
    this.#listening.dispose();
    for (const kind of kinds) this.#held[kind].dispose();
    this.#changed.dispose();
  }

  async #with<T>(
    kind: Kind,
    signal: AbortSignal,
    work: (use: Awaited<ReturnType<HeldModel['use']>>) => Promise<T>,
  ): Promise<T> {
    const use = await this.#held[kind].use(signal);
    try {
      return await work(use);
    } finally {
      use.done();
    }
  }

  #read(): ModelSettings {
    const { model, wrong } = readModelSettings();
    for (const { name, value } of wrong) {
      if (this.#told.has(`${name}=${value}`)) continue;
      this.#told.add(`${name}=${value}`);
      this.#problems.tell(
        vscode.l10n.t('The setting “{0}” can’t be “{1}”. Its default is used until you change it.', name, value),
      );
    }
    const files = { chat: model.file, embedding: model.embeddingFile, ranking: model.rankingFile };
    for (const kind of kinds) {
      const file = files[kind];
      this.#held[kind].want(file === '' ? undefined : wantedModel(kind, file, model));
    }
    return model;
  }

  #log(kind: Kind): (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void {
    return (level, line) => {
      this.#problems.log[level](`[${kind} model] ${line}`);
    };
  }
}

function wantedModel(kind: Kind, file: string, settings: ModelSettings): Wanted {
  return {
    kind,
    file,
    name: basename(file).replace(/\.gguf$/i, ''),
    settings: settings.engine,
    stateQuota: settings.keptPrefixesMegabytes * 1_000_000,
    idleMs: settings.idleMinutes * 60_000,
  };
}
