import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGguf } from '../../../scripts/specimen/gguf.ts';
import type { Gguf } from '../../../scripts/specimen/gguf.ts';
import { checkModelFile } from '../../../src/model/files/checkModelFile.ts';
import type { CheckedFile } from '../../../src/model/files/checkModelFile.ts';
import { FileProblemError } from '../../../src/model/files/fileProblem.ts';
import type { FileProblem } from '../../../src/model/files/fileProblem.ts';
import type { GgufValue, WordsSeen } from '../../../src/model/files/ggufValues.ts';
import { checkVocabulary } from '../../../src/model/files/vocabulary.ts';
import type { ModelFacts } from '../../../src/model/files/modelFacts.ts';
import { float32, folder, tensor, text, uint32, writeTiny } from './tinyModel.ts';
import type { Changes } from './tinyModel.ts';

const never = new AbortController().signal;

function refusal(checked: CheckedFile): { readonly problem: FileProblem; readonly detail: string } {
  assert.ok(!checked.ok, 'the file was taken');
  assert.match(checked.message, /\.gguf/);
  return checked;
}

async function facts(path: string): Promise<ModelFacts> {
  const checked = await checkModelFile(path, never);
  assert.ok(checked.ok, checked.ok ? '' : checked.detail);
  return checked.facts;
}

test('two tokens that are the same, and a tokenizer that the vocabulary isn’t made for, are refused', () => {
  const refusedAs = (model: string, count: number, words: WordsSeen, architecture = 'llama'): string | undefined => {
    const metadata = new Map<string, GgufValue>([
      ['general.architecture', { type: 'string', value: architecture }],
      ['tokenizer.ggml.model', { type: 'string', value: model }],
      ['tokenizer.ggml.tokens', { type: 'array', of: 'string', length: count, words }],
      ['tokenizer.ggml.merges', { type: 'array', of: 'string', length: 9 }],
    ]);
    try {
      assert.equal(checkVocabulary(metadata), count);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof FileProblemError && error.problem === 'tokenizer');
      return error.message;
    }
  };
  assert.equal(refusedAs('gpt2', 500, { distinct: 500, bytes: 0 }), undefined);
  assert.equal(refusedAs('llama', 500, { distinct: 500, bytes: 256 }), undefined);
  assert.match(refusedAs('gpt2', 500, { distinct: 498, bytes: 0 }) ?? '', /2 of 500 tokens/);
  assert.match(refusedAs('llama', 500, { distinct: 500, bytes: 0 }) ?? '', /0 of 256 bytes/);
  assert.match(refusedAs('rwkv', 500, { distinct: 500, bytes: 0 }) ?? '', /another architecture/);
});

test('what stands in a vocabulary is counted while it is read', async (t) => {
  const check = (words: readonly string[]): ReturnType<typeof checkModelFile> =>
    checkModelFile(
      writeTiny(join(folder(t), 'words.gguf'), {
        metadata: { 'tokenizer.ggml.tokens': { type: 'array', of: 'string', value: words } },
      }),
      never,
    );
  const words = Array.from({ length: 40 }, (_, n) => `word${n}`);
  assert.ok((await check(words)).ok);
  // The engine gives each empty one a name of its own.
  assert.ok((await check(words.with(3, '').with(4, ''))).ok);
  assert.equal(refusal(await check(words.with(3, 'word9'))).problem, 'tokenizer');
});

test('a good file is taken, with what it holds', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'), {
    metadata: { 'handbook.specimen': { type: 'bool', value: true } },
  });
  const found = await facts(path);
  const bytes = readFileSync(path).length;
  assert.deepEqual(found, {
    name: 'Tiny',
    architecture: 'llama',
    kind: 'chat',
    parameters: 64 * 40 + 64 + 2 * (2 * 64 + 2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 96),
    quantisation: 'F16',
    bytes: found.weightBytes,
    layers: 2,
    heads: 4,
    kvHeads: 2,
    kvLayers: 2,
    headDim: 16,
    embedding: 64,
    feedForward: 96,
    vocabulary: 40,
    trainContext: 512,
    fileBytes: bytes,
    weightBytes: found.weightBytes,
    licence: 'mit',
    chatTemplate: true,
    specimen: true,
    hybrid: false,
    files: [path],
  });
  assert.ok(found.weightBytes < bytes && found.weightBytes > bytes / 2);
});

test('what a model is for is told by how it pools', async (t) => {
  const place = folder(t);
  const kind = async (name: string, metadata: Changes, more: readonly ReturnType<typeof tensor>[] = []) =>
    (await facts(writeTiny(join(place, name), { metadata, tensors: (all) => [...all, ...more] }))).kind;
  assert.equal(await kind('none.gguf', { 'llama.pooling_type': uint32(0) }), 'chat');
  assert.equal(await kind('mean.gguf', { 'llama.pooling_type': uint32(1) }), 'embedding');
  assert.equal(await kind('rank.gguf', { 'llama.pooling_type': uint32(4) }), 'ranking');
  assert.equal(await kind('cls.gguf', {}, [tensor('cls.output.weight', [64, 1], 'f32')]), 'ranking');
});

test('how weights are stored is counted where the file does not say', async (t) => {
  const place = folder(t);
  for (const [type, name] of [
    ['q8_0', 'Q8_0'],
    ['q4_0', 'Q4_0'],
    ['f16', 'F16'],
  ] as const) {
    const path = writeTiny(join(place, `${type}.gguf`), { type, metadata: { 'general.file_type': undefined } });
    assert.equal((await facts(path)).quantisation, name);
  }
});

const entries: readonly (readonly [name: string, problem: FileProblem, changes: Changes, names: RegExp])[] = [
  ['an unknown architecture', 'architecture', { 'general.architecture': text('llama99') }, /llama99/],
  ['an image encoder', 'not-a-language-model', { 'general.architecture': text('clip') }, /clip/],
  ['an adapter', 'not-a-language-model', { 'general.type': text('adapter') }, /adapter/],
  ['no architecture', 'damaged', { 'general.architecture': undefined }, /architecture/],
  ['no layers', 'shape', { 'llama.block_count': uint32(0) }, /block_count is 0/],
  ['600 layers', 'shape', { 'llama.block_count': uint32(600) }, /block_count is 600/],
  ['4e9 layers', 'shape', { 'llama.block_count': uint32(4e9) }, /block_count is 4000000000/],
  ['a layer too many', 'tensors', { 'llama.block_count': uint32(3) }, /layer 2 has no weights/],
  ['a layer too few', 'tensors', { 'llama.block_count': uint32(1) }, /blk\.1/],
  ['no heads', 'shape', { 'llama.attention.head_count': uint32(0) }, /head_count is 0/],
  ['no heads of keys', 'shape', { 'llama.attention.head_count_kv': uint32(0) }, /head_count_kv is 0/],
  ['heads that can’t be shared', 'shape', { 'llama.attention.head_count_kv': uint32(3) }, /4 heads can’t share 3/],
  ['heads that don’t divide the width', 'shape', { 'llama.attention.head_count': uint32(6) }, /64 numbers/],
  ['no width', 'shape', { 'llama.embedding_length': uint32(0) }, /embedding_length is 0/],
  [
    'another width',
    'tensors',
    { 'llama.embedding_length': uint32(128), 'llama.rope.dimension_count': uint32(32) },
    /token_embd/,
  ],
  ['an epsilon that is none', 'shape', { 'llama.attention.layer_norm_rms_epsilon': float32(NaN) }, /epsilon/],
  ['a negative epsilon', 'shape', { 'llama.attention.layer_norm_rms_epsilon': float32(-1) }, /epsilon is -1/],
  ['no epsilon', 'shape', { 'llama.attention.layer_norm_rms_epsilon': undefined }, /epsilon/],
  ['a rotation by nothing', 'shape', { 'llama.rope.freq_base': float32(0) }, /freq_base is 0/],
  ['a rotation wider than a head', 'shape', { 'llama.rope.dimension_count': uint32(48) }, /dimension_count is 48/],
  ['no feed-forward', 'shape', { 'llama.feed_forward_length': undefined }, /feed_forward_length is missing/],
  ['another feed-forward', 'tensors', { 'llama.feed_forward_length': uint32(128) }, /ffn_gate/],
  ['no context', 'shape', { 'llama.context_length': uint32(0) }, /context_length is 0/],
  ['a context that is words', 'shape', { 'llama.context_length': text('long') }, /of type string/],
  ['more experts used than there are', 'shape', { 'llama.expert_used_count': uint32(2) }, /2 of 0 experts/],
  ['an unknown tokenizer', 'tokenizer', { 'tokenizer.ggml.model': text('abc') }, /“abc”/],
  ['no tokens', 'tokenizer', { 'tokenizer.ggml.tokens': undefined }, /no list of tokens/],
  ['no merges', 'tokenizer', { 'tokenizer.ggml.merges': undefined }, /merges/],
  ['an end token that there isn’t', 'tokenizer', { 'tokenizer.ggml.eos_token_id': uint32(40) }, /eos_token_id is 40/],
  [
    'fewer kinds than tokens',
    'tokenizer',
    { 'tokenizer.ggml.token_type': { type: 'array', of: 'int32', value: [1, 1] } },
    /token_type/,
  ],
  [
    'scores of another type',
    'tokenizer',
    { 'tokenizer.ggml.scores': { type: 'array', of: 'uint8', value: Array.from({ length: 40 }, () => 0) } },
    /scores/,
  ],
  [
    'a token more than the weights have',
    'tensors',
    {
      'tokenizer.ggml.tokens': { type: 'array', of: 'string', value: Array.from({ length: 41 }, (_, n) => `t${n}`) },
      'tokenizer.ggml.token_type': undefined,
    },
    /token_embd\.weight has 64 × 40/,
  ],
  ['an alignment of zero', 'damaged', { 'general.alignment': uint32(0) }, /alignment/],
  ['an alignment that is no power of two', 'damaged', { 'general.alignment': uint32(24) }, /alignment/],
];

for (const [name, problem, metadata, names] of entries) {
  test(`refused: ${name}`, async (t) => {
    const checked = await checkModelFile(writeTiny(join(folder(t), 'bad.gguf'), { metadata }), never);
    const found = refusal(checked);
    assert.equal(found.problem, problem, found.detail);
    assert.match(found.detail, names);
  });
}

test('refused: a tensor missing, twice, or of the wrong size', async (t) => {
  const place = folder(t);
  const check = async (name: string, change: NonNullable<Parameters<typeof writeTiny>[1]>['tensors']) =>
    refusal(await checkModelFile(writeTiny(join(place, `${name}.gguf`), change && { tensors: change }), never));
  const without = await check('missing', (all) => all.filter(({ name }) => name !== 'blk.1.attn_v.weight'));
  assert.equal(without.problem, 'tensors');
  assert.match(without.detail, /blk\.1\.attn_v\.weight is missing/);
  const twice = await check('twice', (all) => [...all, ...all.slice(0, 1)]);
  assert.equal(twice.problem, 'damaged');
  assert.match(twice.detail, /twice/);
  const wide = await check('wide', (all) =>
    all.map((one) => (one.name === 'blk.0.attn_k.weight' ? tensor(one.name, [64, 64], 'f16') : one)),
  );
  assert.match(wide.detail, /attn_k\.weight has 64 × 64 weights, not 64 × 32/);
  const none = await check('none', () => []);
  assert.equal(none.problem, 'not-a-language-model');
});

/** Changes bytes of a good file. */
async function patched(
  path: string,
  change: (bytes: Buffer, gguf: Gguf) => Buffer | undefined,
): Promise<ReturnType<typeof refusal>> {
  const gguf = readGguf(path);
  const bytes = Buffer.from(readFileSync(path));
  const bad = path.replace(/\.gguf$/, '-bad.gguf');
  writeFileSync(bad, change(bytes, gguf) ?? bytes);
  return refusal(await checkModelFile(bad, never));
}

test('refused: counts, lengths, types and offsets that the file can’t have', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'));
  const expectProblem = async (
    problem: FileProblem,
    detail: RegExp,
    change: (bytes: Buffer, gguf: Gguf) => Buffer | undefined,
  ): Promise<void> => {
    const found = await patched(path, change);
    assert.equal(found.problem, problem, found.detail);
    assert.match(found.detail, detail);
  };
  const write = (value: bigint, where: (gguf: Gguf) => number) => (bytes: Buffer, gguf: Gguf) => {
    bytes.writeBigUInt64LE(value, where(gguf));
    return undefined;
  };
  const first = (gguf: Gguf) => gguf.tensors[0] ?? assert.fail();
  const entry = (gguf: Gguf, key: string) => gguf.metadata.find((one) => one.key === key) ?? assert.fail();

  await expectProblem('not-gguf', /GGUF/, (bytes) => {
    bytes.write('GGML', 0);
    return undefined;
  });
  for (const [version, words] of [
    [1, /version 1/],
    [99, /version 99/],
    [0x03000000, /big-endian/],
  ] as const) {
    await expectProblem('version', words, (bytes, { versionAt }) => {
      bytes.writeUInt32LE(version, versionAt);
      return undefined;
    });
  }
  for (const count of [2n ** 40n, 2n ** 64n - 1n, 100_001n]) {
    await expectProblem(
      'damaged',
      /number of tensors/,
      write(count, ({ tensorCountAt }) => tensorCountAt),
    );
    await expectProblem(
      'damaged',
      /number of metadata/,
      write(count, ({ metadataCountAt }) => metadataCountAt),
    );
  }
  for (const length of [2n ** 31n, 2n ** 63n, 2n ** 20n]) {
    await expectProblem(
      'damaged',
      /length of key/,
      write(length, (gguf) => gguf.metadata[0]?.keyLengthAt ?? 0),
    );
    await expectProblem(
      'damaged',
      /name of tensor/,
      write(length, (gguf) => first(gguf).nameLengthAt),
    );
    const tokens = 'tokenizer.ggml.tokens';
    await expectProblem(
      'damaged',
      /tokens/,
      write(length, (gguf) => entry(gguf, tokens).countAt ?? 0),
    );
  }
  await expectProblem(
    'damaged',
    /is too long/,
    write(2n ** 40n, (g) => entry(g, 'tokenizer.ggml.tokens').elementsAt ?? 0),
  );
  await expectProblem(
    'damaged',
    /general\.name/,
    write(2n ** 31n, (gguf) => entry(gguf, 'general.name').valueAt),
  );
  await expectProblem(
    'cut-short',
    /goes on/,
    write(2n ** 21n, (gguf) => entry(gguf, 'general.name').valueAt),
  );
  await expectProblem('damaged', /unknown type/, (bytes, gguf) => {
    bytes.writeUInt32LE(77, entry(gguf, 'general.name').typeAt);
    return undefined;
  });
  await expectProblem('damaged', /tensor of an unknown type/, (bytes, gguf) => {
    bytes.writeUInt32LE(77, first(gguf).typeAt);
    return undefined;
  });
  await expectProblem('damaged', /dimensions/, (bytes, gguf) => {
    bytes.writeUInt32LE(9, first(gguf).dimensionCountAt);
    return undefined;
  });
  await expectProblem(
    'damaged',
    /0 × /,
    write(0n, (gguf) => first(gguf).dimensionsAt[0] ?? 0),
  );
  await expectProblem(
    'damaged',
    /weights/,
    write(2n ** 50n, (gguf) => first(gguf).dimensionsAt[1] ?? 0),
  );
  await expectProblem(
    'damaged',
    /is said to lie/,
    write(32n, (gguf) => gguf.tensors[2]?.offsetAt ?? 0),
  );
  await expectProblem(
    'damaged',
    /is said to lie/,
    write(7n, (gguf) => first(gguf).offsetAt),
  );
  await expectProblem('cut-short', /weights end at/, (bytes) => bytes.subarray(0, bytes.length - 100));
});

test('rows that blocks don’t divide are refused', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'));
  const found = await patched(path, (bytes, gguf) => {
    const norm = gguf.tensors.find(({ name }) => name === 'output_norm.weight') ?? assert.fail();
    bytes.writeBigUInt64LE(63n, norm.dimensionsAt[0] ?? 0);
    bytes.writeUInt32LE(8, norm.typeAt);
    return undefined;
  });
  assert.match(found.detail, /rows of 63 weights can’t be cut into blocks of Q8_0/);
});

test('a file cut off anywhere in its header is refused', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'));
  const { dataAt } = readGguf(path);
  for (let size = 0; size < dataAt; size += 97) {
    writeFileSync(path.replace('tiny', 'cut'), readFileSync(path).subarray(0, size));
    const { problem } = refusal(await checkModelFile(path.replace('tiny', 'cut'), never));
    assert.match(problem, /^(cut-short|damaged|not-gguf)$/, `at ${size}`);
  }
});

test('random damage to the header never throws, hangs or takes long', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'));
  const good = readFileSync(path);
  const { dataAt } = readGguf(path);
  let state = 12345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const bad = path.replace('tiny', 'bad');
  let refused = 0;
  for (let n = 0; n < 400; n++) {
    const bytes = Buffer.from(good);
    for (let k = 0; k <= n % 8; k++) bytes[random(dataAt)] = random(256);
    writeFileSync(bad, bytes);
    if (!(await checkModelFile(bad, never)).ok) refused++;
  }
  assert.ok(refused > 100, `${refused} of 400 refused`);
});

test('what isn’t a readable file is named', async (t) => {
  const place = folder(t);
  const problem = async (path: string) => refusal(await checkModelFile(path, never)).problem;
  assert.equal(await problem(join(place, 'gone.gguf')), 'missing');
  mkdirSync(join(place, 'folder.gguf'));
  assert.equal(await problem(join(place, 'folder.gguf')), 'unreadable');
  writeFileSync(join(place, 'empty.gguf'), '');
  assert.equal(await problem(join(place, 'empty.gguf')), 'not-gguf');
  writeFileSync(join(place, 'page.gguf'), '<!doctype html><title>Not found</title>');
  assert.equal(await problem(join(place, 'page.gguf')), 'not-gguf');
});

test('a large vocabulary is read in pieces, and not kept', async (t) => {
  const vocabulary = 60_000;
  const value = Array.from({ length: vocabulary }, (_, n) => `a rather long token, number ${n}`);
  const path = writeTiny(join(folder(t), 'wide.gguf'), {
    metadata: {
      'tokenizer.ggml.tokens': { type: 'array', of: 'string', value },
      'tokenizer.ggml.token_type': { type: 'array', of: 'int32', value: value.map(() => 1) },
    },
    tensors: (all) =>
      all.map((one) => (one.name === 'token_embd.weight' ? tensor(one.name, [64, vocabulary], 'q4_0') : one)),
  });
  assert.ok(readGguf(path).dataAt > 2.5 * 2 ** 20);
  assert.equal((await facts(path)).vocabulary, vocabulary);
});

test('a check can be stopped', async (t) => {
  const path = writeTiny(join(folder(t), 'tiny.gguf'));
  const stopped = AbortSignal.abort(new Error('enough'));
  await assert.rejects(checkModelFile(path, stopped), /enough/);
});

test('a model in several files needs all of them, the first one chosen', async (t) => {
  const place = folder(t);
  const part = (n: number): string => join(place, `big-0000${n}-of-00002.gguf`);
  const split = (n: number): Changes => ({
    'split.no': { type: 'uint16', value: n },
    'split.count': { type: 'uint16', value: 2 },
  });
  writeTiny(part(1), { metadata: split(0), tensors: (all) => all.slice(0, 5) });
  const alone = refusal(await checkModelFile(part(1), never));
  assert.equal(alone.problem, 'parts-missing');
  assert.match(alone.detail, /big-00002-of-00002\.gguf is missing/);

  writeTiny(part(2), { metadata: split(1), tensors: (all) => all.slice(5) });
  const whole = await facts(part(1));
  assert.deepEqual(whole.files, [part(1), part(2)]);
  assert.equal(whole.parameters, (await facts(writeTiny(join(place, 'one.gguf')))).parameters);
  assert.equal(refusal(await checkModelFile(part(2), never)).problem, 'parts-missing');

  truncateSync(part(2), readFileSync(part(2)).length - 4096);
  assert.equal(refusal(await checkModelFile(part(1), never)).problem, 'cut-short');
});
