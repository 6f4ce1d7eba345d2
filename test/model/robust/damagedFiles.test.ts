// Hundreds of damaged models, each chosen as a learner would choose it. Whatever becomes of it, the learner is told, this
// process lives, and a good model goes on answering.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlive } from '../../../src/model/remoteProcess.ts';
import { openedIn, place, runFiles, until } from '../process/support.ts';
import type { Verdict } from './damage.ts';
import { answer, choose, everyDamage, readSpecimen, realEntry, specimenPlace, twoAtATime, within } from './support.ts';
import type { Outcome } from './support.ts';

/** What the learner has to read of each kind of damage. */
const words: Readonly<Partial<Record<Verdict, RegExp>>> = {
  'not-gguf': /is not a GGUF model file/,
  version: /GGUF version that can’t be read/,
  damaged: /header of .+ is damaged/,
  'cut-short': /is incomplete: part of the model is missing at its end/,
  architecture: /kind of model that the engine doesn’t know/,
  shape: /description of the network .+ makes no sense/,
  tokenizer: /vocabulary .+ is missing or damaged/,
  template: /chat template .+ can’t be run/,
  tensors: /list of weights .+ is incomplete or damaged/,
  'not-a-language-model': /belongs to a model but isn’t one by itself/,
};

function judge(what: string, verdict: Verdict, fileName: string, outcome: Outcome): void {
  if (outcome.type === 'refused') {
    assert.ok(outcome.message.includes(fileName), `${what}: ${outcome.message}`);
    assert.match(outcome.message, words[outcome.problem as Verdict] ?? /never/, what);
    if (verdict !== 'open' && verdict !== 'refused')
      assert.equal(outcome.problem, verdict, `${what}: ${outcome.detail}`);
    // The log has more to say than the learner is told.
    assert.ok(outcome.detail.length > fileName.length + 10 && !outcome.detail.includes(outcome.message), what);
    return;
  }
  assert.equal(verdict, 'open', `${what} is ${outcome.type}`);
  if (outcome.type === 'failed') assertWords(what, outcome.error.message);
}

/** A sentence for people: not an error's name, and not a number. */
function assertWords(what: string, message: string): void {
  assert.match(message, /^\p{Lu}.{20,}\.$/su, what);
  assert.doesNotMatch(message, /undefined|\[object|\n|GGML_ASSERT/, what);
}

test('every damaged file is refused in words or used, and the next question is answered each time', async (t) => {
  const gguf = await readSpecimen();
  const damaged = everyDamage(gguf);
  assert.ok(damaged.length >= 300);
  assert.equal(new Set(damaged.map(({ name }) => name)).size, damaged.length);
  const good = await openedIn(t, (await specimenPlace(t)).options);
  const bad = place(t, '', { entry: realEntry, loadTimeoutMs: 8_000, silenceMs: 4_000 });
  const expected = await answer(good, 'What is attention?', 1);
  assert.notEqual(expected, '');
  const counts = { refused: 0, failed: 0, answered: 0 };

  await twoAtATime(damaged, async (one, index) => {
    const fileName = `m${index}.gguf`;
    const outcome = await within(90_000, one.name, choose(bad, one, fileName));
    counts[outcome.type]++;
    judge(one.name, one.verdict, fileName, outcome);
    assert.equal(await within(60_000, 'the next question', answer(good, 'What is attention?', 1)), expected, one.name);
  });

  t.diagnostic(`${damaged.length} files: ${JSON.stringify(counts)}`);
  assert.ok(counts.refused >= 300);
  // Some damage can be lived with: or the check would refuse what is good.
  assert.ok(counts.answered >= 10);
  await until(() => runFiles(bad.options.runFolder).every(({ pid }) => !isAlive(pid)));
  const again = await openedIn(t, (await specimenPlace(t)).options);
  assert.equal(await answer(again, 'What is attention?', 1), expected);
});

const block = 'llama.block_count is';
const attention = 'llama.attention.';

/** What ends the engine's process, or has it read for ever. */
const killers: readonly RegExp[] = [
  new RegExp(`^${block} (0|600|4000000000)$`),
  /^llama\.embedding_length is 0$/,
  new RegExp(`^${attention}head_count is 0$`),
  new RegExp(`^${attention}head_count_kv is 0$`),
  new RegExp(`^${attention}layer_norm_rms_epsilon is (NaN|-0.00001)$`),
  /^length of (the key general\.architecture|tokenizer\.chat_template|general\.name) is (2\^31|2\^40|-1)$/,
  /^first string of tokenizer\.ggml\.tokens is (2\^31|-1)$/,
  /^number of tensors is (2\^40|2\^63|-1)$/,
  /^number of entries is (2\^40|-1)$/,
];

test('what the check would have stopped is survived without it too', async (t) => {
  const damaged = everyDamage(await readSpecimen());
  const known = killers.flatMap((pattern) => {
    const found = damaged.filter(({ name }) => pattern.test(name));
    assert.ok(found.length > 0, String(pattern));
    return found;
  });
  const others = damaged.filter(({ verdict }, n) => verdict !== 'open' && n % 19 === 0);
  const sample = [...new Set([...known, ...others])];
  assert.ok(sample.length >= 40);
  const good = await openedIn(t, (await specimenPlace(t)).options);
  const bad = place(t, '', { entry: realEntry, loadTimeoutMs: 6_000, silenceMs: 4_000 });
  const problems: Record<string, number> = {};

  await twoAtATime(sample, async (one, index) => {
    const outcome = await within(90_000, one.name, choose(bad, one, `m${index}.gguf`, true));
    const problem = outcome.type === 'failed' ? outcome.error.problem : outcome.type;
    problems[problem] = (problems[problem] ?? 0) + 1;
    if (known.includes(one)) assert.equal(outcome.type, 'failed', one.name);
    if (outcome.type === 'failed') assertWords(one.name, outcome.error.message);
    assert.notEqual(await within(60_000, 'the next question', answer(good, 'What is attention?', 1)), '', one.name);
  });

  t.diagnostic(`${sample.length} files: ${JSON.stringify(problems)}`);
  // If none of them ends a process any more, this test has nothing left to show.
  assert.ok((problems['ended'] ?? 0) > 0 && (problems['silent'] ?? 0) > 0);
  await until(() => runFiles(bad.options.runFolder).every(({ pid }) => !isAlive(pid)));
});
