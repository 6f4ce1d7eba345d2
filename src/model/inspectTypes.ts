// What is asked of the process that judges what this machine can run, and what it answers.

import type { EngineSettings } from '../core/model/engineSettings.ts';
import { either, isCount, isNumber, isText, isTruth, listOf, messageOf, oneOf, shape } from './check.ts';
import type { ModelShape } from './files/modelShape.ts';

export interface ModelToInspect extends ModelShape {
  readonly id: string;
}

export interface InspectRequest {
  readonly models: readonly ModelToInspect[];
  readonly gpu: EngineSettings['gpu'];
  /** What a conversation is to have room for; a model that was trained on less gets less. */
  readonly contextTokens: number;
  /** A folder from which the engine's package is to be taken instead: that with the GPU's binaries. */
  readonly engineFolder: string | null;
}

/** What a model takes on this machine. Bytes of weights, KV cache and compute buffers together. */
export interface ModelCost {
  readonly ramBytes: number;
  readonly vramBytes: number;
  readonly gpuLayers: number;
  readonly contextTokens: number;
}

export interface Machine {
  readonly ram: { readonly total: number; readonly free: number };
  /** Zero without a GPU that the engine can use. */
  readonly vram: { readonly total: number; readonly free: number };
  /** The GPU has no memory of its own. */
  readonly unified: boolean;
  /** Cores worth computing on. */
  readonly cores: number;
  readonly gpu: 'none' | 'metal' | 'cuda' | 'vulkan';
  /** Kinds of GPU that the engine could use here if it had the binaries. */
  readonly gpuTypes: readonly string[];
  readonly gpuNames: readonly string[];
}

export interface ModelScore extends ModelCost {
  readonly id: string;
  readonly fits: 'well' | 'tight' | 'no';
  /** 0 to 1: how good a choice it is for this machine. */
  readonly score: number;
  /** For the learner. */
  readonly why: string;
}

export interface Inspection extends Machine {
  /** 'missing': the engine has no binary for this machine; the scores are by memory alone. */
  readonly engine: 'ready' | 'missing';
  /** Why it is missing, for the log. */
  readonly engineDetail: string;
  readonly scores: readonly ModelScore[];
}

export interface ToInspector {
  readonly type: 'inspect';
  readonly request: InspectRequest;
}

export type FromInspector =
  | { readonly type: 'inspected'; readonly inspection: Inspection }
  | { readonly type: 'failed'; readonly detail: string };

const modelToInspect = shape<ModelToInspect>(
  {
    id: isText,
    kind: oneOf('chat', 'embedding', 'ranking'),
    architecture: isText,
    parameters: isCount,
    quantisation: isText,
    bytes: isCount,
    layers: isCount,
    heads: isCount,
    kvHeads: isCount,
    kvLayers: isCount,
    headDim: isCount,
    embedding: isCount,
    feedForward: isCount,
    vocabulary: isCount,
    trainContext: isCount,
    slidingWindow: isCount,
  },
  ['slidingWindow'],
);

const isToInspector = messageOf<ToInspector>({
  inspect: shape({
    type: oneOf('inspect'),
    request: shape<InspectRequest>({
      models: listOf(modelToInspect),
      gpu: oneOf('auto', 'off', 'metal', 'cuda', 'vulkan'),
      contextTokens: isCount,
      engineFolder: either(isText, (value): value is null => value === null),
    }),
  }),
});

const memory = shape<Machine['ram']>({ total: isNumber, free: isNumber });

const isFromInspector = messageOf<FromInspector>({
  inspected: shape({
    type: oneOf('inspected'),
    inspection: shape<Inspection>({
      engine: oneOf('ready', 'missing'),
      engineDetail: isText,
      ram: memory,
      vram: memory,
      unified: isTruth,
      cores: isCount,
      gpu: oneOf('none', 'metal', 'cuda', 'vulkan'),
      gpuTypes: listOf(isText),
      gpuNames: listOf(isText),
      scores: listOf(
        shape<ModelScore>({
          id: isText,
          fits: oneOf('well', 'tight', 'no'),
          score: isNumber,
          why: isText,
          ramBytes: isNumber,
          vramBytes: isNumber,
          gpuLayers: isNumber,
          contextTokens: isNumber,
        }),
      ),
    }),
  }),
  failed: shape({ type: oneOf('failed'), detail: isText }),
});

export function readToInspector(value: unknown): ToInspector | undefined {
  return isToInspector(value) ? value : undefined;
}

export function readFromInspector(value: unknown): FromInspector | undefined {
  return isFromInspector(value) ? value : undefined;
}
