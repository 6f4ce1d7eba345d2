// Guessing ahead changes what an answer costs, never what it says.
//
// Several tokens at once are rounded otherwise than one by one, so that two that are as good as equally likely may change
// places, and what follows is another text. Such a place is the only excuse: it is looked up in the model's own probabilities.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getLlama, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { between, seeded } from '../../../scripts/specimen/random.ts';
import type { Sampling } from '../../../src/core/model/language.ts';
import { generateTokens } from '../../../src/model/engine/generateTokens.ts';
import { createGuessing, noGuessing, type Guessing } from '../../../src/model/engine/guessing.ts';
import { penalisedTokens } from '../../../src/model/engine/sampling.ts';
import { specimen } from '../specimen/specimen.ts';
import { prose } from './opened.ts';

let model: LlamaModel;
let sequence: LlamaContextSequence;

before(async () => {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1 });
  model = await llama.loadModel({ modelPath: await specimen('f16') });
  const context = await model.createContext({ contextSize: 1024, threads: 1, batchSize: 128 });
  sequence = context.getSequence();
});

after(() => model.dispose());

const questions = ['What is attention?', 'Repeat: a model learns how one token follows another.', 'Why tokens?'];

const samplings: Readonly<Record<string, Sampling>> = {
  'the likeliest token each time': { temperature: 0 },
  'tokens drawn by a seed': { temperature: 0.8, seed: 7 },
  'the likeliest with a penalty for repeating': { temperature: 0, repeatPenalty: 1.2 },
};

/** Guesses what is right for a while and then goes astray, at all lengths. */
function astray(right: readonly Token[]): Guessing {
  const random = seeded(5);
  let at = 0;
  return {
    guess: (most) => {
      const good = right.slice(at, at + between(random, 0, 9));
      const bad = Array.from({ length: between(random, 0, 4) }, () => between(random, 300, 1500) as Token);
      return Promise.resolve([...good, ...bad].slice(0, most));
    },
    came: (tokens) => {
      at += tokens.length;
    },
  };
}

interface Written {
  readonly tokens: readonly Token[];
  readonly drafted: number;
  readonly accepted: number;
}

async function write(prompt: readonly Token[], sampling: Sampling, guessing: Guessing): Promise<Written> {
  await sequence.clearHistory();
  const tokens: Token[] = [];
  let drafted = 0;
  let accepted = 0;
  await generateTokens(
    {
      sequence,
      pending: prompt,
      before: [],
      maxTokens: 64,
      sampling,
      signal: new AbortController().signal,
      onTokens: (next) => {
        tokens.push(...next);
        return true;
      },
      betweenSteps: () => Promise.resolve(),
    },
    guessing,
    (guessed, right) => {
      drafted += guessed;
      accepted += right;
    },
  );
  return { tokens, drafted, accepted };
}

/** What may come after `tokens`, the likeliest first. */
async function likelihoods(tokens: readonly Token[], sampling: Sampling): Promise<[Token, number][]> {
  await sequence.clearHistory();
  const { temperature, repeatPenalty = 1 } = sampling;
  const options = {
    temperature: temperature === 0 ? 1 : temperature,
    topK: 0,
    topP: 1,
    minP: 0,
    ...(repeatPenalty !== 1 && {
      repeatPenalty: { penalty: repeatPenalty, punishTokens: tokens.slice(-penalisedTokens) },
    }),
  };
  const last = tokens.at(-1);
  assert.ok(last !== undefined);
  const results = await sequence.controlledEvaluate([
    ...tokens.slice(0, -1),
    [last, { generateNext: { probabilities: true, options } }],
  ]);
  return [...(results.at(-1)?.next.probabilities ?? [])].sort(([, a], [, b]) => b - a);
}

/** Fails unless two texts are the same or part where rounding alone decides. */
async function assertSame(
  prompt: readonly Token[],
  sampling: Sampling,
  expected: readonly Token[],
  actual: readonly Token[],
): Promise<void> {
  const parting = expected.findIndex((token, n) => token !== actual[n]);
  const at = parting < 0 ? expected.length : parting;
  if (at === expected.length && at === actual.length) return;
  const end = model.tokens.eos;
  assert.ok(end !== null);
  const pair = [expected[at] ?? end, actual[at] ?? end] as const;
  const likely = await likelihoods([...prompt, ...expected.slice(0, at)], sampling);
  const [first = -1, second = -1] = pair
    .map((token) => likely.findIndex(([other]) => other === token))
    .sort((a, b) => a - b);
  const share = (rank: number): number => likely[rank]?.[1] ?? 0;
  const told = `token ${at}: ${pair.map((token) => JSON.stringify(model.detokenize([token]))).join(' or ')}, ${share(first)} or ${share(second)}`;
  assert.ok(first >= 0, told);
  if (sampling.temperature === 0) {
    assert.equal(first, 0, told);
    assert.ok(share(second) > 0.98 * share(first), told);
  } else {
    // A number is drawn from all their shares laid side by side: rounding moves it to a neighbour at most.
    const between = likely.slice(first + 1, second).reduce((sum, [, part]) => sum + part, 0);
    assert.ok(between < 0.01, told);
  }
}

for (const [name, sampling] of Object.entries(samplings)) {
  test(`${name}: the same text, whether guesses are right, wrong, or not made`, async () => {
    let looked = 0;
    for (const question of questions) {
      const prompt = model.tokenize(`${prose('attention', 200)}\n\n${question}\n\n`);
      const plain = await write(prompt, sampling, noGuessing);
      assert.ok(plain.tokens.length > 8, model.detokenize(plain.tokens));
      for (const guessing of [createGuessing(prompt, 15), astray(plain.tokens)]) {
        const guessed = await write(prompt, sampling, guessing);
        looked += guessed.accepted;
        await assertSame(prompt, sampling, plain.tokens, guessed.tokens);
      }
      const misled = await write(prompt, sampling, astray(plain.tokens));
      assert.ok(misled.drafted > misled.accepted, 'no guess was ever wrong');
    }
    assert.ok(looked > 50, `${looked} guesses were right`);
  });
}

test('rounding excuses little: nearly everywhere one token is clearly likelier than the next', async () => {
  const prompt = model.tokenize(`${prose('attention', 200)}\n\n${questions[0] ?? ''}\n\n`);
  const { tokens } = await write(prompt, { temperature: 0 }, noGuessing);
  let close = 0;
  for (const at of tokens.keys()) {
    const [[, first] = [0, 0], [, second] = [0, 0]] = await likelihoods([...prompt, ...tokens.slice(0, at)], {
      temperature: 0,
    });
    if (second > 0.98 * first) close++;
  }
  assert.ok(close <= tokens.length / 20, `${close} of ${tokens.length}`);
});
