// Reading what the other end of the wire sent, on both ends.

import type { EngineSettings } from '../core/model/engineSettings.ts';
import type {
  ChatMessage,
  GenerateEvent,
  GenerateRequest,
  GenerateStatistics,
  ModelCard,
  Priority,
  Sampling,
} from '../core/model/language.ts';
import type { ModelProblem } from '../core/model/modelError.ts';
import type { EngineStatistics, FromModel, ToModel } from '../protocol/model.ts';
import {
  either,
  fromJson,
  isCount,
  isNumber,
  isRecord,
  isText,
  isTruth,
  listOf,
  messageOf,
  oneOf,
  shape,
} from './check.ts';

const isPriority = oneOf<Priority>('foreground', 'background');

export const isKind = oneOf<ModelCard['kind']>('chat', 'embedding', 'ranking');

const isKvCache = oneOf('f16', 'q8_0', 'q4_0');

const isLevel = oneOf('error', 'warn', 'info', 'debug');

const isProblem = oneOf<ModelProblem>(
  'no-model',
  'bad-file',
  'out-of-memory',
  'no-engine',
  'ended',
  'silent',
  'prompt-too-long',
  'not-supported',
  'internal',
);

const isAutoOrCount = either(oneOf('auto'), isCount);

export const isEngineSettings = shape<EngineSettings>({
  gpu: oneOf('auto', 'off', 'metal', 'cuda', 'vulkan'),
  gpuLayers: isAutoOrCount,
  threads: isAutoOrCount,
  contextTokens: isAutoOrCount,
  batchTokens: isAutoOrCount,
  flashAttention: oneOf('auto', 'on', 'off'),
  kvCache: isKvCache,
  lockMemory: isTruth,
  speculation: oneOf('auto', 'off', 'lookup', 'draft'),
  draftFile: isText,
});

const isMessages = listOf(shape<ChatMessage>({ role: oneOf('system', 'user', 'assistant'), text: isText }));

const isRequest = shape<GenerateRequest>(
  {
    messages: isMessages,
    maxTokens: isCount,
    sampling: shape<Sampling>(
      { temperature: isNumber, topK: isCount, topP: isNumber, minP: isNumber, seed: isNumber, repeatPenalty: isNumber },
      ['topK', 'topP', 'minP', 'seed', 'repeatPenalty'],
    ),
    jsonSchema: isRecord,
    thoughts: oneOf('auto', 'off'),
    stopAt: listOf(isText),
    priority: isPriority,
    keepMessages: isCount,
  },
  ['sampling', 'jsonSchema', 'thoughts', 'stopAt', 'keepMessages'],
);

const isToModel = messageOf<ToModel>({
  hello: shape({ type: oneOf('hello'), token: isText, version: isText }),
  generate: shape({ type: oneOf('generate'), id: isCount, request: isRequest }),
  countTokens: shape({ type: oneOf('countTokens'), id: isCount, texts: listOf(isText) }),
  countPrompt: shape({ type: oneOf('countPrompt'), id: isCount, messages: isMessages }),
  embed: shape({ type: oneOf('embed'), id: isCount, texts: listOf(isText), priority: isPriority }),
  rank: shape({
    type: oneOf('rank'),
    id: isCount,
    query: isText,
    documents: listOf(isText),
    priority: isPriority,
  }),
  warm: shape({ type: oneOf('warm'), id: isCount, messages: isMessages }),
  statistics: shape({ type: oneOf('statistics'), id: isCount }),
  cancel: shape({ type: oneOf('cancel'), id: isCount }),
  ping: shape({ type: oneOf('ping') }),
});

const isEvent = messageOf<GenerateEvent>({
  prompt: shape({ type: oneOf('prompt'), tokens: isCount, reused: isCount }),
  prefill: shape({ type: oneOf('prefill'), evaluated: isCount, total: isCount }),
  text: shape({ type: oneOf('text'), segment: oneOf('answer', 'thought'), text: isText }),
  end: shape({
    type: oneOf('end'),
    reason: oneOf('finished', 'length', 'stopped'),
    statistics: shape<GenerateStatistics>({
      promptTokens: isCount,
      reusedTokens: isCount,
      restoredTokens: isCount,
      generatedTokens: isCount,
      prefillMs: isNumber,
      generateMs: isNumber,
      firstTokenMs: isNumber,
      draftedTokens: isCount,
      acceptedTokens: isCount,
    }),
  }),
});

const isCard = shape<ModelCard>(
  {
    name: isText,
    file: isText,
    modelHash: isText,
    kind: isKind,
    architecture: isText,
    parameters: isNumber,
    quantisation: isText,
    fileBytes: isNumber,
    specimen: isTruth,
    thinks: isTruth,
    gpu: oneOf('none', 'metal', 'cuda', 'vulkan'),
    gpuName: isText,
    layers: isCount,
    gpuLayers: isCount,
    threads: isCount,
    contextTokens: isCount,
    trainContextTokens: isCount,
    batchTokens: isCount,
    flashAttention: isTruth,
    kvCache: isKvCache,
    memoryLocked: isTruth,
    speculation: oneOf('off', 'lookup', 'draft'),
    memory: shape<ModelCard['memory']>({
      weightsRam: isNumber,
      weightsVram: isNumber,
      kvBytesPerToken: isNumber,
      kv: isNumber,
      compute: isNumber,
    }),
    engineVersion: isText,
    loadMs: isNumber,
  },
  ['gpuName'],
);

const isStatistics = shape<EngineStatistics>({
  uptimeMs: isNumber,
  cpuMs: isNumber,
  residentBytes: isNumber,
  windows: isCount,
  requests: isCount,
  generatedTokens: isCount,
  evaluatedTokens: isCount,
  reusedTokens: isCount,
  restoredTokens: isCount,
  draftedTokens: isCount,
  acceptedTokens: isCount,
  stateFiles: shape<EngineStatistics['stateFiles']>({ count: isCount, bytes: isNumber, quota: isNumber }),
});

const isFromModel = messageOf<FromModel>({
  loading: shape({ type: oneOf('loading'), fraction: isNumber }),
  ready: shape({ type: oneOf('ready'), card: isCard }),
  loadFailed: shape({ type: oneOf('loadFailed'), problem: isProblem, message: isText, detail: isText }),
  event: shape({ type: oneOf('event'), id: isCount, event: isEvent }),
  counted: shape({ type: oneOf('counted'), id: isCount, counts: listOf(isCount) }),
  embedded: shape({ type: oneOf('embedded'), id: isCount, vectors: listOf(listOf(isNumber)) }),
  ranked: shape({ type: oneOf('ranked'), id: isCount, scores: listOf(isNumber) }),
  warmed: shape({ type: oneOf('warmed'), id: isCount, tokens: isCount, fresh: isTruth }),
  statistics: shape({ type: oneOf('statistics'), id: isCount, statistics: isStatistics }),
  failed: shape({ type: oneOf('failed'), id: isCount, problem: isProblem, message: isText, detail: isText }),
  pong: shape({ type: oneOf('pong') }),
  log: shape({ type: oneOf('log'), level: isLevel, line: isText }),
});

/** A line that a window sent, or undefined if it is no message. */
export function readToModel(line: string): ToModel | undefined {
  const value = fromJson(line);
  return isToModel(value) ? value : undefined;
}

/** A line that the process sent, or undefined if it is no message. */
export function readFromModel(line: string): FromModel | undefined {
  const value = fromJson(line);
  return isFromModel(value) ? value : undefined;
}
