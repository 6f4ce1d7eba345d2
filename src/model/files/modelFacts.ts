// What a model's header tells, once it is known to make sense.

import { isEncoder, isHybrid, isKnownArchitecture } from './architectures.ts';
import { checkTensors } from './checkTensors.ts';
import { FileProblemError } from './fileProblem.ts';
import type { GgufHeader, GgufTensor } from './ggufHeader.ts';
import { numberAt, textAt, truthAt } from './headerFields.ts';
import type { Metadata } from './headerFields.ts';
import type { ModelKind, ModelShape } from './modelShape.ts';
import { readNetworkShape } from './networkShape.ts';
import { fileTypeName } from './tensorTypes.ts';
import { checkVocabulary } from './vocabulary.ts';
import { checkChatTemplate } from './chatTemplate.ts';

export interface ModelFacts extends ModelShape {
  readonly name: string;
  /** All files together, and the weights in them. */
  readonly fileBytes: number;
  readonly weightBytes: number;
  readonly licence?: string;
  readonly chatTemplate: boolean;
  /** Made for tests: never offered as an assistant. */
  readonly specimen: boolean;
  /** Some layers keep a running state instead of keys and values. */
  readonly hybrid: boolean;
  /** The files, in order: one, unless the model is split. */
  readonly files: readonly string[];
}

/** As llama.cpp numbers the ways of making one vector of many; `rank` gives a single score. */
const pooling = { none: 0, rank: 4 } as const;

/**
 * Checks a header as a whole and tells what it holds. `header` is that of the first file; `tensors` are those of all files.
 * Throws a FileProblemError.
 */
export function readModelFacts(
  { metadata }: GgufHeader,
  tensors: readonly GgufTensor[],
  files: readonly { readonly path: string; readonly bytes: number }[],
  fileName: string,
): ModelFacts {
  const architecture = textAt(metadata, 'general.architecture');
  if (architecture === undefined) throw new FileProblemError('damaged', 'general.architecture is missing');
  const type = textAt(metadata, 'general.type') ?? 'model';
  if (type !== 'model' || architecture === 'clip') {
    throw new FileProblemError('not-a-language-model', `general.type is “${type}”, architecture “${architecture}”`);
  }
  if (!isKnownArchitecture(architecture)) throw new FileProblemError('architecture', `architecture “${architecture}”`);
  if (tensors.length === 0) throw new FileProblemError('not-a-language-model', 'there are no weights');
  const shape = readNetworkShape(metadata, architecture);
  const vocabulary = checkVocabulary(metadata);
  checkTensors(tensors, architecture, shape, vocabulary);
  checkChatTemplate(textAt(metadata, 'tokenizer.chat_template') ?? '');

  const licence = textAt(metadata, 'general.license') ?? textAt(metadata, 'general.license.name');
  const weightBytes = tensors.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    name: textAt(metadata, 'general.name') ?? fileName.replace(/\.gguf$/i, ''),
    architecture,
    kind: kindOf(metadata, architecture, tensors),
    parameters: tensors.reduce((sum, { elements }) => sum + elements, 0),
    quantisation: fileTypeName(numberAt(metadata, 'general.file_type')) ?? majorityType(tensors),
    bytes: weightBytes,
    layers: shape.layers,
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    kvLayers: shape.kvLayers,
    headDim: shape.keyLength,
    embedding: shape.embedding,
    feedForward: shape.feedForward,
    vocabulary,
    trainContext: shape.trainContext,
    ...(shape.slidingWindow !== undefined && { slidingWindow: shape.slidingWindow }),
    fileBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    weightBytes,
    ...(licence !== undefined && { licence }),
    chatTemplate: textAt(metadata, 'tokenizer.chat_template') !== undefined,
    specimen: truthAt(metadata, 'handbook.specimen'),
    hybrid: isHybrid(architecture),
    files: files.map(({ path }) => path),
  };
}

function kindOf(metadata: Metadata, architecture: string, tensors: readonly GgufTensor[]): ModelKind {
  const pooled = numberAt(metadata, `${architecture}.pooling_type`);
  if (pooled === pooling.rank) return 'ranking';
  if (pooled !== undefined && pooled !== pooling.none) return 'embedding';
  if (tensors.some(({ name }) => name === 'cls.output.weight' || name === 'cls.weight')) return 'ranking';
  return isEncoder(architecture) ? 'embedding' : 'chat';
}

/** The type that holds most of the weights. */
function majorityType(tensors: readonly GgufTensor[]): string {
  const weights = new Map<string, number>();
  for (const { type, elements } of tensors) weights.set(type.name, (weights.get(type.name) ?? 0) + elements);
  const [most] = [...weights].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? 'unknown';
}
