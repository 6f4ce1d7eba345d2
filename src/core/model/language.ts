// What is asked of a language model and what comes back, whoever runs it.

import type { KvCacheType } from './engineSettings.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface Sampling {
  /** 0 is greedy: the likeliest token each time. */
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly seed?: number;
  /** 1 or left out is none; counted over the last 64 tokens. */
  readonly repeatPenalty?: number;
}

export type Priority = 'foreground' | 'background';

export interface GenerateRequest {
  /**
   * The whole prompt: an optional system message first, then user and assistant in turn. If the last is the assistant's,
   * its text is continued. The engine applies the model's chat template; nothing is ever cut: a prompt that doesn't leave
   * room for `maxTokens` in the context fails with 'prompt-too-long'.
   */
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  /** Greedy if left out. */
  readonly sampling?: Sampling;
  /** Forces the output to be JSON of this schema. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  /** 'off' asks a thinking model not to think. */
  readonly thoughts?: 'auto' | 'off';
  /** Cut the output where one of these begins. */
  readonly stopAt?: readonly string[];
  readonly priority: Priority;
  /** The first so many messages are worth keeping evaluated on disk: a chapter that is asked about again and again. */
  readonly keepMessages?: number;
}

/** What generating cost. Times in milliseconds. */
export interface GenerateStatistics {
  readonly promptTokens: number;
  /** Of these, found in the KV cache. */
  readonly reusedTokens: number;
  /** Of the reused, read from a state file. */
  readonly restoredTokens: number;
  readonly generatedTokens: number;
  readonly prefillMs: number;
  readonly generateMs: number;
  /** From the request to the first token. */
  readonly firstTokenMs: number;
  /** Tokens guessed ahead by speculation, and how many of them the model agreed with. */
  readonly draftedTokens: number;
  readonly acceptedTokens: number;
}

export type GenerateEvent =
  /** The prompt is tokenised; what isn't reused is evaluated next. */
  | { readonly type: 'prompt'; readonly tokens: number; readonly reused: number }
  | { readonly type: 'prefill'; readonly evaluated: number; readonly total: number }
  | { readonly type: 'text'; readonly segment: 'answer' | 'thought'; readonly text: string }
  | {
      readonly type: 'end';
      readonly reason: 'finished' | 'length' | 'stopped';
      readonly statistics: GenerateStatistics;
    };

/** What is known of a model that is loaded, and what it costs. Sizes in bytes. */
export interface ModelCard {
  readonly name: string;
  readonly file: string;
  readonly modelHash: string;
  readonly kind: 'chat' | 'embedding' | 'ranking';
  readonly architecture: string;
  readonly parameters: number;
  /** As GGUF names it: "Q4_0", "F16". */
  readonly quantisation: string;
  readonly fileBytes: number;
  /** A model made for tests: never offered as an assistant. */
  readonly specimen: boolean;
  /** Whether it can put its reasoning before its answer. */
  readonly thinks: boolean;
  readonly gpu: 'none' | 'metal' | 'cuda' | 'vulkan';
  readonly gpuName?: string;
  readonly layers: number;
  readonly gpuLayers: number;
  readonly threads: number;
  /** The allocated context: prompt and answer together. */
  readonly contextTokens: number;
  readonly trainContextTokens: number;
  readonly batchTokens: number;
  readonly flashAttention: boolean;
  readonly kvCache: KvCacheType;
  readonly memoryLocked: boolean;
  readonly speculation: 'off' | 'lookup' | 'draft';
  readonly memory: {
    readonly weightsRam: number;
    readonly weightsVram: number;
    readonly kvBytesPerToken: number;
    readonly kv: number;
    readonly compute: number;
  };
  readonly engineVersion: string;
  readonly loadMs: number;
}
