import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quizSubject } from '../../../src/core/quizzes.ts';
import type { QuizItem } from '../../../src/core/quizzes.ts';
import { parseQuizSession } from '../../../src/core/study/parseQuizSession.ts';
import { parseStudyEvent } from '../../../src/core/study/parseStudyEvent.ts';
import {
  answerChoice,
  beginQuiz,
  choiceOrder,
  currentQuestion,
  endQuiz,
  eventsOf,
  giveOpinion,
  gradeRecall,
  grades,
  markSaved,
  nextQuestion,
  quizResult,
  revealAnswer,
  unsavedAnswers,
  withoutUnknown,
} from '../../../src/core/study/quiz.ts';
import type { QuizSession } from '../../../src/core/study/quiz.ts';
import { shuffled } from '../../../src/core/study/shuffle.ts';
import { choiceItem, recallItem } from './smallQuizzes.ts';

const items: readonly QuizItem[] = [
  choiceItem('markov', 'c0'),
  recallItem('markov', 'r0'),
  choiceItem('rnn', 'c1'),
  recallItem('rnn', 'r1'),
];
const subjectOf = (item: QuizItem): string => quizSubject(item.chapterId, item.id);
const begun = beginQuiz('id', 'Title', 'seed', items.map(subjectOf));
const [choice, recall] = items;
assert.ok(choice && recall);

const itemAt = (session: QuizSession): QuizItem | undefined =>
  items.find((item) => subjectOf(item) === currentQuestion(session)?.subject);

/** Every message that a page can send, and some that make no sense at the moment. */
const steps: readonly ((session: QuizSession) => QuizSession)[] = [
  ...[0, 1, 2, 3, 4, -1, undefined].map((place) => (session: QuizSession) => {
    const item = itemAt(session);
    return item ? answerChoice(session, item, place) : session;
  }),
  (session) => answerChoice(session, choice, 1),
  (session) => revealAnswer(session, recall, 'words'),
  (session) => {
    const item = itemAt(session);
    return item ? revealAnswer(session, item, 'words') : session;
  },
  (session) => giveOpinion(session, currentQuestion(session)?.subject ?? '', { grade: 'partly', reason: 'So.' }),
  (session) => giveOpinion(session, 'markov/r0', { grade: 'had', reason: 'So.' }),
  ...grades.map((grade) => (session: QuizSession) => gradeRecall(session, grade)),
  nextQuestion,
  nextQuestion,
  (session) => markSaved(session, 'markov/c0', 'made'),
];

test('whatever is said, in whatever order: one answer a question, none changed, and no question is passed over', () => {
  for (let run = 0; run < 400; run++) {
    let session = begun;
    for (const step of shuffled([...steps, ...steps, ...steps], `run ${run}`)) {
      const next = step(session);
      assert.equal(next.questions.length, session.questions.length);
      next.questions.forEach(({ answer }, index) => {
        const before = session.questions[index]?.answer;
        if (before) assert.deepEqual({ ...answer, card: undefined }, { ...before, card: undefined });
        if (answer && !before) assert.equal(index, session.at);
        assert.equal(answer !== undefined && index > next.at, false);
        if (index < next.at) assert.ok(answer);
      });
      assert.ok(next.at === session.at || next.at === session.at + 1);
      assert.deepEqual(parseQuizSession(JSON.parse(JSON.stringify(next))), next);
      session = next;
    }
    const { answered, right, wrong } = quizResult(session);
    assert.equal(answered, right + wrong.length);
  }
});

test('the choices are mixed by the seed, each there once, and the place in the item is what counts', () => {
  const orders = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const session = beginQuiz('id', '', `${seed}`, [subjectOf(choice)]);
    const order = choiceOrder(session, choice);
    assert.deepEqual(order.toSorted(), [0, 1, 2, 3]);
    assert.deepEqual(order, choiceOrder(session, choice));
    orders.add(order.join());
    assert.equal(answerChoice(session, choice, 2).questions[0]?.answer?.correct, true);
    assert.equal(answerChoice(session, choice, 0).questions[0]?.answer?.correct, false);
  }
  assert.ok(orders.size > 10, `${orders.size} orders`);
});

test('who doesn’t know is wrong, without a choice', () => {
  assert.deepEqual(answerChoice(begun, choice, undefined).questions[0]?.answer, { correct: false, grader: 'choice' });
});

test('the learner’s grade counts; the model is the grader only where they agree with it', () => {
  const at = revealAnswer(beginQuiz('id', '', 's', [subjectOf(recall)]), recall, 'words');
  const judged = giveOpinion(at, subjectOf(recall), { grade: 'had', reason: 'So.' });
  const answerOf = (session: QuizSession) => session.questions[0]?.answer;
  assert.deepEqual(answerOf(gradeRecall(at, 'had')), { correct: true, grader: 'self', grade: 'had' });
  assert.deepEqual(answerOf(gradeRecall(judged, 'had')), { correct: true, grader: 'model', grade: 'had' });
  assert.deepEqual(answerOf(gradeRecall(judged, 'not')), { correct: false, grader: 'self', grade: 'not' });
  assert.deepEqual(answerOf(gradeRecall(at, 'partly')), { correct: false, grader: 'self', grade: 'partly' });
  const graded = gradeRecall(at, 'not');
  assert.equal(giveOpinion(graded, subjectOf(recall), { grade: 'had', reason: 'Too late.' }), graded);
});

test('a wrong answer is an answer and a card, if there is none yet; a right one is an answer', () => {
  const wrong = answerChoice(begun, choice, 0);
  const [question] = unsavedAnswers(wrong);
  assert.ok(question);
  const { events, card } = eventsOf(question, choice, false);
  assert.equal(card, 'made');
  assert.deepEqual(events, [
    { kind: 'quiz', subject: 'markov/c0', correct: false, grader: 'choice' },
    {
      kind: 'card',
      subject: 'quiz:markov/c0',
      card: {
        front: 'Which c0?\n\n- c0 a\n- c0 b\n- c0 c\n- c0 d',
        back: '**c0 c**\n\nBecause of c.',
        origin: { chapterId: 'markov', anchor: 'why', itemId: 'c0' },
      },
    },
  ]);
  for (const event of events) assert.equal(typeof parseStudyEvent({ ...event, id: 'x', at: 1 }), 'object');
  assert.deepEqual(eventsOf(question, choice, true), { events: events.slice(0, 1), card: 'there' });
  const [rightly] = unsavedAnswers(answerChoice(begun, choice, 2));
  assert.ok(rightly);
  assert.deepEqual(eventsOf(rightly, choice, false), {
    events: [{ kind: 'quiz', subject: 'markov/c0', correct: true, grader: 'choice' }],
    card: 'none',
  });
  const saved = markSaved(wrong, 'markov/c0', 'made');
  assert.deepEqual(unsavedAnswers(saved), []);
  assert.deepEqual(quizResult(saved), {
    answered: 1,
    right: 0,
    wrong: ['markov/c0'],
    cardsMade: 1,
    cardsThere: 0,
    unsaved: 0,
  });
});

test('ending early leaves what was answered', () => {
  const ended = endQuiz(nextQuestion(answerChoice(begun, choice, 2)));
  assert.deepEqual(
    ended.questions.map(({ subject }) => subject),
    ['markov/c0'],
  );
  assert.equal(currentQuestion(ended), undefined);
  assert.equal(quizResult(ended).right, 1);
  assert.equal(quizResult(endQuiz(begun)).answered, 0);
});

test('questions that aren’t there any more are left out, and the place is kept', () => {
  const second = nextQuestion(answerChoice(begun, choice, 2));
  const left = withoutUnknown(second, (subject) => subject !== 'markov/c0');
  assert.equal(currentQuestion(left)?.subject, 'markov/r0');
  assert.equal(left.at, 0);
  const other = withoutUnknown(second, (subject) => subject !== 'markov/r0');
  assert.equal(currentQuestion(other)?.subject, 'rnn/c1');
  assert.deepEqual(withoutUnknown(second, () => false).questions, []);
});

test('what a page kept is no quiz if anything about it is wrong', () => {
  const sound = JSON.parse(JSON.stringify(nextQuestion(answerChoice(begun, choice, 2)))) as Record<string, unknown>;
  assert.ok(parseQuizSession(sound));
  const [first, ...rest] = sound['questions'] as Record<string, unknown>[];
  const spoilt: readonly unknown[] = [
    undefined,
    null,
    [],
    'quiz',
    { ...sound, at: -1 },
    { ...sound, at: 5 },
    { ...sound, at: 0.5 },
    { ...sound, at: 2 },
    { ...sound, id: 7 },
    { ...sound, title: 'x'.repeat(1000) },
    { ...sound, questions: 'many' },
    { ...sound, questions: [first, first, ...rest] },
    { ...sound, questions: [{ ...first, subject: '../../etc' }, ...rest] },
    { ...sound, questions: [{ ...first, answer: { correct: 'yes', grader: 'choice' } }, ...rest] },
    { ...sound, questions: [{ ...first, answer: { correct: true, grader: 'somebody' } }, ...rest] },
    { ...sound, questions: [{ ...first, opinion: { grade: 'superb', reason: '' } }, ...rest] },
    { ...sound, questions: [{ ...first, typed: 'x'.repeat(5000) }, ...rest] },
    { ...sound, questions: Array.from({ length: 2000 }, (_, n) => ({ subject: `a/${n}` })) },
  ];
  for (const [index, value] of spoilt.entries()) assert.equal(parseQuizSession(value), undefined, `number ${index}`);
});
