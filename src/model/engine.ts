// What the process needs of an engine. llamaEngine.ts implements it with llama.cpp; nothing here knows that.

import type { EngineSettings } from '../core/model/engineSettings.ts';
import type { ChatMessage, GenerateEvent, GenerateRequest, ModelCard, Priority } from '../core/model/language.ts';
import type { EngineStatistics } from '../protocol/model.ts';

export interface EngineOptions {
  readonly file: string;
  readonly kind: ModelCard['kind'];
  readonly settings: EngineSettings;
  /** Where evaluated prefixes are kept, and how many bytes they may take together. */
  readonly stateFolder: string;
  readonly stateQuota: number;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
  readonly onLoading: (fraction: number) => void;
}

export type GenerateEnd = Extract<GenerateEvent, { type: 'end' }>;

/** Everything but `dispose` throws a ModelError for what it can't do. An aborted generation ends as 'stopped'; anything else aborted rejects with the signal's reason. */
export interface Engine {
  readonly card: ModelCard;
  /** Streams to `onEvent` and resolves with the end, which isn't among the events. */
  readonly generate: (
    request: GenerateRequest,
    signal: AbortSignal,
    onEvent: (event: Exclude<GenerateEvent, GenerateEnd>) => void,
  ) => Promise<GenerateEnd>;
  readonly countTokens: (texts: readonly string[]) => readonly number[];
  readonly countPrompt: (messages: readonly ChatMessage[]) => number;
  readonly embed: (texts: readonly string[], priority: Priority, signal: AbortSignal) => Promise<readonly number[][]>;
  readonly rank: (
    query: string,
    documents: readonly string[],
    priority: Priority,
    signal: AbortSignal,
  ) => Promise<readonly number[]>;
  readonly warm: (
    messages: readonly ChatMessage[],
    signal: AbortSignal,
  ) => Promise<{ readonly tokens: number; readonly fresh: boolean }>;
  readonly statistics: () => Omit<EngineStatistics, 'uptimeMs' | 'cpuMs' | 'residentBytes' | 'windows' | 'requests'>;
  readonly dispose: () => Promise<void>;
}

export type OpenEngine = (options: EngineOptions, signal: AbortSignal) => Promise<Engine>;
