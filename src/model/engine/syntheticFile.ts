// A model's header as the library would have read it, made from what is known of the model before it is fetched: enough for
// the library to estimate what it costs.

import { GgmlType } from 'node-llama-cpp';
import type { GgufFileInfo } from 'node-llama-cpp';
import type { ModelShape } from '../files/modelShape.ts';

type TensorInfo = NonNullable<GgufFileInfo['fullTensorInfo']>[number];

interface Matrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** What is quantised more finely comes first. */
  readonly rank: number;
}

/** Types with the bits that a weight takes, from coarse to fine. */
const types: readonly (readonly [type: GgmlType, bits: number])[] = [
  [GgmlType.IQ1_M, 1.75],
  [GgmlType.Q2_K, 2.625],
  [GgmlType.Q3_K, 3.4375],
  [GgmlType.Q4_K, 4.5],
  [GgmlType.Q5_K, 5.5],
  [GgmlType.Q6_K, 6.5625],
  [GgmlType.Q8_0, 8.5],
  [GgmlType.F16, 16],
  [GgmlType.F32, 32],
];

/** The header of a model of this shape, with tensors that together take its bytes. */
export function syntheticFile(model: ModelShape): GgufFileInfo {
  const { architecture, layers, heads, kvHeads, kvLayers, headDim, embedding, feedForward, trainContext } = model;
  const tensors = withTypes(matrices(model), model.bytes);
  const perLayer = Array.from({ length: layers }, (_, layer) => (layer < kvLayers ? kvHeads : 0));
  const network = {
    block_count: layers,
    embedding_length: embedding,
    context_length: trainContext,
    feed_forward_length: feedForward,
    vocab_size: model.vocabulary,
    attention: {
      head_count: heads,
      head_count_kv: kvLayers === layers ? kvHeads : perLayer,
      key_length: headDim,
      value_length: headDim,
      ...(model.slidingWindow !== undefined && { sliding_window: model.slidingWindow }),
    },
  };
  const file = {
    version: 3,
    tensorCount: tensors.length,
    totalTensorCount: tensors.length,
    metadata: {
      general: { architecture, quantization_version: '2' },
      tokenizer: { ggml: { model: 'gpt2', tokens: [], token_type: [] } },
      [architecture]: network,
    },
    metadataSize: 0,
    totalMetadataSize: 0,
    architectureMetadata: network,
    tensorInfo: tensors,
    fullTensorInfo: tensors,
    splicedParts: 1,
    // Nothing to simulate a load from: the library estimates from the numbers above.
    sourceData: [],
  };
  // The library's type has an entry for each architecture by name, which a computed key can't be checked against.
  return file as unknown as GgufFileInfo;
}

function matrices({ embedding, heads, kvHeads, headDim, layers, vocabulary, parameters }: ModelShape): Matrix[] {
  const attention = 2 * embedding * heads * headDim + 2 * embedding * kvHeads * headDim;
  const words = embedding * vocabulary;
  // What isn't vocabulary or attention feeds forward. If more than the input's share is left, the output has its own.
  const tied = parameters - layers * attention - 2 * words < 0.3 * parameters;
  const rest = Math.max(layers * embedding, parameters - layers * attention - (tied ? 1 : 2) * words);
  const width = Math.max(1, Math.round(rest / layers / 3 / embedding));
  const block = (layer: number): Matrix[] => [
    { name: `blk.${layer}.attn_q.weight`, rows: embedding, columns: heads * headDim, rank: 3 },
    { name: `blk.${layer}.attn_k.weight`, rows: embedding, columns: kvHeads * headDim, rank: 3 },
    { name: `blk.${layer}.attn_v.weight`, rows: embedding, columns: kvHeads * headDim, rank: 1 },
    { name: `blk.${layer}.attn_output.weight`, rows: heads * headDim, columns: embedding, rank: 3 },
    { name: `blk.${layer}.ffn_gate.weight`, rows: embedding, columns: width, rank: 3 },
    { name: `blk.${layer}.ffn_up.weight`, rows: embedding, columns: width, rank: 3 },
    { name: `blk.${layer}.ffn_down.weight`, rows: width, columns: embedding, rank: 2 },
  ];
  return [
    { name: 'token_embd.weight', rows: embedding, columns: vocabulary, rank: 0 },
    ...(tied ? [] : [{ name: 'output.weight', rows: embedding, columns: vocabulary, rank: 0 }]),
    ...Array.from({ length: layers }, (_, layer) => block(layer)).flat(),
  ];
}

/** Gives each matrix one of two neighbouring types, so that all together take about `bytes`. */
function withTypes(all: readonly Matrix[], bytes: number): TensorInfo[] {
  const weights = all.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const average = (8 * bytes) / weights;
  const finer = types.findIndex(([, bits]) => bits > average);
  const [fineType, fineBits] = types[finer < 0 ? types.length - 1 : finer] ?? [GgmlType.F32, 32];
  const [coarseType, coarseBits] = types[Math.max(0, (finer < 0 ? types.length : finer) - 1)] ?? [fineType, fineBits];
  let left = 8 * bytes - weights * coarseBits;
  const fine = new Set<Matrix>();
  for (const matrix of all.toSorted((a, b) => a.rank - b.rank)) {
    const more = matrix.rows * matrix.columns * (fineBits - coarseBits);
    if (more <= 0 || left < more / 2) continue;
    fine.add(matrix);
    left -= more;
  }
  return all.map((matrix) => ({
    name: matrix.name,
    dimensions: [matrix.rows, matrix.columns],
    ggmlType: fine.has(matrix) ? fineType : coarseType,
    offset: 0,
    fileOffset: 0,
    filePart: 1,
  }));
}
