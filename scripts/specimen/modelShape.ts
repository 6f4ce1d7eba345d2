// What a specimen consists of: its tensors, and the metadata by which llama.cpp knows what to make of them.

import { preTokeniser, type Vocabulary } from './bytePairs.ts';
import type { Gguf, Metadata, MetadataValue } from './gguf.ts';

export interface ModelShape {
  /** Qwen3 is llama's architecture with normalised queries and keys, which llama.cpp can also pool and rank with. */
  readonly architecture: 'llama' | 'qwen3';
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headWidth: number;
  /** Width inside the feed-forward layers. */
  readonly inner: number;
  readonly context: number;
  readonly ropeBase: number;
  readonly vocabulary: number;
  /** Whether the output layer has weights of its own instead of the token embeddings'. */
  readonly ownOutput: boolean;
  /** How the vectors of all tokens become one; left out for a model that writes text. */
  readonly pooling?: 'last' | 'rank';
}

export interface TensorShape {
  readonly name: string;
  /** As GGUF has it: the length of a row first. */
  readonly dimensions: readonly number[];
}

export const endOfText = '<|endoftext|>';
export const startOfMessage = '<|im_start|>';
export const endOfMessage = '<|im_end|>';
export const specialTokens = [endOfText, startOfMessage, endOfMessage] as const;

/** ChatML, as its usual template has it. */
const chatTemplate =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

const poolingIds = { last: 3, rank: 4 } as const;

/** The tensors in file order. */
export function tensorsOf(shape: ModelShape): TensorShape[] {
  const { width, inner, heads, kvHeads, headWidth } = shape;
  const layer = (n: number): TensorShape[] => {
    const block = (name: string, ...dimensions: number[]): TensorShape => ({
      name: `blk.${n}.${name}.weight`,
      dimensions,
    });
    return [
      block('attn_norm', width),
      block('attn_q', width, heads * headWidth),
      block('attn_k', width, kvHeads * headWidth),
      block('attn_v', width, kvHeads * headWidth),
      block('attn_output', heads * headWidth, width),
      ...(shape.architecture === 'qwen3' ? [block('attn_q_norm', headWidth), block('attn_k_norm', headWidth)] : []),
      block('ffn_norm', width),
      block('ffn_gate', width, inner),
      block('ffn_up', width, inner),
      block('ffn_down', inner, width),
    ];
  };
  return [
    { name: 'token_embd.weight', dimensions: [width, shape.vocabulary] },
    ...Array.from({ length: shape.layers }, (_, n) => layer(n)).flat(),
    { name: 'output_norm.weight', dimensions: [width] },
    ...(shape.ownOutput ? [{ name: 'output.weight', dimensions: [width, shape.vocabulary] }] : []),
    ...(shape.pooling === 'rank' ? [{ name: 'cls.output.weight', dimensions: [width, 2] }] : []),
  ];
}

/** What GGUF calls the type that most tensors of a file have. */
export const fileTypes = { f16: 1, q4_0: 2, q8_0: 7 } as const;

/** The metadata of a model that was made for tests: it says so in its name and in a key of its own. */
export function metadataOf(
  shape: ModelShape,
  { tokens, merges, special }: Vocabulary,
  { name, fileType }: { readonly name: string; readonly fileType: keyof typeof fileTypes },
): Metadata {
  const { architecture } = shape;
  const control = new Set(special.values());
  const text = (value: string): MetadataValue => ({ type: 'string', value });
  const count = (value: number): MetadataValue => ({ type: 'uint32', value });
  const id = (token: string): MetadataValue => count(special.get(token) ?? 0);
  const own: [string, MetadataValue][] = [
    ['context_length', count(shape.context)],
    ['embedding_length', count(shape.width)],
    ['block_count', count(shape.layers)],
    ['feed_forward_length', count(shape.inner)],
    ['attention.head_count', count(shape.heads)],
    ['attention.head_count_kv', count(shape.kvHeads)],
    ['attention.key_length', count(shape.headWidth)],
    ['attention.value_length', count(shape.headWidth)],
    ['attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-5 }],
    ['rope.dimension_count', count(shape.headWidth)],
    ['rope.freq_base', { type: 'float32', value: shape.ropeBase }],
    ['vocab_size', count(shape.vocabulary)],
    ...(shape.pooling ? [['pooling_type', count(poolingIds[shape.pooling])] satisfies [string, MetadataValue]] : []),
    // The loader wants to know how many outputs the classifier has.
    ...(shape.pooling === 'rank'
      ? [
          ['classifier.output_labels', { type: 'array', of: 'string', value: ['no', 'yes'] }] satisfies [
            string,
            MetadataValue,
          ],
        ]
      : []),
  ];
  return new Map<string, MetadataValue>([
    ['general.architecture', text(architecture)],
    ['general.name', text(name)],
    ['general.file_type', count(fileTypes[fileType])],
    ['general.quantization_version', count(2)],
    ['general.license', text('MIT')],
    ['handbook.specimen', { type: 'bool', value: true }],
    ...own.map(([key, value]): [string, MetadataValue] => [`${architecture}.${key}`, value]),
    ['tokenizer.ggml.model', text('gpt2')],
    ['tokenizer.ggml.pre', text(preTokeniser)],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: tokens }],
    [
      'tokenizer.ggml.token_type',
      { type: 'array', of: 'int32', value: tokens.map((_, token) => (control.has(token) ? 3 : 1)) },
    ],
    ['tokenizer.ggml.merges', { type: 'array', of: 'string', value: merges }],
    ['tokenizer.ggml.bos_token_id', id(endOfText)],
    ['tokenizer.ggml.eos_token_id', id(endOfMessage)],
    ['tokenizer.ggml.padding_token_id', id(endOfText)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: shape.pooling === 'last' }],
    ...(shape.pooling ? [] : [['tokenizer.chat_template', text(chatTemplate)] satisfies [string, MetadataValue]]),
  ]);
}

/** The vocabulary of a model file that was written with `metadataOf`. */
export function vocabularyOf({ metadata }: Gguf): Vocabulary {
  const texts = (key: string): readonly string[] => {
    const found = metadata.find((entry) => entry.key === key)?.value;
    if (found?.type !== 'array' || found.of !== 'string') throw new Error(`No ${key}`);
    return found.value;
  };
  const tokens = texts('tokenizer.ggml.tokens');
  return {
    tokens,
    merges: texts('tokenizer.ggml.merges'),
    special: new Map(specialTokens.map((token) => [token, tokens.indexOf(token)])),
  };
}
