// How well the check of support tells carried sentences from others, on material of the curriculum's own: glossary
// definitions and quiz answers say in other words what a passage says; altered and misplaced sentences don't.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCheck } from '../../../src/core/answer/checkSentence.ts';
import { isClaim, readClaim } from '../../../src/core/answer/claim.ts';
import { groundOf, supportOf, wordKnowledge, type Ground } from '../../../src/core/answer/support.ts';
import { parseQuizFile } from '../../../src/core/book/quizFile.ts';
import type { Term } from '../../../src/core/curriculum.ts';
import type { Passage } from '../../../src/core/passages.ts';
import { study } from '../study.ts';
import { randomFrom } from './scripted.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const knowledge = wordKnowledge(study.index);
const passages = [...study.passages.values()];
const titleOf = (chapterId: string): string => study.curriculum.chapters[chapterId]?.title ?? '';
const grounds = new Map<string, Ground>(
  passages.map((passage) => [passage.id, groundOf(passage, titleOf(passage.chapterId))]),
);
const glossary = JSON.parse(readFileSync(join(root, 'dist/curriculum/glossary.json'), 'utf8')) as readonly Term[];
const random = randomFrom(1);
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** A sentence, and the passages of the prompt it is held against. */
type Sample = readonly [text: string, passageIds: readonly string[]];

/** The passage and four others of its chapter, as a prompt holds them. */
function prompted(id: string): string[] {
  const chapter = passages.filter(({ chapterId }) => id.startsWith(`${chapterId}#`)).map((passage) => passage.id);
  return [...new Set([id, ...chapter.slice(0, 5)])].slice(0, 5);
}

/** Passages of other chapters. */
function others(id: string): string[] {
  const elsewhere = passages.filter(({ chapterId }) => !id.startsWith(`${chapterId}#`));
  return [pick(elsewhere), pick(elsewhere), pick(elsewhere), pick(elsewhere), pick(elsewhere)].map(
    (passage) => passage.id,
  );
}

const sentences = passages
  .filter(({ anchor }) => anchor !== 'summary' && anchor !== 'resources')
  .flatMap(({ id, sentences: all }) => all.map(({ text }) => ({ id, text })))
  .filter(({ text }) => text.length >= 40 && text.length <= 350 && random() < 0.25);
const definitions = glossary.map(({ term, definition, passageId }) => ({
  id: passageId,
  text: `${term}: ${definition}`,
}));
const recalled = globSync(join(root, 'curriculum/*/*.quiz.yaml')).flatMap((file) =>
  parseQuizFile(readFileSync(file, 'utf8'), () => undefined).flatMap((item) =>
    item.kind === 'recall' ? [{ id: `${basename(file, '.quiz.yaml')}#${item.passage}`, text: item.answer }] : [],
  ),
);

const share = (samples: readonly Sample[]): number => {
  const claims = samples.filter(([text]) => isClaim(text, readClaim(text)));
  const supported = claims.filter(
    ([text, ids]) =>
      supportOf(
        readClaim(text),
        ids.flatMap((id) => grounds.get(id) ?? []),
        knowledge,
      ).supported,
  );
  return supported.length / claims.length;
};

const carriedSets: Readonly<Record<string, { samples: readonly Sample[]; atLeast: number }>> = {
  'sentences of the passage': { samples: sentences.map(({ id, text }) => [text, prompted(id)]), atLeast: 0.98 },
  'sentences with every fourth word left out': {
    samples: sentences.map(({ id, text }) => [
      text
        .split(' ')
        .filter((_, n) => n % 4 !== 3)
        .join(' '),
      prompted(id),
    ]),
    atLeast: 0.9,
  },
  'glossary definitions': { samples: definitions.map(({ id, text }) => [text, prompted(id)]), atLeast: 0.8 },
  'answers of quizzes': { samples: recalled.map(({ id, text }) => [text, prompted(id)]), atLeast: 0.75 },
};

const uncarriedSets: Readonly<Record<string, { samples: readonly Sample[]; atMost: number }>> = {
  'sentences of other chapters': { samples: sentences.map(({ id, text }) => [text, others(id)]), atMost: 0.03 },
  'definitions from other chapters': { samples: definitions.map(({ id, text }) => [text, others(id)]), atMost: 0.03 },
  'another number': {
    samples: sentences
      .filter(({ text }) => /\b[2-9]\d+\b/.test(text))
      .map(({ id, text }) => [
        text.replace(/\b([2-9]\d+)\b/, (number) => String(Number(number) * 3 + 1)),
        prompted(id),
      ]),
    atMost: 0.15,
  },
  'a denial more': {
    samples: sentences
      .filter(({ text }) => / (is|are|can|does|was) /.test(text))
      .map(({ id, text }) => [text.replace(/ (is|are|can|does|was) /, ' $1 not '), prompted(id)]),
    atMost: 0.05,
  },
  'another thing of the field': {
    samples: sentences.flatMap(({ id, text }): Sample[] => {
      const named = glossary.find(({ term }) => text.toLowerCase().includes(` ${term.toLowerCase()} `));
      if (!named) return [];
      const at = text.toLowerCase().indexOf(` ${named.term.toLowerCase()} `) + 1;
      return [[text.slice(0, at) + pick(glossary).term + text.slice(at + named.term.length), prompted(id)]];
    }),
    atMost: 0.15,
  },
};

for (const [name, { samples, atLeast }] of Object.entries(carriedSets)) {
  test(`carried: ${name}`, (context) => {
    const found = share(samples);
    context.diagnostic(`${(100 * found).toFixed(1)} % of ${samples.length} pass, at least ${100 * atLeast} % should`);
    assert.ok(found >= atLeast, String(found));
  });
}

for (const [name, { samples, atMost }] of Object.entries(uncarriedSets)) {
  test(`not carried: ${name}`, (context) => {
    const found = share(samples);
    context.diagnostic(`${(100 * found).toFixed(1)} % of ${samples.length} pass, at most ${100 * atMost} % should`);
    assert.ok(found <= atMost, String(found));
  });
}

const passage = (text: string, id = 'x#y'): Passage => ({
  id,
  chapterId: 'x',
  anchor: 'y',
  heading: 'Decoding',
  sentences: text.split(/(?<=\.) /).map((sentence) => ({ text: sentence, html: sentence })),
  unquoted: '',
});

function checkAgainst(...all: Passage[]): ReturnType<typeof createCheck> {
  return createCheck(
    {
      passages: all,
      passageOf: (number) => all[number - 1],
      numberOf: (wanted) => all.indexOf(wanted) + 1,
      chapterTitle: () => 'Inference',
    },
    knowledge,
  );
}

const memory = passage(
  'Each decoding step reads all weights once, so it waits for memory. An A100 moves 2,039 GB a second.',
  'x#a',
);
const cache = passage('The cache keeps the keys and values of earlier tokens. It never holds queries.', 'x#b');

test('a sentence is cited by who carries it, whether the model said so or not', () => {
  const check = checkAgainst(memory, cache);
  const claim = 'A decoding step reads all the weights, so it waits for memory.';
  for (const citations of [[1], [], [2], [1, 2]]) {
    const checked = check(claim, citations);
    assert.deepEqual([checked.citations, checked.support], [[1], 'supported'], String(citations));
  }
});

test('the very words that say it are named: a sentence, two that say it together, or none', () => {
  const long = passage(
    'Memory is slow. Each decoding step reads all weights once. So it waits for memory between steps. Nothing else counts.',
    'x#d',
  );
  const check = checkAgainst(long, cache);
  const said = (text: string): string | undefined => check(text, []).said?.get(1);
  assert.equal(
    said('Each decoding step has to read all the weights once.'),
    'Each decoding step reads all weights once.',
  );
  assert.equal(
    said('Since each decoding step reads all weights, it waits for memory between the steps.'),
    'Each decoding step reads all weights once. So it waits for memory between steps.',
  );
  const joined = check('The cache keeps keys and values, while each decoding step reads all weights.', []).said;
  assert.equal(joined?.get(2), 'The cache keeps the keys and values of earlier tokens.');
  // What a passage says in bits and pieces is in none of its sentences.
  const bits = checkAgainst(passage('Weights are many. Decoding is slow. Memory is far. A step is one token.', 'x#e'));
  const spread = bits('Decoding weights from memory takes a token step.', [1]);
  assert.deepEqual([spread.citations, spread.said?.get(1)], [[1], undefined]);
});

test('of the curriculum’s own sentences, the one that was said is the one that is named', () => {
  const without = (text: string): string =>
    text
      .split(' ')
      .filter((_, n) => n % 4 !== 3)
      .join(' ');
  let [named, right] = [0, 0];
  for (const { id, text } of sentences) {
    const from = passages.find((one) => one.id === id);
    if (!from || text.split(' ').length < 10) continue;
    const said = checkAgainst(from)(without(text), [1]).said?.get(1);
    if (said !== undefined) named++;
    if (said?.includes(text)) right++;
  }
  assert.ok(named > 200 && right / named > 0.97, `${right} of ${named}`);
});

test('what no passage carries keeps its citation and is unsupported', () => {
  const check = checkAgainst(memory, cache);
  for (const claim of [
    'The moon is made of green cheese.',
    'Each decoding step does not read all weights, so it waits for memory.',
    'An A100 moves 3,350 GB a second.',
    'Each decoding step reads all LoRA adapters once, so it waits for memory.',
    'Each decoding step reads all teachers once, so it waits for memory.',
  ]) {
    assert.deepEqual(check(claim, [1]), { citations: [1], support: 'unsupported' }, claim);
  }
});

test('a sentence may join two passages', () => {
  const check = checkAgainst(memory, cache);
  const { citations, support } = check(
    'The cache keeps keys and values, while each decoding step reads all weights.',
    [],
  );
  assert.equal(support, 'supported');
  assert.deepEqual(citations.toSorted(), [1, 2]);
});

test('numbers count however they are written', () => {
  const check = checkAgainst(memory, passage('Four heads share two keys.', 'x#c'));
  assert.equal(check('An A100 moves 2039 GB a second.', []).support, 'supported');
  assert.equal(check('4 heads share 2 keys.', []).support, 'supported');
  assert.equal(check('4 heads share 3 keys.', []).support, 'unsupported');
});

test('questions, transitions and remarks on the passages claim nothing', () => {
  const check = checkAgainst(memory);
  for (const text of [
    'What would happen to the speed if the weights were halved in size?',
    'In short:',
    'The passages don’t say how much this costs in a cloud data centre.',
    'Nothing in the handbook covers that, no chapter does.',
    'Think about where the weights are kept between two steps.',
    'That’s right.',
    'x = 2',
  ]) {
    assert.equal(check(text, []).support, 'no-claim', text);
  }
});
