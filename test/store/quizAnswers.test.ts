import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hadCard, quizAnswersIn } from '../../src/store/quizAnswers.ts';
import { freshPath, open } from './support.ts';

test('the answers to one chapter’s quiz, and no others', (t) => {
  const { store } = open(t, freshPath(t));
  for (const subject of ['gan/a', 'gans/a', 'gan/b', 'gan-two/a', 'ga/a', 'gan0/a', 'gan/a']) {
    store.record({ kind: 'quiz', subject, correct: subject === 'gan/b', grader: 'choice' });
  }
  store.record({ kind: 'chapter', subject: 'gan', state: 'studied' });
  store.record({ kind: 'reading', subject: 'gan/a', ms: 5 });
  const found = store.read(quizAnswersIn('gan'));
  assert.deepEqual(
    found.map(({ subject, correct }) => [subject, correct]),
    [
      ['gan/a', false],
      ['gan/b', true],
      ['gan/a', false],
    ],
  );
  assert.deepEqual(store.read(quizAnswersIn('nowhere')), []);
});

test('a card that was there counts as one, also after the learner has removed it', (t) => {
  const { store } = open(t, freshPath(t));
  assert.equal(store.read(hadCard('quiz:gan/a')), false);
  store.record({ kind: 'quiz', subject: 'gan/a', correct: false, grader: 'choice' });
  assert.equal(store.read(hadCard('quiz:gan/a')), false);
  store.record({ kind: 'card', subject: 'quiz:gan/a', card: { front: 'f', back: 'b' } });
  assert.equal(store.read(hadCard('quiz:gan/a')), true);
  store.record({ kind: 'card', subject: 'quiz:gan/a', card: null });
  assert.equal(store.read(hadCard('quiz:gan/a')), true);
  assert.equal(store.read(hadCard('quiz:gan/b')), false);
});
