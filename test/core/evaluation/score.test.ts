import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsMentioned } from '../../../src/core/evaluation/facts.ts';
import { parseQuestions, scoreRefusal, scoreRetrieval } from '../../../src/core/evaluation/score.ts';

test('a fact is met at the start of a word, whatever the punctuation', () => {
  assert.equal(
    factsMentioned('The loss is averaged over non-linear samples.', ['average|mean', 'non linear', 'sample']),
    3,
  );
  assert.equal(factsMentioned('A meaningful classification.', ['mean', 'lass']), 1);
  assert.equal(factsMentioned('', ['x']), 0);
});

test('recall, reciprocal rank, refusals and facts are counted as defined', () => {
  const question = (id: string, type: string, chapters: string[]) => ({
    id,
    question: id,
    type,
    chapters,
    must_mention: ['alpha', 'beta|gamma'],
  });
  const score = scoreRetrieval([
    {
      question: question('1', 'direct', ['a']),
      outcome: { chapters: ['a', 'b'], declined: false, answer: 'Alpha and gamma.' },
    },
    {
      question: question('2', 'direct', ['c']),
      outcome: { chapters: ['a', 'b', 'c'], declined: false, answer: 'Alpha.' },
    },
    { question: question('3', 'typo', ['z']), outcome: { chapters: ['a'], declined: true, answer: '' } },
    {
      question: question('4', 'typo', ['z']),
      outcome: { chapters: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'z'], declined: false, answer: 'beta' },
    },
  ]);
  assert.deepEqual(
    { ...score, byType: undefined },
    {
      n: 4,
      recallAt1: 0.25,
      recallAt3: 0.5,
      recallAt5: 0.5,
      mrr: (1 + 1 / 3) / 4,
      falseRefusalRate: 0.25,
      factRecall: (1 + 0.5 + 0 + 0.5) / 4,
      allFacts: 0.25,
      byType: undefined,
    },
  );
  assert.equal(score.byType['direct']?.recallAt3, 1);
  assert.equal(score.byType['typo']?.falseRefusalRate, 0.5);
});

test('refusals are counted by type', () => {
  const item = (type: string, declined: boolean) => ({
    question: { id: '', question: '', type },
    outcome: { chapters: [], declined, answer: '' },
  });
  const score = scoreRefusal([item('off-topic', true), item('off-topic', true), item('injection', false)]);
  assert.deepEqual(score, {
    n: 3,
    refusalRate: 2 / 3,
    byType: { 'off-topic': { n: 2, refusalRate: 1 }, injection: { n: 1, refusalRate: 0 } },
  });
});

test('a file of questions is read, and a bad line is named', () => {
  assert.deepEqual(
    parseQuestions(
      '{"question":"a","history":""}\n\n{"id":"x","question":"b","type":"t","chapters":["c"],"history":["d"]}',
    ),
    [
      { id: 'line 1', type: 'all', question: 'a' },
      { id: 'x', question: 'b', type: 't', chapters: ['c'], history: ['d'] },
    ],
  );
  assert.throws(() => parseQuestions('{"question":"a"}\nnonsense'), /Line 2: /);
  assert.throws(() => parseQuestions('{"question":5}'), /Line 1: "question" is missing/);
});
