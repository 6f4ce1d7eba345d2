// The trial in its real process, with engines that fail in every way.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installedGpu } from '../../../src/model/binaries/installed.ts';
import { selfTest } from '../../../src/model/binaries/selfTest.ts';
import type { SelfTestOptions, SelfTestResult } from '../../../src/model/binaries/selfTest.ts';

const entry = fileURLToPath(new URL('../../../src/model/binaries/trialMain.ts', import.meta.url));
const rootModules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const never = new AbortController().signal;

let own: string;

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'trial-'));
});

after(async () => {
  await rm(own, { recursive: true, force: true });
});

/** An installed engine that consists of this code. */
async function engine(code: string): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(own, 'e-')), '1.2.3', 'vulkan');
  const place = path.join(folder, 'node_modules/node-llama-cpp');
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'package.json'), '{"name":"node-llama-cpp","type":"module","exports":"./index.js"}');
  await writeFile(path.join(place, 'index.js'), code);
  await writeFile(path.join(folder, 'installed.json'), '{"gpu":"vulkan","bytes":1}');
  return folder;
}

/** What the trial needs of the library, with a GPU that generates by `generate`. */
function library(generate: string, more = ''): string {
  return `
    export const LlamaLogLevel = { warn: 'warn' };
    export class NoBinaryFoundError extends Error {}
    const sequence = { async *evaluateWithMetadata() { ${generate} } };
    const model = {
      gpuLayers: 3,
      tokenize: () => [1],
      createContext: async () => ({ getSequence: () => sequence }),
    };
    const llama = {
      gpu: 'vulkan',
      getGpuDeviceNames: async () => ['Test GPU 9000'],
      getVramState: async () => ({ total: 8e9 }),
      loadModel: async ({ modelPath }) => modelPath === 'broken.gguf' ? process.abort() : model,
    };
    export const getLlama = async ({ gpu, build }) => {
      if (gpu !== 'vulkan' || build !== 'never') throw new Error('wrongly asked for');
      ${more}
      return llama;
    };
  `;
}

const tenTokens = 'for (let i = 0; i < 10; i++) yield { token: i, confidence: 0.5 };';

async function tryOut(code: string, more: Partial<SelfTestOptions> = {}, signal = never): Promise<SelfTestResult> {
  return tryFolder(await engine(code), more, signal);
}

function tryFolder(folder: string, more: Partial<SelfTestOptions> = {}, signal = never): Promise<SelfTestResult> {
  const log = (): void => undefined;
  return selfTest({ entry, gpu: 'vulkan', folder, timeoutMs: 60_000, log, ...more }, signal);
}

function reason(result: SelfTestResult): string {
  assert.equal(result.type, 'fails');
  assert.match(result.why, /^The engine for the GPU .*\. The processor computes the answers, as before\.$/);
  return result.why;
}

test('an engine that finds a GPU works, and that is remembered', async () => {
  const folder = await engine(library(tenTokens));
  const result = await tryFolder(folder);
  assert.deepEqual(result, { type: 'works', device: 'Test GPU 9000', memoryBytes: 8e9, tokensPerSecond: null });
  const installed = await installedGpu(path.join(folder, '../..'), '1.2.3');
  assert.equal(installed.type, 'installed');
  assert.deepEqual(installed.installed.tried, { worked: true, words: 'Test GPU 9000' });
});

test('with a model it has to generate', async () => {
  const result = await tryOut(library(tenTokens), { modelFile: 'a.gguf' });
  assert.equal(result.type, 'works');
  assert.ok(result.tokensPerSecond !== null && result.tokensPerSecond > 0);
});

test('a crash while it starts is told, and remembered', async () => {
  const folder = await engine(
    library(
      tenTokens,
      'process.stderr.write("vk: device lost\\n", () => process.abort()); await new Promise(() => {});',
    ),
  );
  const result = await tryFolder(folder);
  assert.match(reason(result), /crashed in its trial \(SIGABRT|crashed in its trial \(code/);
  assert.ok(result.type === 'fails' && result.detail.includes('vk: device lost'));
  const installed = await installedGpu(path.join(folder, '../..'), '1.2.3');
  assert.equal(installed.type === 'installed' && installed.installed.tried?.worked, false);
});

test('a crash in the middle of generating is told', async () => {
  const code = library('yield { confidence: 1 }; process.kill(process.pid, "SIGSEGV"); await new Promise(() => {});');
  assert.match(reason(await tryOut(code, { modelFile: 'a.gguf' })), /crashed/);
  assert.match(reason(await tryOut(library(tenTokens), { modelFile: 'broken.gguf' })), /crashed/);
});

test('a process that ends without a word is told', async () => {
  assert.match(reason(await tryOut(library(tenTokens, 'process.exit(0);'))), /crashed in its trial \(code 0\)/);
});

test('one that hangs is ended', async () => {
  const code = library(tenTokens, 'console.log("pid", process.pid); for (;;);');
  let pid = 0;
  const log = (_level: string, line: string): void => {
    pid = Number(/pid (\d+)/.exec(line)?.[1] ?? pid);
  };
  assert.match(reason(await tryOut(code, { timeoutMs: 3000, log })), /no result within 3 seconds/);
  assert.ok(pid > 0);
  for (let i = 0; i < 100 && isAlive(pid); i++) await wait(20);
  assert.equal(isAlive(pid), false);
});

test('one that computes nonsense is not used', async () => {
  const code = library('yield { confidence: 1 }; yield { confidence: NaN };');
  assert.match(reason(await tryOut(code, { modelFile: 'a.gguf' })), /computed nonsense/);
});

test('one that runs on the processor all the same is told', async () => {
  const code = library(tenTokens, 'llama.gpu = false;');
  assert.match(reason(await tryOut(code)), /found no GPU/);
});

test('a GPU with no room for a layer is told', async () => {
  const code = library(tenTokens, 'model.gpuLayers = 0;');
  assert.match(reason(await tryOut(code, { modelFile: 'a.gguf' })), /no room/);
});

test('an engine that can’t be loaded is told', async () => {
  const result = await tryOut('import "./not-there.js";');
  assert.match(reason(result), /failed in its trial/);
  assert.ok(result.type === 'fails' && result.detail.includes('not-there.js'));
});

test('a trial can be stopped, which is no verdict', async () => {
  const folder = await engine(library(tenTokens, 'await new Promise(() => setInterval(() => {}, 1000));'));
  const stop = new AbortController();
  const pending = tryFolder(folder, {}, stop.signal);
  stop.abort();
  assert.deepEqual(await pending, { type: 'stopped' });
  const installed = await installedGpu(path.join(folder, '../..'), '1.2.3');
  assert.equal(installed.type === 'installed' && installed.installed.tried, undefined);
});

test('the real engine, without a binary for the GPU, says that it finds none', async () => {
  const folder = path.join(own, 'real');
  await mkdir(folder);
  await symlink(await realpath(rootModules), path.join(folder, 'node_modules'), 'junction');
  assert.match(reason(await tryFolder(folder)), /found no GPU that it can use \(Vulkan\)/);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
