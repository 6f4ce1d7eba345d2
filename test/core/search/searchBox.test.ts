import assert from 'node:assert/strict';
import { test } from 'node:test';
import { study } from '../study.ts';

const { search } = study;

test('every prefix of a chapter’s name finds something, and the whole finds the chapter', () => {
  for (const [typed, chapterId] of [
    ['FlashAttention', 'flashattention'],
    ['Parameter Quantization', 'parameter-quantization'],
    ['speculative decoding', 'speculative-decoding'],
    ['Variational Auto-Encoders', 'variational-auto-encoders'],
    ['retrieval-augmented generation', 'retrieval-augmented-generation'],
  ] as const) {
    for (let end = 3; end <= typed.length; end++) {
      assert.ok(search(typed.slice(0, end), 10).length > 0, typed.slice(0, end));
    }
    assert.equal(search(typed, 10)[0]?.chapterId, chapterId, typed);
  }
});

test('a slip of the finger still finds the chapter', () => {
  for (const [typed, chapterId] of [
    ['speculitive decoding', 'speculative-decoding'],
    ['flashattenton', 'flashattention'],
    ['quantisaton', 'parameter-quantization'],
    ['reinforcment learning', 'reinforcement-learning'],
    ['markvo models', 'markov-models'],
  ] as const) {
    const found = search(typed, 5).map((hit) => hit.chapterId);
    assert.ok(found.includes(chapterId), `${typed}: ${found.join(', ')}`);
  }
});

test('nonsense finds nothing, and an English word isn’t taken for a typo of another', () => {
  for (const typed of ['zzqqxxyy', 'zzqqxxyy ', 'title:', 'woripu', 'newopu?']) {
    assert.deepEqual(search(typed, 5), [], typed);
  }
});

test('the ranges of a hit are the matched words of its snippet', () => {
  const hits = search('kv cache', 20);
  assert.ok(hits.length > 3);
  const marked = hits.flatMap(({ snippet, matches }) =>
    matches.map(([from, to]) => snippet.slice(from, to).toLowerCase()),
  );
  assert.ok(marked.length > 3);
  for (const word of marked) assert.match(word, /kv|cach/);
});

test('no input throws, hangs or returns more than was asked for', () => {
  const nasty = [
    '',
    ' ',
    ':',
    'title:',
    'a:b',
    '~',
    '^5',
    '+x -y',
    '*',
    '**',
    '*a',
    'a*',
    '"',
    '\\',
    '__proto__',
    'constructor',
    'hasOwnProperty toString',
    'attention~9999',
    'x'.repeat(100_000),
    'the of and',
    '😀 🏳️‍🌈',
    '\u202e\u0000',
    'C++',
    'what is attention?',
    'LoRA: rank',
  ];
  let seed = 11;
  const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const random = Array.from({ length: 300 }, () =>
    Array.from({ length: next(30) }, () => String.fromCharCode(32 + next(95))).join(''),
  );
  for (const typed of [...nasty, ...random]) {
    const hits = search(typed, 7);
    assert.ok(hits.length <= 7);
    for (const hit of hits) assert.ok(study.passages.has(hit.passageId));
  }
  assert.ok(search('what is attention?', 5).length > 0);
  assert.ok(search('LoRA: rank', 5).length > 0);
  assert.deepEqual(search('the of and', 5).slice(5), []);
});
