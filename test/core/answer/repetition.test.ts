import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beforeRepetition } from '../../../src/core/answer/repetition.ts';
import { study } from '../study.ts';

test('a sentence that comes again and again is a loop, kept once', () => {
  const start = 'Decoding is slow. ';
  const sentence = 'The weights are read once a step, and the cache as well. ';
  const text = start + sentence.repeat(4);
  assert.equal(text.slice(0, beforeRepetition(text)).trim(), (start + sentence).trim());
});

test('a word that comes again and again is a loop', () => {
  assert.equal(beforeRepetition(`So it is ${'very '.repeat(31)}`), undefined);
  assert.ok((beforeRepetition(`So it is ${'very '.repeat(40)}`) ?? 1000) < 20);
});

test('ordinary text, rules and empty tables are none', () => {
  for (const passage of study.passages.values()) {
    for (const { text } of passage.sentences) assert.equal(beforeRepetition(text), undefined, text);
  }
  assert.equal(beforeRepetition('-'.repeat(500)), undefined);
  assert.equal(beforeRepetition('| --- '.repeat(100)), undefined);
  assert.equal(beforeRepetition(' '.repeat(500)), undefined);
  assert.equal(beforeRepetition(''), undefined);
});
