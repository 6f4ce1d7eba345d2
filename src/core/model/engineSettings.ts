// How the learner wants the engine run. 'auto' leaves a value to the engine, which knows the machine and the model.

export type KvCacheType = 'f16' | 'q8_0' | 'q4_0';

export interface EngineSettings {
  readonly gpu: 'auto' | 'off' | 'metal' | 'cuda' | 'vulkan';
  readonly gpuLayers: 'auto' | number;
  /** Never more than the cores. */
  readonly threads: 'auto' | number;
  readonly contextTokens: 'auto' | number;
  /** Tokens evaluated at once in prefill. */
  readonly batchTokens: 'auto' | number;
  readonly flashAttention: 'auto' | 'on' | 'off';
  readonly kvCache: KvCacheType;
  /** Keeps the weights from being swapped out. */
  readonly lockMemory: boolean;
  /** 'lookup' guesses ahead from the prompt's own words; 'draft' with a smaller model of the same vocabulary. */
  readonly speculation: 'auto' | 'off' | 'lookup' | 'draft';
  /** The draft model's file; empty for none. */
  readonly draftFile: string;
}

export const automaticSettings: EngineSettings = {
  gpu: 'auto',
  gpuLayers: 'auto',
  threads: 'auto',
  contextTokens: 'auto',
  batchTokens: 'auto',
  flashAttention: 'auto',
  kvCache: 'f16',
  lockMemory: false,
  speculation: 'auto',
  draftFile: '',
};
