// The wire between a window and the model's process: one JSON message a line over a local socket. Types only.
//
// The window says `hello` first, with the token that only this user can read; anything else before it, or a wrong token
// or version, ends the connection. The process answers `loading` any number of times and then `ready` or `loadFailed`.
// After that every request is answered by its `id`: `event`s of a generation end with an `end` event, everything else is
// one `counted`, `embedded`, `ranked`, `warmed` or `statistics`; or `failed`, whatever was asked. `cancel` makes a generation end as 'stopped' and
// anything else fail. When the process goes, the closed socket is the answer to everything that waits.

import type { ChatMessage, GenerateEvent, GenerateRequest, ModelCard, Priority } from '../core/model/language.ts';
import type { ModelProblem } from '../core/model/modelError.ts';

export type { ChatMessage, GenerateEvent, GenerateRequest, ModelCard, ModelProblem, Priority };

export type ToModel =
  | { readonly type: 'hello'; readonly token: string; readonly version: string }
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerateRequest }
  /** Counts each text by itself. */
  | { readonly type: 'countTokens'; readonly id: number; readonly texts: readonly string[] }
  /** Counts a whole prompt, chat template included. */
  | { readonly type: 'countPrompt'; readonly id: number; readonly messages: readonly ChatMessage[] }
  | { readonly type: 'embed'; readonly id: number; readonly texts: readonly string[]; readonly priority: Priority }
  | {
      readonly type: 'rank';
      readonly id: number;
      readonly query: string;
      readonly documents: readonly string[];
      readonly priority: Priority;
    }
  /** Evaluates the messages in the background and keeps them on disk, so that a prompt that begins with them starts at once. */
  | { readonly type: 'warm'; readonly id: number; readonly messages: readonly ChatMessage[] }
  | { readonly type: 'statistics'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number }
  /** A sign of life is wanted: answered by `pong` even while the model computes. */
  | { readonly type: 'ping' };

export type FromModel =
  | { readonly type: 'loading'; readonly fraction: number }
  | { readonly type: 'ready'; readonly card: ModelCard }
  | {
      readonly type: 'loadFailed';
      readonly problem: ModelProblem;
      readonly message: string;
      readonly detail: string;
    }
  | { readonly type: 'event'; readonly id: number; readonly event: GenerateEvent }
  | { readonly type: 'counted'; readonly id: number; readonly counts: readonly number[] }
  | { readonly type: 'embedded'; readonly id: number; readonly vectors: readonly (readonly number[])[] }
  /** One score a document, 0 to 1. */
  | { readonly type: 'ranked'; readonly id: number; readonly scores: readonly number[] }
  /** How many tokens are kept, and whether they were evaluated now or had been before. */
  | { readonly type: 'warmed'; readonly id: number; readonly tokens: number; readonly fresh: boolean }
  | { readonly type: 'statistics'; readonly id: number; readonly statistics: EngineStatistics }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly problem: ModelProblem;
      readonly message: string;
      readonly detail: string;
    }
  | { readonly type: 'pong' }
  | { readonly type: 'log'; readonly level: 'error' | 'warn' | 'info' | 'debug'; readonly line: string };

/** What the process has done and holds. Sizes in bytes. */
export interface EngineStatistics {
  readonly uptimeMs: number;
  /** Time that all its threads together have computed. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly windows: number;
  readonly requests: number;
  readonly generatedTokens: number;
  readonly evaluatedTokens: number;
  readonly reusedTokens: number;
  readonly restoredTokens: number;
  readonly draftedTokens: number;
  readonly acceptedTokens: number;
  readonly stateFiles: { readonly count: number; readonly bytes: number; readonly quota: number };
}
