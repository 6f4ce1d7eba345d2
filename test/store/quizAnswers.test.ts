import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuizItem } from '../../src/core/quizzes.ts';
import { editionOf, quizSubjectNow } from '../../src/core/study/edition.ts';
import {
  beginQuiz,
  eventsOf,
  gradeRecall,
  renamedIn,
  revealAnswer,
  unsavedAnswers,
} from '../../src/core/study/quiz.ts';
import { cardIdsOf } from '../../src/core/study/quizCard.ts';
import { quizStanding, tallyOf } from '../../src/core/study/quizStanding.ts';
import { listCards } from '../../src/store/cards.ts';
import { hadCard, quizAnswersIn } from '../../src/store/quizAnswers.ts';
import type { Store } from '../../src/store/store.ts';
import { chapter, smallCurriculum } from '../core/smallCurriculum.ts';
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
  assert.equal(store.read(hadCard(['quiz:gan/a'])), false);
  store.record({ kind: 'quiz', subject: 'gan/a', correct: false, grader: 'choice' });
  assert.equal(store.read(hadCard(['quiz:gan/a'])), false);
  store.record({ kind: 'card', subject: 'quiz:gan/a', card: { front: 'f', back: 'b' } });
  assert.equal(store.read(hadCard(['quiz:gan/a'])), true);
  store.record({ kind: 'card', subject: 'quiz:gan/a', card: null });
  assert.equal(store.read(hadCard(['quiz:gan/a'])), true);
  assert.equal(store.read(hadCard(['quiz:gan/b'])), false);
});

test('after a chapter was renamed its earlier answers count, and no item gets a second card', (t) => {
  const path = freshPath(t);
  const itemOf = (chapterId: string): QuizItem => ({
    chapterId,
    id: 'one',
    prompt: { markdown: 'p', html: 'p' },
    anchor: 'why',
    kind: 'recall',
    answer: { markdown: 'a', html: 'a' },
  });
  const answered = (
    store: Store,
    item: QuizItem,
    formerIds: readonly string[],
    grade: 'had' | 'not',
  ): ReturnType<typeof eventsOf>['card'] => {
    const begun = beginQuiz('quiz', 'title', 'seed', [`${item.chapterId}/${item.id}`]);
    const session = gradeRecall(revealAnswer(begun, item, 'typed'), grade);
    const [question] = unsavedAnswers(session);
    assert.ok(question);
    const { events, card } = eventsOf(question, item, store.read(hadCard(cardIdsOf(item, formerIds))));
    store.recordAll(events);
    return card;
  };
  const first = open(t, path, { edition: editionOf(smallCurriculum) }).store;
  assert.equal(answered(first, itemOf('rnn'), [], 'not'), 'made');
  first.dispose();

  const { rnn: _, ...others } = smallCurriculum.chapters;
  const recurrence = chapter('recurrence', 'basics', { formerIds: ['rnn'] });
  const second = editionOf({ ...smallCurriculum, chapters: { ...others, recurrence } });
  const { store } = open(t, path, { edition: second });
  const tally = (): ReturnType<typeof tallyOf> =>
    tallyOf(['recurrence/one'], quizStanding(store.read(quizAnswersIn('recurrence', recurrence.formerIds))));
  assert.deepEqual(tally(), { items: 1, answered: 1, right: 0 });
  assert.equal(answered(store, itemOf('recurrence'), ['rnn'], 'not'), 'there');
  assert.deepEqual(
    store.read(listCards).map(({ id }) => id),
    ['quiz:rnn/one'],
  );
  answered(store, itemOf('recurrence'), ['rnn'], 'had');
  assert.deepEqual(tally(), { items: 1, answered: 1, right: 1 });
  assert.deepEqual(quizStanding(store.events(['quiz'])).get('recurrence/one')?.answers, 3);

  // A quiz that was open when the companion was upgraded.
  const kept = beginQuiz('quiz', 'title', 'seed', ['rnn/one', 'flash/one']);
  assert.deepEqual(
    renamedIn(kept, (subject) => quizSubjectNow(second, subject)).questions.map(({ subject }) => subject),
    ['recurrence/one', 'flash/one'],
  );
});
