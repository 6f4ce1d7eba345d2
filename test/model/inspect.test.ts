import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ModelError } from '../../src/core/model/modelError.ts';
import { builtInCatalogue } from '../../src/model/files/catalogue.ts';
import { checkModelFile } from '../../src/model/files/checkModelFile.ts';
import { inspectMachine } from '../../src/model/inspect.ts';
import type { InspectOptions } from '../../src/model/inspect.ts';
import { costByMemory } from '../../src/model/inspectFit.ts';
import { isAlive } from '../../src/model/remoteProcess.ts';
import { specimen } from './specimen/specimen.ts';

const never = new AbortController().signal;

const { models } = builtInCatalogue();

const options: InspectOptions = {
  entry: fileURLToPath(new URL('../../src/model/inspectMain.ts', import.meta.url)),
  models,
  gpu: 'off',
  contextTokens: 8192,
  engineFolder: null,
  timeoutMs: 60_000,
  signal: never,
};

/** An entry that does this in place of what it should. */
function entry(t: TestContext, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'in-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'entry.mjs');
  writeFileSync(path, script);
  return path;
}

async function failure(problem: ModelError['problem'], promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => assert.fail('it answered'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ModelError, String(error));
  assert.equal(error.problem, problem, error.detail);
  return error;
}

test('every model of the catalogue is scored by the engine before it is fetched', async () => {
  const { engine, ram, cores, gpu, scores } = await inspectMachine(options);
  assert.equal(engine, 'ready');
  assert.ok(ram.total >= ram.free && ram.free > 0 && cores >= 1);
  assert.equal(gpu, 'none');
  assert.deepEqual(
    scores.map(({ id }) => id),
    models.map(({ id }) => id),
  );
  for (const score of scores) {
    const model = models.find(({ id }) => id === score.id) ?? assert.fail();
    assert.ok(score.score >= 0 && score.score <= 1);
    assert.equal(score.vramBytes, 0);
    assert.equal(score.contextTokens, model.kind === 'chat' ? 8192 : 2048);
    // The engine’s estimate and plain arithmetic don’t agree on buffers, but on the order of things they do.
    const ratio = score.ramBytes / costByMemory(model, 8192).ramBytes;
    assert.ok(score.ramBytes > model.bytes && ratio > 0.6 && ratio < 1.6, `${score.id}: ${ratio}`);
  }
});

test('a file that is there is scored in the same way', async () => {
  const checked = await checkModelFile(await specimen('f16'), never);
  assert.ok(checked.ok, checked.ok ? '' : checked.detail);
  const { scores } = await inspectMachine({ ...options, models: [{ id: 'here', ...checked.facts }] });
  assert.equal(scores[0]?.id, 'here');
  assert.equal(scores[0].fits, 'well');
  assert.equal(scores[0].contextTokens, 4096);
});

test('without an engine for this machine, models are scored by memory, and it is said', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'in-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { engine, engineDetail, scores } = await inspectMachine({ ...options, engineFolder: folder });
  assert.equal(engine, 'missing');
  assert.match(engineDetail, /node-llama-cpp/);
  for (const model of models) {
    const score = scores.find(({ id }) => id === model.id);
    assert.equal(score?.ramBytes, costByMemory(model, 8192).ramBytes);
  }
});

test('a process that dies is an error that says how', async (t) => {
  const script = 'process.on("message", () => { console.error("GGML_ASSERT(x) failed"); process.abort(); })';
  const error = await failure('ended', inspectMachine({ ...options, entry: entry(t, script) }));
  assert.match(error.message, /the engine crashed/);
  assert.match(error.detail, /SIGABRT/);
  assert.match(error.detail, /GGML_ASSERT/);
  const missing = await failure('ended', inspectMachine({ ...options, entry: '/nowhere/inspect.mjs' }));
  assert.match(missing.detail, /nowhere/);
});

test('a process that hangs is ended', async (t) => {
  const script =
    'process.on("message", () => { process.stderr.write(String(process.pid)); setTimeout(() => { for (;;); }, 50); })';
  const error = await failure('silent', inspectMachine({ ...options, entry: entry(t, script), timeoutMs: 1000 }));
  const pid = Number(/(\d+)$/.exec(error.detail)?.[1]);
  for (let n = 0; n < 100 && isAlive(pid); n++) await wait(20);
  assert.ok(pid > 0 && !isAlive(pid));
});

test('an answer that makes no sense is an error', async (t) => {
  const script = 'process.on("message", () => { process.send({ type: "inspected", inspection: { scores: 7 } }); })';
  await failure('internal', inspectMachine({ ...options, entry: entry(t, script) }));
});

test('it can be stopped', async () => {
  const stop = new AbortController();
  const inspecting = inspectMachine({ ...options, signal: stop.signal });
  stop.abort(new Error('enough'));
  await assert.rejects(inspecting, /enough/);
  await assert.rejects(inspectMachine({ ...options, signal: stop.signal }), /enough/);
});
