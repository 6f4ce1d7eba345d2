// A model card with everything on it.

import { inEnglish } from '../../src/core/translate.ts';
import { automaticSettings } from '../../src/core/model/engineSettings.ts';
import type { ModelCard } from '../../src/core/model/language.ts';
import type { ModelState } from '../../src/vscode/model/modelState.ts';
import { modelPage } from '../../src/vscode/model/modelPageContent.ts';
import type { ModelPage } from '../../src/protocol/modelPage.ts';

export const card: ModelCard = {
  name: 'Qwen3 4B Instruct',
  file: '/home/ada/models/a folder with a rather long name/qwen3-4b-instruct-2507-q4_k_m.gguf',
  modelHash: 'c0ffee',
  kind: 'chat',
  architecture: 'qwen3',
  parameters: 4.02e9,
  quantisation: 'Q4_K_M',
  fileBytes: 2_497_000_000,
  specimen: false,
  thinks: true,
  gpu: 'vulkan',
  gpuName: 'A graphics card',
  layers: 36,
  gpuLayers: 22,
  threads: 3,
  contextTokens: 8192,
  trainContextTokens: 262_144,
  batchTokens: 128,
  flashAttention: true,
  kvCache: 'f16',
  memoryLocked: false,
  speculation: 'lookup',
  memory: {
    weightsRam: 1_100_000_000,
    weightsVram: 1_397_000_000,
    kvBytesPerToken: 147_456,
    kv: 8192 * 147_456,
    compute: 304_000_000,
  },
  engineVersion: 'node-llama-cpp 3.21.1, llama.cpp v0.4.0',
  loadMs: 1830,
};

/** The page of `card` in a state. */
export function pageOf(state: ModelState, gpu?: ModelPage['gpu']): ModelPage {
  return modelPage({
    state,
    settings: { ...automaticSettings, threads: 3 },
    cores: 4,
    statistics: {
      uptimeMs: 60_000,
      cpuMs: 41_000,
      residentBytes: 3_100_000_000,
      windows: 2,
      requests: 12,
      generatedTokens: 2310,
      evaluatedTokens: 9120,
      reusedTokens: 31_411,
      restoredTokens: 4100,
      draftedTokens: 800,
      acceptedTokens: 312,
      stateFiles: { count: 3, bytes: 212_000_000, quota: 1_024_000_000 },
    },
    lastAnswer: {
      promptTokens: 3100,
      reusedTokens: 2900,
      restoredTokens: 1500,
      generatedTokens: 240,
      prefillMs: 700,
      generateMs: 9500,
      firstTokenMs: 812,
      draftedTokens: 96,
      acceptedTokens: 61,
    },
    ...(gpu && { gpu }),
    taught: (passageId) => ({ passageId, title: `The chapter of ${passageId.split('#')[0]}` }),
    t: inEnglish,
  });
}

export const ready = pageOf(
  { type: 'ready', name: card.name, card },
  {
    words: 'The engine for Vulkan isn’t installed. It is 24 MB.',
    actions: [{ action: 'installGpu', label: 'Fetch the engine for Vulkan' }],
  },
);
