// Damage to what a header says: numbers that make no sense, entries that are missing, a vocabulary or a chat template that
// can't be used; weights that are none; and bytes struck at random.

import type { Gguf } from '../../../scripts/specimen/gguf.ts';
import { between, pick, seeded } from '../../../scripts/specimen/random.ts';
import { entryOf, misspell, patched, spliced, tensorOf, text } from './damage.ts';
import type { Damaged, Verdict } from './damage.ts';

export function contentDamage(gguf: Gguf): Damaged[] {
  return [...numbers(gguf), ...missingEntries(gguf), ...vocabulary(gguf), ...templates(gguf), ...weights(gguf)];
}

function numbers(gguf: Gguf): Damaged[] {
  const whole = (key: string, values: readonly number[], verdict: Verdict): Damaged[] =>
    values.map((value) =>
      patched(gguf, `${key} is ${value}`, verdict, (bytes) => bytes.writeUInt32LE(value, entryOf(gguf, key).valueAt)),
    );
  const float = (key: string, values: readonly number[], verdict: Verdict): Damaged[] =>
    values.map((value) =>
      patched(gguf, `${key} is ${value}`, verdict, (bytes) => bytes.writeFloatLE(value, entryOf(gguf, key).valueAt)),
    );
  const far = [4e9, 2 ** 32 - 1];
  return [
    ...whole('llama.block_count', [0, 600, ...far], 'shape'),
    ...whole('llama.block_count', [1, 4, 6, 64], 'tensors'),
    ...whole('llama.embedding_length', [0, ...far], 'shape'),
    ...whole('llama.embedding_length', [32, 191, 384], 'refused'),
    ...whole('llama.attention.head_count', [0, 2000, ...far, 1, 5], 'refused'),
    ...whole('llama.attention.head_count_kv', [0, 5, 12, ...far, 1, 3, 6], 'refused'),
    ...whole('llama.attention.key_length', [0, ...far, 31, 64], 'refused'),
    ...whole('llama.attention.value_length', [0, ...far, 31, 64], 'refused'),
    ...whole('llama.rope.dimension_count', [31, 64, ...far], 'shape'),
    ...whole('llama.context_length', [0, ...far], 'shape'),
    ...whole('llama.context_length', [1, 2 ** 27], 'open'),
    ...whole('llama.feed_forward_length', [...far], 'shape'),
    ...whole('llama.feed_forward_length', [0, 1, 385], 'open'),
    ...whole('llama.vocab_size', [0, 1, ...far], 'open'),
    ...whole('general.file_type', [99, ...far], 'open'),
    ...whole('general.quantization_version', [0, ...far], 'open'),
    ...float('llama.attention.layer_norm_rms_epsilon', [NaN, Infinity, -Infinity, -1e-5, 0, 1e9], 'shape'),
    ...float('llama.rope.freq_base', [NaN, Infinity, -1, 0], 'shape'),
    ...float('llama.rope.freq_base', [1e-30], 'open'),
    ...whole('tokenizer.ggml.bos_token_id', [1792, 4e9], 'tokenizer'),
    ...whole('tokenizer.ggml.eos_token_id', [1792, 4e9], 'tokenizer'),
    ...whole('tokenizer.ggml.eos_token_id', [2 ** 32 - 1], 'open'),
    ...whole('tokenizer.ggml.padding_token_id', [4e9], 'tokenizer'),
  ];
}

/** Entries under a name that nobody asks for. */
function missingEntries(gguf: Gguf): Damaged[] {
  const missing: Readonly<Record<string, Verdict>> = {
    'general.architecture': 'damaged',
    'llama.context_length': 'shape',
    'llama.embedding_length': 'shape',
    'llama.block_count': 'shape',
    'llama.feed_forward_length': 'open',
    'llama.attention.head_count': 'shape',
    'llama.attention.layer_norm_rms_epsilon': 'shape',
    'llama.rope.dimension_count': 'open',
    'tokenizer.ggml.model': 'tokenizer',
    'tokenizer.ggml.pre': 'open',
    'tokenizer.ggml.tokens': 'tokenizer',
    'tokenizer.ggml.token_type': 'open',
    'tokenizer.ggml.merges': 'tokenizer',
    'tokenizer.chat_template': 'open',
  };
  const other = (key: string, words: string, verdict: Verdict): Damaged => {
    const { valueAt, end } = entryOf(gguf, key);
    return spliced(gguf, `${key} is “${words}”`, verdict, [valueAt, end], text(words));
  };
  return [
    ...Object.entries(missing).map(([key, verdict]) =>
      patched(gguf, `${key} is missing`, verdict, misspell(entryOf(gguf, key).keyAt + key.length - 1)),
    ),
    other('general.architecture', 'clip', 'not-a-language-model'),
    ...['gemma4', 'mamba', 'bert', 'qwen2'].map((words) => other('general.architecture', words, 'refused')),
    ...['', 'lama', 'x'.repeat(10_000), '\0'].map((words) => other('general.architecture', words, 'architecture')),
    ...['', 'none', 'unknown'].map((words) => other('tokenizer.ggml.model', words, 'tokenizer')),
    ...['llama', 'rwkv'].map((words) => other('tokenizer.ggml.model', words, 'tokenizer')),
    ...['bert', 't5'].map((words) => other('tokenizer.ggml.model', words, 'open')),
    ...['', 'unknown'].map((words) => other('tokenizer.ggml.pre', words, 'open')),
    other('general.name', '\u0000\u001b[2J<script>alert(1)</script>'.repeat(50), 'open'),
  ];
}

function vocabulary(gguf: Gguf): Damaged[] {
  const tokens = entryOf(gguf, 'tokenizer.ggml.tokens');
  const types = entryOf(gguf, 'tokenizer.ggml.token_type');
  const merges = entryOf(gguf, 'tokenizer.ggml.merges');
  const list = (entry: typeof tokens, words: readonly string[]): Buffer => {
    const start = Buffer.from(gguf.bytes.subarray(entry.valueAt, entry.elementsAt));
    start.writeBigUInt64LE(BigInt(words.length), 4);
    return Buffer.concat([start, ...words.map(text)]);
  };
  const other = (name: string, entry: typeof tokens, words: readonly string[], verdict: Verdict): Damaged =>
    spliced(gguf, name, verdict, [entry.valueAt, entry.end], list(entry, words));
  const count = tokens.value.type === 'array' ? tokens.value.value.length : 0;
  const every = (of: (n: number) => string): string[] => Array.from({ length: count }, (_, n) => of(n));
  const ofType = (type: number): Damaged =>
    patched(gguf, `every token is of type ${type}`, 'open', (bytes) => {
      for (let n = 0; n < count; n++) bytes.writeInt32LE(type, (types.elementsAt ?? 0) + 4 * n);
    });
  return [
    other(
      'every token is empty',
      tokens,
      every(() => ''),
      'open',
    ),
    other(
      'every token is the same',
      tokens,
      every(() => 'a'),
      'tokenizer',
    ),
    other(
      'no token stands for a byte',
      tokens,
      every((n) => `word${n}`),
      'open',
    ),
    other(
      'tokens that are no text',
      tokens,
      every((n) => `\ud800${n}`),
      'open',
    ),
    other(
      'tokens of ten thousand letters',
      tokens,
      every((n) => (n < 20 ? 'x'.repeat(10_000) : `${n}`)),
      'open',
    ),
    other('one token', tokens, ['a'], 'tokenizer'),
    ...[0, 3, 6, 99, -1].map(ofType),
    other('merges of nothing', merges, ['', ' ', 'x'], 'open'),
    other(
      'merges of unknown tokens',
      merges,
      Array.from({ length: 1000 }, (_, n) => `q${n} z${n}`),
      'open',
    ),
  ];
}

/** A chat template is a program: one that can't be read, one that fails, and ones that go on for years. */
function templates(gguf: Gguf): Damaged[] {
  const { valueAt, end } = entryOf(gguf, 'tokenizer.chat_template');
  const loop = (depth: number): string =>
    '{% for i in range(9999) %}'.repeat(depth) + 'x' + '{% endfor %}'.repeat(depth);
  const programs: Readonly<Record<string, string>> = {
    'is empty': '',
    'has no end': '{% for message in messages %}',
    raises: "{{ raise_exception('no') }}",
    'calls what isn’t there': '{{ messages.nothing.at.all() }}',
    'writes nothing': '{% if false %}x{% endif %}',
    'writes a megabyte': "{{ 'x' * 1000000 }}{% for i in range(1000) %}" + 'y'.repeat(1000) + '{% endfor %}',
    'goes on for years': loop(4),
    'asks for the machine': "{{ ''.constructor.constructor('return process')().exit(7) }}",
    'nests deeply': '{{ ' + '('.repeat(5000) + '1' + ')'.repeat(5000) + ' }}',
  };
  return Object.entries(programs).map(([what, words]) =>
    spliced(
      gguf,
      `the chat template ${what}`,
      /for years|nests/.test(what) ? 'template' : 'open',
      [valueAt, end],
      text(words),
    ),
  );
}

function weights(gguf: Gguf): Damaged[] {
  const fill = (name: string, value: number): Damaged => {
    const { offset, bytes: length } = tensorOf(gguf, name);
    const at = gguf.dataAt + offset;
    return patched(gguf, `${name} is all ${value}`, 'open', (bytes) => bytes.fill(value, at, at + length));
  };
  return [
    fill('token_embd.weight', 0),
    fill('token_embd.weight', 0xff),
    fill('blk.1.ffn_down.weight', 0x7f),
    fill('output_norm.weight', 0xff),
    patched(gguf, 'all weights are 255', 'open', (bytes) => bytes.fill(0xff, gguf.dataAt)),
    { name: 'the file twice', verdict: 'open', bytes: () => Buffer.concat([gguf.bytes, gguf.bytes]) },
  ];
}

/** Bytes struck at random: `count` files, most of them where the header is made of numbers rather than of words. */
export function randomDamage(gguf: Gguf, seed: number, count: number): Damaged[] {
  const random = seeded(seed);
  const regions: readonly (readonly [number, number])[] = [
    [0, entryOf(gguf, 'tokenizer.ggml.tokens').elementsAt ?? 0],
    [gguf.metadata.at(-1)?.end ?? 0, gguf.tensors.at(-1)?.end ?? 0],
    [0, gguf.dataAt],
  ];
  return Array.from({ length: count }, (_, n) => {
    const [from, to] = pick(random, regions);
    const strikes = Array.from(
      { length: between(random, 1, 13) },
      () => [between(random, from, to), between(random, 0, 256)] as const,
    );
    return patched(gguf, `random ${n} of seed ${seed}`, 'open', (bytes) => {
      for (const [at, value] of strikes) bytes.writeUInt8(value, at);
    });
  });
}
