import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noProgress, progressFrom } from '../../../src/core/progress.ts';
import { quizOffers, tallyWords } from '../../../src/core/study/quizOffers.ts';
import { chooseSubjects, scopeTitle, subjectsIn } from '../../../src/core/study/quizScope.ts';
import type { QuizMaterial } from '../../../src/core/study/quizScope.ts';
import { quizStanding, quizWeakness, tallyOf } from '../../../src/core/study/quizStanding.ts';
import { shuffled } from '../../../src/core/study/shuffle.ts';
import type { StudyEventOf } from '../../../src/core/study/studyEvent.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { smallCurriculum } from '../smallCurriculum.ts';
import { smallIndex } from './smallQuizzes.ts';

type Answer = StudyEventOf<'quiz'>;
const answer = (at: number, subject: string, correct: boolean): Answer => ({
  kind: 'quiz',
  id: `e${at}-${subject}`,
  at,
  subject,
  correct,
  grader: 'choice',
});

const events: readonly Answer[] = [
  answer(1, 'markov/c0', true),
  answer(2, 'markov/c1', false),
  answer(3, 'markov/c0', false),
  answer(4, 'rnn/c0', true),
  answer(5, 'markov/c1', true),
  answer(6, 'rnn/r0', true),
  answer(7, 'gone/c0', false),
];
const standing = quizStanding(events);
const material: QuizMaterial = { curriculum: smallCurriculum, index: smallIndex, progress: noProgress, standing };
const everything = subjectsIn({ type: 'all' }, material);

test('the standing is the same in whatever order the answers come', () => {
  for (let run = 0; run < 50; run++) {
    assert.deepEqual(quizStanding(shuffled(events, `${run}`)), new Map(standing));
  }
  assert.deepEqual(standing.get('markov/c0'), { answers: 2, right: 1, lastRight: false, lastAt: 3 });
  assert.deepEqual(tallyOf(everything, standing), { items: 16, answered: 4, right: 3 });
});

test('a scope is made of items that are there, in the order of the book', () => {
  const inScope = (chapterIds: readonly string[]) => subjectsIn({ type: 'chapters', chapterIds }, material);
  assert.equal(everything.length, 16);
  assert.deepEqual(inScope(['flash', 'markov']), [...inScope(['markov']), ...inScope(['flash'])]);
  assert.deepEqual(inScope(['__proto__', 'intro', 'nowhere']), []);
  assert.deepEqual(subjectsIn({ type: 'wrong' }, material), ['markov/c0']);
  assert.deepEqual(subjectsIn({ type: 'read' }, material), []);
  const progress = progressFrom([
    { kind: 'chapter', id: 'a', at: 1, subject: 'rnn', state: 'skimmed' },
    { kind: 'position', id: 'b', at: 2, subject: 'markov', position: { anchor: 'summary', fraction: 0 } },
    { kind: 'position', id: 'c', at: 3, subject: 'flash', position: { anchor: 'why', fraction: 0.5 } },
  ]);
  assert.deepEqual(subjectsIn({ type: 'read' }, { ...material, progress }), inScope(['rnn', 'flash']));
});

test('what was wrong comes first, then what was never asked, then what was right, the longest ago first', () => {
  for (let run = 0; run < 100; run++) {
    const all = chooseSubjects(everything, standing, `${run}`, 100);
    assert.deepEqual(all.toSorted(), everything.toSorted());
    assert.equal(all[0], 'markov/c0');
    assert.deepEqual(all.slice(-3), ['rnn/c0', 'markov/c1', 'rnn/r0']);
    assert.deepEqual(chooseSubjects(everything, standing, `${run}`, 5), all.slice(0, 5));
  }
  const orders = new Set(
    Array.from({ length: 50 }, (_, run) => chooseSubjects(everything, standing, `${run}`, 16).join()),
  );
  assert.ok(orders.size > 45, `${orders.size} orders`);
  assert.deepEqual(chooseSubjects(everything, standing, 's', -1), []);
  assert.equal(chooseSubjects([...everything, ...everything], standing, 's', 100).length, 16);
});

test('a mixed list has every element once, by the seed alone, and every place is as likely as any other', () => {
  const counts = new Array<number>(6).fill(0);
  for (let run = 0; run < 6000; run++) {
    const mixed = shuffled([0, 1, 2, 3, 4, 5], `seed ${run}`);
    assert.deepEqual(mixed.toSorted(), [0, 1, 2, 3, 4, 5]);
    const at = mixed.indexOf(0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(count > 850 && count < 1150, counts.join());
  assert.deepEqual(shuffled(['a', 'b', 'c'], 'x'), shuffled(['a', 'b', 'c'], 'x'));
});

test('what is weak: chapters and passages with something wrong the last time, the weakest first', () => {
  assert.deepEqual(quizWeakness(smallIndex, new Map()), { chapters: [], passages: [] });
  const more = quizStanding([...events, answer(8, 'flash/c0', false), answer(9, 'flash/c1', false)]);
  const { chapters, passages } = quizWeakness(smallIndex, more);
  assert.deepEqual(
    chapters.map(({ chapterId }) => chapterId),
    ['flash', 'markov'],
  );
  assert.deepEqual(chapters[1], {
    chapterId: 'markov',
    wrong: 1,
    answered: 2,
    answers: 4,
    wrongAnswers: 2,
    weight: 0.5,
  });
  assert.deepEqual(passages.map(({ chapterId, anchor }) => `${chapterId}#${anchor}`).sort(), [
    'flash#how',
    'flash#why',
    'markov#why',
  ]);
});

test('one wrong answer weighs less than many', () => {
  const weightAfter = (wrong: number): number => {
    const known = quizStanding(Array.from({ length: wrong }, (_, n) => answer(n, `markov/c${n}`, false)));
    return quizWeakness(smallIndex, known).chapters[0]?.weight ?? 0;
  };
  assert.ok(weightAfter(1) < weightAfter(2) && weightAfter(2) < weightAfter(4));
  assert.ok(weightAfter(4) < 1);
});

test('what is offered: this chapter, across chapters, and each section with its chapters, with counts', () => {
  const offers = quizOffers(material, 'markov', inEnglish);
  assert.deepEqual(
    offers.map(({ heading, offers: some }) => [heading, some.map(({ title, tally }) => `${title}: ${tally.items}`)]),
    [
      ['this chapter', ['Title of markov: 6']],
      ['across chapters', ['What you got wrong: 1', 'The whole handbook: 16']],
      ['I. Section basics', ['All of I. Section basics: 12', 'Title of markov: 6', 'Title of rnn: 6']],
      ['II. Section fast', ['All of II. Section fast: 4', 'Title of flash: 4']],
    ],
  );
  assert.equal(
    tallyWords(tallyOf(subjectsIn({ type: 'chapters', chapterIds: ['markov'] }, material), standing), inEnglish),
    '6 questions · 1 of 2 right last time',
  );
  assert.equal(tallyWords({ items: 1, answered: 0, right: 0 }, inEnglish), '1 question');
  assert.deepEqual(quizOffers(material, 'nowhere', inEnglish)[0]?.heading, 'across chapters');
});

test('a quiz is called after what it is about', () => {
  const title = (...chapterIds: string[]) => scopeTitle({ type: 'chapters', chapterIds }, smallCurriculum, inEnglish);
  assert.equal(title('markov'), 'Title of markov');
  assert.equal(title('rnn', 'markov'), 'I. Section basics');
  assert.equal(title('rnn', 'flash'), '2 chapters');
});
