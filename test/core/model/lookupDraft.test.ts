import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDraftPolicy, expectedCost } from '../../../src/core/model/draftPolicy.ts';
import { createLookupDraft } from '../../../src/core/model/lookupDraft.ts';

/** Numbers that look random and are the same each time. */
function numbers(seed: number, count: number, below: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  });
}

/** Generates `answer` after `prompt` as the engine does, and says how many single steps that takes the time of. */
function steps(prompt: readonly number[], answer: readonly number[]): number {
  const lookup = createLookupDraft(prompt);
  const policy = createDraftPolicy(63);
  let spent = 0;
  for (let at = 0; at < answer.length;) {
    const next = policy.next();
    const guess = next && lookup.guess(next.most, next.fewest);
    if (!guess || guess.tokens.length === 0 || !policy.accepts(guess.matched)) {
      lookup.add(answer[at++] ?? 0);
      policy.stepped();
      spent++;
      continue;
    }
    let accepted = 0;
    while (accepted < guess.tokens.length && guess.tokens[accepted] === answer[at + accepted]) accepted++;
    const cost = expectedCost(guess.tokens.length);
    policy.checked(guess.tokens.length, accepted, cost);
    spent += cost;
    for (const token of answer.slice(at, at + accepted + 1)) lookup.add(token);
    at += accepted + 1;
  }
  return spent;
}

test('a guess goes on where the same tokens stood before', () => {
  const lookup = createLookupDraft([1, 2, 3, 4, 5, 6, 9, 2, 3]);
  assert.deepEqual(lookup.guess(3, 2), { tokens: [4, 5, 6], matched: 2 });
  assert.deepEqual(lookup.guess(3, 3).tokens, []);
});

test('the longest match wins, of equal ones the newest', () => {
  assert.deepEqual(createLookupDraft([7, 1, 2, 50, 8, 1, 2, 60, 7, 1, 2]).guess(1, 2), { tokens: [50], matched: 3 });
  assert.deepEqual(createLookupDraft([7, 1, 2, 50, 8, 1, 2, 60, 9, 1, 2]).guess(1, 2), { tokens: [60], matched: 2 });
});

test('nothing is guessed from too little', () => {
  assert.deepEqual(createLookupDraft([]).guess(8, 2).tokens, []);
  assert.deepEqual(createLookupDraft([1]).guess(8, 2).tokens, []);
  assert.deepEqual(createLookupDraft([1, 2, 3]).guess(8, 2).tokens, []);
});

test('behind a token that was changed in passing, the run goes on', () => {
  const source = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];
  const lookup = createLookupDraft([...source, 0, 11, 12]);
  lookup.guess(8, 2);
  for (const token of [13, 14, 15, 16, 99]) lookup.add(token);
  assert.deepEqual(lookup.guess(4, 2).tokens, [18, 19, 20, 21]);
});

test('behind a token that was left out, too', () => {
  const lookup = createLookupDraft([11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 0, 11, 12]);
  lookup.guess(8, 2);
  for (const token of [13, 14, 15, 16, 18]) lookup.add(token);
  assert.deepEqual(lookup.guess(2, 2).tokens, [19, 20]);
});

test('a verbatim answer takes less than 1 / 2.5 of the time', () => {
  const prompt = numbers(1, 1200, 5000);
  assert.ok(steps(prompt, prompt.slice(300, 556)) < 256 / 2.5);
});

test('an answer with every tenth token changed takes less than 1 / 1.5 of the time', () => {
  const prompt = numbers(1, 1200, 5000);
  const answer = prompt.slice(300, 556).map((token, index) => (index % 10 === 9 ? token + 5000 : token));
  assert.ok(steps(prompt, answer) < 256 / 1.5);
});

test('tokens put in or left out are got over too', () => {
  const prompt = numbers(1, 1200, 5000);
  const answer = prompt
    .slice(300, 600)
    .flatMap((token, index) => (index % 12 === 11 ? [] : index % 12 === 5 ? [token, token + 5000] : [token]));
  assert.ok(steps(prompt, answer) < answer.length / 1.2);
});

test('an answer that repeats nothing loses nothing', () => {
  assert.equal(steps(numbers(1, 1200, 5000), numbers(2, 256, 1_000_000)), 256);
});

test('however misleading the matches, less than 1 in 20 of the time is lost', () => {
  for (const length of [128, 256, 512]) {
    // Every three tokens have occurred before, and each time something else followed.
    const prompt = numbers(3, 4000, 12);
    const answer = numbers(4, length, 12).map((token, index) => (index % 4 === 3 ? token + 1000 : token));
    const spent = steps(prompt, answer);
    assert.ok(spent <= length / 0.95, `${length} tokens took ${spent} steps`);
  }
});

test('a quotation after much that was none is still noticed', () => {
  const prompt = numbers(3, 1000, 12).concat(numbers(1, 600, 5000));
  const answer = numbers(4, 200, 12).concat(prompt.slice(1100, 1400));
  assert.ok(steps(prompt, answer) < 200 / 0.9 + 300 / 2);
});
