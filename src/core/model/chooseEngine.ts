// Settings + what the machine and the model are → how the engine is run.

import type { EngineSettings, KvCacheType } from './engineSettings.ts';
import { fitsBlocks, kvBytesPerToken } from './kvCache.ts';
import type { AttentionShape } from './kvCache.ts';

export interface MachineFacts {
  /** Threads the machine can run at once. */
  readonly cores: number;
  /** Cores worth computing on: the physical ones, without the slow ones. */
  readonly mathCores: number;
}

export interface ModelFacts {
  /** 0 where the file doesn't say. */
  readonly trainContextTokens: number;
  readonly attention: AttentionShape;
  readonly flashAttention: boolean;
  /** Going back in its state isn't free: recurrent, hybrid or with a sliding window. */
  readonly rewindsFreely: boolean;
}

export interface ChosenEngine {
  readonly threads: number;
  readonly batchTokens: number;
  /** At least, and at most; both the same if the learner has fixed it. */
  readonly contextTokens: { readonly min: number; readonly max: number };
  readonly flashAttention: 'auto' | boolean;
  readonly kvCache: KvCacheType;
  readonly kvBytesPerToken: number;
  readonly speculation: 'off' | 'lookup' | 'draft';
  /** Where a setting couldn't be followed, and why. */
  readonly notes: readonly string[];
}

/** What an automatic context has at most: enough for a chapter, its questions and the answers. */
const automaticContext = 8192;

/** A model that doesn't say what it was trained on. */
const unknownContext = 4096;

/** Less is of no use to anybody. */
const smallestContext = 512;

/** The logits' buffers grow with batch × vocabulary: 128 keeps 95 % of the speed for a third of the memory of 256. */
const automaticBatch = 128;

/**
 * How many threads compute. One core is left to the editor: where every core computes, another program's work halts them
 * all, since each layer waits for its slowest thread. Never more than the cores: one too many costs a hundredfold.
 */
export function chooseThreads(wanted: EngineSettings['threads'], { cores, mathCores }: MachineFacts): number {
  const most = Math.max(1, cores);
  if (wanted !== 'auto') return Math.min(most, Math.max(1, Math.floor(wanted)));
  return Math.max(1, Math.min(most - 1, Math.max(1, mathCores)));
}

/** Decides every value that the settings leave open, and those that can't be followed. */
export function chooseEngine(settings: EngineSettings, machine: MachineFacts, model: ModelFacts): ChosenEngine {
  const notes: string[] = [];
  const trained = model.trainContextTokens > 0 ? model.trainContextTokens : unknownContext;

  const flashAttention = chooseFlashAttention(settings, model, notes);
  const kvCache = chooseKvCache(settings, model, flashAttention, notes);
  const contextTokens = chooseContext(settings, trained, notes);
  const batchTokens =
    settings.batchTokens === 'auto' ? automaticBatch : Math.max(1, Math.min(2048, Math.floor(settings.batchTokens)));
  const threads = chooseThreads(settings.threads, machine);
  if (settings.threads !== 'auto' && settings.threads > threads) {
    notes.push(`threads: ${settings.threads} asked for, but there are ${machine.cores} cores; ${threads} are used`);
  }
  return {
    threads,
    batchTokens: Math.min(batchTokens, contextTokens.max),
    contextTokens,
    flashAttention,
    kvCache,
    kvBytesPerToken: kvBytesPerToken(model.attention, kvCache),
    speculation: chooseSpeculation(settings, model, notes),
    notes,
  };
}

function chooseContext(settings: EngineSettings, trained: number, notes: string[]): ChosenEngine['contextTokens'] {
  if (settings.contextTokens === 'auto') {
    const max = Math.min(automaticContext, trained);
    return { min: Math.min(smallestContext, max), max };
  }
  const wanted = Math.max(1, Math.floor(settings.contextTokens));
  // Nothing in the library stops a context longer than the model knows; past that length its answers fall apart.
  if (wanted > trained) notes.push(`context: ${wanted} tokens asked for, but the model was trained on ${trained}`);
  const tokens = Math.min(wanted, trained);
  return { min: tokens, max: tokens };
}

function chooseFlashAttention(settings: EngineSettings, model: ModelFacts, notes: string[]): 'auto' | boolean {
  if (settings.flashAttention === 'off') return false;
  if (model.flashAttention) return settings.flashAttention === 'on' ? true : 'auto';
  if (settings.flashAttention === 'on') notes.push('FlashAttention: this model can’t be run with it');
  return false;
}

function chooseKvCache(
  settings: EngineSettings,
  model: ModelFacts,
  flashAttention: 'auto' | boolean,
  notes: string[],
): KvCacheType {
  const wanted = settings.kvCache;
  if (wanted === 'f16') return wanted;
  if (flashAttention === false) {
    notes.push(`KV cache: ${wanted} needs FlashAttention, which is off; f16 is used`);
    return 'f16';
  }
  if (!fitsBlocks(model.attention, wanted)) {
    notes.push(`KV cache: this model’s heads can’t be cut into blocks of ${wanted}; f16 is used`);
    return 'f16';
  }
  return wanted;
}

function chooseSpeculation(settings: EngineSettings, model: ModelFacts, notes: string[]): ChosenEngine['speculation'] {
  if (settings.speculation === 'off') return 'off';
  if (!model.rewindsFreely) {
    if (settings.speculation !== 'auto') notes.push('speculation: this model’s state can’t take a wrong guess back');
    return 'off';
  }
  if (settings.speculation !== 'draft') return 'lookup';
  if (settings.draftFile !== '') return 'draft';
  notes.push('speculation: no draft model is chosen; guesses come from the prompt');
  return 'lookup';
}
