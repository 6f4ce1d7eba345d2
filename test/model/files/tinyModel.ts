// A model file of a few kilobytes with everything in its header that a real one has, and ways to change it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { writeGguf } from '../../../scripts/specimen/gguf.ts';
import type { Metadata, MetadataValue, TensorToWrite } from '../../../scripts/specimen/gguf.ts';
import { bytesOf } from '../../../scripts/specimen/tensorTypes.ts';
import type { TensorType } from '../../../scripts/specimen/tensorTypes.ts';

export const tiny = { layers: 2, embedding: 64, heads: 4, kvHeads: 2, feedForward: 96, vocabulary: 40, context: 512 };

export type Changes = Readonly<Record<string, MetadataValue | undefined>>;

export function uint32(value: number): MetadataValue {
  return { type: 'uint32', value };
}

export function text(value: string): MetadataValue {
  return { type: 'string', value };
}

export function float32(value: number): MetadataValue {
  return { type: 'float32', value };
}

export interface TinyOptions {
  /** Entries to put in place of those that are there; undefined takes one out. */
  readonly metadata?: Changes;
  readonly tensors?: (tensors: readonly TensorToWrite[]) => readonly TensorToWrite[];
  readonly type?: TensorType;
  readonly architecture?: string;
}

export function tinyTensors(type: TensorType = 'f16'): readonly TensorToWrite[] {
  const { layers, embedding, heads, kvHeads, feedForward, vocabulary } = tiny;
  const head = embedding / heads;
  const block = (n: number): TensorToWrite[] => [
    tensor(`blk.${n}.attn_norm.weight`, [embedding], 'f32'),
    tensor(`blk.${n}.attn_q.weight`, [embedding, embedding], type),
    tensor(`blk.${n}.attn_k.weight`, [embedding, kvHeads * head], type),
    tensor(`blk.${n}.attn_v.weight`, [embedding, kvHeads * head], type),
    tensor(`blk.${n}.attn_output.weight`, [embedding, embedding], type),
    tensor(`blk.${n}.ffn_norm.weight`, [embedding], 'f32'),
    tensor(`blk.${n}.ffn_gate.weight`, [embedding, feedForward], type),
    tensor(`blk.${n}.ffn_up.weight`, [embedding, feedForward], type),
    tensor(`blk.${n}.ffn_down.weight`, [feedForward, embedding], type),
  ];
  return [
    tensor('token_embd.weight', [embedding, vocabulary], type),
    ...Array.from({ length: layers }, (_, n) => block(n)).flat(),
    tensor('output_norm.weight', [embedding], 'f32'),
  ];
}

export function tensor(name: string, dimensions: readonly number[], type: TensorType): TensorToWrite {
  const size = bytesOf(
    type,
    dimensions.reduce((product, dimension) => product * dimension, 1),
  );
  return { name, dimensions, type, data: () => [new Uint8Array(size)] };
}

export function tinyMetadata(architecture = 'llama', changes: Changes = {}): Metadata {
  const { layers, embedding, heads, kvHeads, feedForward, vocabulary, context } = tiny;
  const entries: Changes = {
    'general.architecture': text(architecture),
    'general.name': text('Tiny'),
    'general.license': text('mit'),
    'general.file_type': uint32(1),
    [`${architecture}.block_count`]: uint32(layers),
    [`${architecture}.embedding_length`]: uint32(embedding),
    [`${architecture}.context_length`]: uint32(context),
    [`${architecture}.feed_forward_length`]: uint32(feedForward),
    [`${architecture}.attention.head_count`]: uint32(heads),
    [`${architecture}.attention.head_count_kv`]: uint32(kvHeads),
    [`${architecture}.attention.layer_norm_rms_epsilon`]: float32(1e-5),
    [`${architecture}.rope.dimension_count`]: uint32(embedding / heads),
    [`${architecture}.rope.freq_base`]: float32(10_000),
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.pre': text('qwen2'),
    'tokenizer.ggml.tokens': {
      type: 'array',
      of: 'string',
      value: Array.from({ length: vocabulary }, (_, n) => `token${n}`),
    },
    'tokenizer.ggml.token_type': { type: 'array', of: 'int32', value: Array.from({ length: vocabulary }, () => 1) },
    'tokenizer.ggml.merges': { type: 'array', of: 'string', value: ['a b', 'ab c'] },
    'tokenizer.ggml.eos_token_id': uint32(vocabulary - 1),
    'tokenizer.chat_template': text('{{ messages }}'),
    ...changes,
  };
  return new Map(Object.entries(entries).flatMap(([key, value]) => (value ? [[key, value] as const] : [])));
}

/** Writes the model and returns its path. */
export function writeTiny(
  path: string,
  { metadata = {}, tensors = (all) => all, type = 'f16', architecture = 'llama' }: TinyOptions = {},
): string {
  writeGguf(path, tinyMetadata(architecture, metadata), tensors(tinyTensors(type)));
  return path;
}

/** A folder that is gone when the test is over. */
export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'mf-'));
  t.after(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}
