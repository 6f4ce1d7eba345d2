import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embeddingSpecimen, rankingSpecimen } from '../specimen/specimen.ts';
import { open, prose } from './opened.ts';

const never = new AbortController().signal;
const texts = ['Attention weighs tokens by their keys.', 'A diffusion model removes noise step by step.'];

const dot = (a: readonly number[] = [], b: readonly number[] = []): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

test('every text has a vector of length 1, the same each time', async (t) => {
  const engine = await open(t, { file: embeddingSpecimen(), kind: 'embedding' });
  assert.equal(engine.card.kind, 'embedding');
  assert.ok(engine.card.memory.weightsRam > 0);
  const vectors = await engine.embed([...texts, texts[0] ?? ''], 'foreground', never);
  assert.equal(vectors.length, 3);
  for (const vector of vectors) assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
  assert.ok(dot(vectors[0], vectors[2]) > 0.9999);
  assert.ok(dot(vectors[0], vectors[1]) < 0.999);
  assert.ok(engine.statistics().evaluatedTokens > 0);
});

test('a text that is too long is refused, by its number and length, before any is evaluated', async (t) => {
  const engine = await open(t, { file: embeddingSpecimen(), kind: 'embedding' });
  const long = prose('length', engine.card.contextTokens * 2);
  await assert.rejects(engine.embed(['short', long], 'foreground', never), {
    problem: 'prompt-too-long',
    message: /Text 2 of 2 has \d+ tokens/,
  });
  assert.equal(engine.statistics().evaluatedTokens, 0);
});

test('embedding many texts can be stopped between two of them, and be overtaken', async (t) => {
  const engine = await open(t, { file: embeddingSpecimen(), kind: 'embedding' });
  const many = Array.from({ length: 200 }, (_, n) => prose(`text ${n}`, 60));
  const stop = new AbortController();
  const stopped = engine.embed(many, 'background', stop.signal);
  await engine.embed(['a question'], 'foreground', never);
  stop.abort(new Error('enough'));
  await assert.rejects(stopped, /enough/);
  assert.ok(engine.statistics().evaluatedTokens < 100 * 60);
  assert.equal((await engine.embed(['again'], 'foreground', never)).length, 1);
});

test('a ranking model scores documents between 0 and 1', async (t) => {
  const engine = await open(t, { file: rankingSpecimen(), kind: 'ranking' });
  const scores = await engine.rank('How does attention weigh tokens?', texts, 'foreground', never);
  assert.equal(scores.length, 2);
  assert.ok(scores.every((score) => score >= 0 && score <= 1));
  await assert.rejects(engine.embed(['a'], 'foreground', never), { problem: 'not-supported' });
  assert.throws(() => engine.countPrompt([{ role: 'user', text: 'a' }]), { problem: 'not-supported' });
});

test('a model is refused for what it can’t do', async (t) => {
  await assert.rejects(open(t, { kind: 'ranking' }), { problem: 'not-supported' });
  const engine = await open(t, { file: embeddingSpecimen(), kind: 'embedding' });
  await assert.rejects(engine.rank('a', ['b'], 'foreground', never), { problem: 'not-supported' });
  await engine.dispose();
  await assert.rejects(engine.embed(['a'], 'foreground', never), { problem: 'ended' });
});
