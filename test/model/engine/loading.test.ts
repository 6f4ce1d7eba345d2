import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ModelError } from '../../../src/core/model/modelError.ts';
import { fingerprint } from '../../../src/model/engine/fingerprint.ts';
import { contextFacts, saysNotLocked } from '../../../src/model/engine/llamaLog.ts';
import { explainLoadFailure } from '../../../src/model/engine/loadFailure.ts';
import { specimen } from '../specimen/specimen.ts';
import { ask, chainModel, open, temporaryFolder } from './opened.ts';

async function failure(opening: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ModelError, String(error));
  return error;
}

test('a file that can’t be loaded is refused with the reason', async (t) => {
  const folder = await temporaryFolder(t);
  const good = await specimen('f16');

  const missing = await failure(open(t, { file: join(folder, 'none.gguf') }));
  assert.equal(missing.problem, 'no-model');

  await mkdir(join(folder, 'folder.gguf'));
  assert.equal((await failure(open(t, { file: join(folder, 'folder.gguf') }))).problem, 'bad-file');

  await writeFile(join(folder, 'text.gguf'), 'This is no model.');
  assert.equal((await failure(open(t, { file: join(folder, 'text.gguf') }))).problem, 'bad-file');

  const cut = join(folder, 'cut.gguf');
  await copyFile(good, cut);
  await truncate(cut, 2_000_000);
  const short = await failure(open(t, { file: cut }));
  assert.equal(short.problem, 'bad-file');
  assert.match(short.message, /not within the file bounds|corrupted|incomplete/);

  const odd = join(folder, 'odd.gguf');
  const bytes = await readFile(good);
  const name = bytes.indexOf('llama', bytes.indexOf('general.architecture'));
  bytes.write('lxama', name);
  await writeFile(odd, bytes);
  const unknown = await failure(open(t, { file: odd }));
  assert.equal(unknown.problem, 'bad-file');
  assert.match(unknown.message, /unknown model architecture/);

  // None of that disturbs what is opened next.
  assert.notEqual((await ask(await open(t), { messages: [{ role: 'user', text: 'What?' }] })).answer, '');
});

test('loading tells its progress and can be given up', async () => {
  const { openLlamaEngine } = await import('../../../src/model/engine/llamaEngine.ts');
  const { automaticSettings } = await import('../../../src/core/model/engineSettings.ts');
  const progress: number[] = [];
  const stop = new AbortController();
  const opening = openLlamaEngine(
    {
      file: await specimen('f16'),
      kind: 'chat',
      settings: { ...automaticSettings, gpu: 'off' },
      stateFolder: join(import.meta.dirname, 'never'),
      stateQuota: 0,
      log: () => undefined,
      onLoading: (fraction) => {
        progress.push(fraction);
        if (fraction > 0) stop.abort(new Error('no longer wanted'));
      },
    },
    stop.signal,
  );
  await assert.rejects(opening, /no longer wanted/);
  assert.ok(progress.length > 0 && progress.every((fraction) => fraction >= 0 && fraction <= 1));
  await assert.rejects(
    open({ after: () => undefined } as never, { signal: AbortSignal.abort(new Error('before')) }),
    /before/,
  );
});

test('more context than the memory holds is refused, in words', async (t) => {
  const error = explainLoadFailure(new Error('Failed to load model'), ['ggml_backend_cpu: failed to allocate buffer']);
  assert.equal(error.problem, 'out-of-memory');
  // Longer than the model was trained on: that is said, and the most that makes sense is used.
  const log: string[] = [];
  const engine = await open(t, { file: await chainModel(), settings: { contextTokens: 100_000 }, log });
  assert.equal(engine.card.contextTokens, 8192);
  assert.match(log.join('\n'), /trained on 8192/);
});

test('without a binary for the machine it is said that quoting works', () => {
  const error = explainLoadFailure(new Error("/lib/libc.so.6: version `GLIBC_2.34' not found"), []);
  assert.equal(error.problem, 'no-engine');
  assert.match(error.message, /Quoting/);
});

test('settings are followed, and the answer stays the same', async (t) => {
  const messages = [{ role: 'user', text: 'What is attention?' }] as const;
  const settings = { flashAttention: 'off', batchTokens: 32, lockMemory: true, contextTokens: 1024 } as const;
  const { card, generate } = await open(t, { file: await chainModel(), settings });
  assert.equal(card.flashAttention, false);
  assert.equal(card.batchTokens, 32);
  assert.equal(card.contextTokens, 1024);
  const texts: string[] = [];
  await generate({ messages, maxTokens: 6, priority: 'foreground' }, new AbortController().signal, (event) => {
    if (event.type === 'text') texts.push(event.text);
  });
  const plain = await ask(await open(t, { file: await chainModel() }), { messages, maxTokens: 6 });
  assert.equal(texts.join(''), plain.answer);
});

test(
  'the card says that memory is locked only where the system has locked it, and the log why not',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const locked = async (): Promise<number> => {
      const [, kilobytes] = /^VmLck:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? [];
      return Number(kilobytes) * 1024;
    };
    const before = await locked();
    const log: string[] = [];
    const { card } = await open(t, { settings: { lockMemory: true }, log });
    // A system short of memory refuses now and then, and counts the pages all the same.
    if (card.memoryLocked) assert.ok((await locked()) - before >= card.fileBytes / 2);
    else assert.match(log.join('\n'), /failed to mlock/);
    assert.equal((await open(t)).card.memoryLocked, false);
  },
);

test('a quantised KV cache is used where it can be, and costs what it says', async (t) => {
  const log: string[] = [];
  const f16 = await open(t, { file: await chainModel(), log });
  // 32 numbers share a scale of two bytes.
  for (const [kvCache, bytes] of [
    ['q8_0', 34],
    ['q4_0', 18],
  ] as const) {
    const engine = await open(t, { file: await chainModel(), settings: { kvCache }, log });
    assert.equal(engine.card.kvCache, kvCache);
    assert.equal(engine.card.memory.kvBytesPerToken, (f16.card.memory.kvBytesPerToken * bytes) / 64);
    assert.ok(!log.join('\n').includes('bytes expected'), 'llama.cpp has allocated something else');
    assert.notEqual((await ask(engine, { messages: [{ role: 'user', text: 'What?' }] })).answer, '');
  }

  const off = await open(t, { file: await chainModel(), settings: { kvCache: 'q4_0', flashAttention: 'off' }, log });
  assert.equal(off.card.kvCache, 'f16');
  assert.match(log.join('\n'), /needs FlashAttention/);
});

test('two files have two fingerprints, one file always the same', async (t) => {
  const folder = await temporaryFolder(t);
  const one = await specimen('f16');
  const copy = join(folder, 'copy.gguf');
  await copyFile(one, copy);
  assert.equal(await fingerprint(copy), await fingerprint(one));
  assert.notEqual(await fingerprint(await specimen('q8_0')), await fingerprint(one));
  await truncate(copy, 3_000_000);
  assert.notEqual(await fingerprint(copy), await fingerprint(one));
  await writeFile(copy, 'x');
  assert.match(await fingerprint(copy), /^[0-9a-f]{64}$/);
});

test('what llama.cpp says of a context is understood', () => {
  assert.deepEqual(
    contextFacts([
      'llama_context: flash_attn            = auto',
      'llama_context:        CPU  output buffer size =     0.50 MiB',
      'llama_kv_cache:        CPU KV buffer size =     6.00 MiB',
      'llama_kv_cache:      CUDA0 KV buffer size =     2.00 MiB',
      'resolve_fused_ops: Flash Attention enabled',
      'sched_reserve:        CPU compute buffer size =     1.50 MiB',
    ]),
    { kv: 8 * 1024 * 1024, compute: 2 * 1024 * 1024, flashAttention: true },
  );
  assert.deepEqual(contextFacts([]), { kv: undefined, compute: undefined, flashAttention: undefined });
  assert.equal(contextFacts(['llama_context: flash_attn            = disabled']).flashAttention, false);
  assert.equal(saysNotLocked(['warning: failed to mlock 1000-byte buffer']), true);
  assert.equal(saysNotLocked(['load_tensors: loading']), false);
});
