// A model in memory, and what goes with it.

import type { Llama, LlamaModel } from 'node-llama-cpp';
import type { EngineOptions } from '../engine.ts';
import type { LlamaLog } from './llamaLog.ts';
import type { Totals } from './totals.ts';
import type { Turns } from './turns.ts';

/** What every kind of engine is made from. */
export interface LoadedParts {
  readonly options: EngineOptions;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly llamaLog: LlamaLog;
  readonly loadLines: readonly string[];
  readonly modelHash: string;
  readonly fileBytes: number;
  readonly modifiedMs: number;
  readonly gpuName: string | undefined;
  readonly engineVersion: string;
  readonly startedAt: number;
  readonly turns: Turns;
  readonly totals: Totals;
  readonly signal: AbortSignal;
  readonly closing: AbortSignal;
  readonly track: (work: Promise<unknown>) => void;
  /** Has something put away with the engine, before what was there earlier. */
  readonly owns: (dispose: () => Promise<void>) => void;
}
