// The quiz page in a real browser, by mouse and by keyboard, in the four themes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { OpinionView, QuizPage } from '../../src/protocol/quiz.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import {
  allRight,
  answeredWrong,
  asked,
  built,
  chosen,
  pageOf,
  placeOf,
  recallAsked,
  recallGraded,
  recallShown,
  result,
  session,
  unsavedResult,
} from './quizSample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages(readFileSync(`${built}/tex.css`, 'utf8'));
});
after(() => pages.close());

async function withPage(
  page: QuizPage,
  run: (quiz: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const quiz = await pages.open('quiz', { width: 900, height: 900, ...options });
  try {
    await quiz.send({ type: 'show', page });
    await run(quiz);
    assert.deepEqual(quiz.faults, []);
  } finally {
    await quiz.close();
  }
}

const button = ({ page }: OpenPage, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const focused = ({ page }: OpenPage) => page.evaluate<string>(`document.activeElement.textContent.trim()`);
const subjectOf = (page: QuizPage): string => (page.step.type === 'question' ? page.step.question.subject : '');
const question = pageOf(asked);
const recall = pageOf(recallAsked);

test('a choice is made with the mouse and counts once it is checked', () =>
  withPage(question, async (quiz) => {
    const { page } = quiz;
    assert.equal(await page.getByText('Question 1 of 2').isVisible(), true);
    assert.equal(await page.getByRole('radio').count(), 4);
    assert.equal(await button(quiz, 'Check').isDisabled(), true, 'nothing is chosen yet');
    await page.locator('label.choice').nth(2).click();
    assert.deepEqual(await quiz.posted('choose'), []);
    await button(quiz, 'Check').click();
    assert.deepEqual(await quiz.next('choose'), { type: 'choose', subject: subjectOf(question), choice: 2 });
    await button(quiz, 'Check').click();
    assert.equal((await quiz.posted('choose')).length, 1, 'a second press says nothing');
  }));

for (const [key, choice] of [
  ['1', 0],
  ['4', 3],
  ['b', 1],
  ['C', 2],
] as const) {
  test(`the key ${key} chooses, Enter checks`, () =>
    withPage(question, async (quiz) => {
      await quiz.page.keyboard.press(key);
      assert.equal(await quiz.page.getByRole('radio').nth(choice).isChecked(), true);
      await quiz.page.keyboard.press('Enter');
      assert.deepEqual(await quiz.next('choose'), { type: 'choose', subject: subjectOf(question), choice });
    }));
}

test('keys that stand for no choice, and Enter without one, do nothing', () =>
  withPage(question, async (quiz) => {
    for (const key of ['5', 'e', '0', 'z', 'Enter', 'Control+a']) await quiz.page.keyboard.press(key);
    assert.equal(await quiz.page.locator('input:checked').count(), 0);
    assert.deepEqual(await quiz.posted('choose'), []);
  }));

test('who doesn’t know says so', () =>
  withPage(question, async (quiz) => {
    await button(quiz, 'I don’t know').click();
    assert.deepEqual(await quiz.next('choose'), { type: 'choose', subject: subjectOf(question) });
  }));

test('after a wrong answer every choice has its reason, right and wrong are told in words, and the passage is quoted', () =>
  withPage(question, async (quiz) => {
    const { page } = quiz;
    const answered = pageOf(answeredWrong);
    assert.ok(answered.step.type === 'question' && answered.step.question.kind === 'choice');
    const { passage, choices } = answered.step.question;
    assert.ok(passage);
    await quiz.send({ type: 'show', page: answered });
    const rows = page.locator('li.choice');
    assert.equal(await rows.count(), 4);
    for (const [index, { told }] of choices.entries()) {
      assert.ok(told && told.reasonHtml !== '');
      assert.equal(await rows.nth(index).locator('.reason').count(), 1);
    }
    const right = choices.findIndex(({ told }) => told?.correct);
    assert.match(await rows.nth(right).innerText(), /The right answer/);
    assert.match(await rows.nth(placeOf(asked, false)).innerText(), /Your answer, wrong/);
    assert.match(
      await page.locator('.verdict').innerText(),
      new RegExp(`Not right\\. The answer is ${'ABCD'[right]}\\.`),
    );
    assert.equal(await page.getByRole('status').innerText(), await page.locator('.verdict').innerText());
    assert.ok((await page.locator('blockquote').innerText()).length > 200);
    await page.getByRole('button', { name: 'Read it in the chapter' }).click();
    assert.deepEqual(await quiz.next('openPassage'), { type: 'openPassage', passageId: passage.passageId });
    assert.match(await page.locator('.where').innerText(), /0 of 1 right/);
  }));

test('Enter goes on: from the button that has the focus, and from anywhere else, once', () =>
  withPage(question, async (quiz) => {
    const answered = pageOf(answeredWrong);
    await quiz.send({ type: 'show', page: answered });
    assert.equal(await focused(quiz), 'Next question');
    await quiz.page.keyboard.press('Enter');
    assert.deepEqual(await quiz.next('next'), { type: 'next', subject: subjectOf(answered) });
    assert.equal((await quiz.posted('next')).length, 1);
    await quiz.page.locator('.prompt').focus();
    await quiz.page.keyboard.press('Enter');
    assert.equal((await quiz.posted('next')).length, 2);
  }));

test('recall: Enter shows the answer, Shift+Enter is a new line, what is written survives a hidden page', async () => {
  await withPage(recall, async (quiz) => {
    await quiz.page.keyboard.type('Only the present');
    await quiz.page.keyboard.press('Shift+Enter');
    await quiz.page.keyboard.type('counts, 1 and A');
    const kept = await quiz.state();
    const text = 'Only the present\ncounts, 1 and A';
    assert.deepEqual((kept as { draft: unknown }).draft, { subject: subjectOf(recall), text });
    await withPage(
      recall,
      async (again) => {
        await again.page.keyboard.press('Enter');
        assert.deepEqual(await again.next('reveal'), { type: 'reveal', subject: subjectOf(recall), text });
      },
      { state: kept },
    );
  });
});

test('the learner’s words are shown as words', () =>
  withPage(pageOf(recallShown), async ({ page }) => {
    assert.match(await page.locator('.typed').innerText(), /<b>now<\/b>/);
    assert.equal(await page.locator('.typed b').count(), 0);
    assert.match(await page.locator('.model-answer').innerText(), /present state/);
    assert.equal(await page.locator('blockquote').count(), 1);
    assert.equal(await page.locator('.opinion').isVisible(), false);
  }));

test('grading oneself by key and by button', async () => {
  const shown = pageOf(recallShown);
  await withPage(shown, async (quiz) => {
    await quiz.page.keyboard.press('2');
    assert.deepEqual(await quiz.next('grade'), { type: 'grade', subject: subjectOf(shown), grade: 'partly' });
    await quiz.page.keyboard.press('1');
    assert.equal((await quiz.posted('grade')).length, 1);
  });
  await withPage(shown, async (quiz) => {
    await button(quiz, 'I had it').click();
    assert.deepEqual(await quiz.next('grade'), { type: 'grade', subject: subjectOf(shown), grade: 'had' });
  });
  await withPage(pageOf(recallGraded), async ({ page }) => {
    assert.match(await page.locator('.verdict').innerText(), /You had it partly\./);
  });
});

test('the model’s opinion streams, can be stopped, is named as one, and leaves the learner’s grade to them', () => {
  const shown = pageOf(recallShown, { state: 'offered' });
  return withPage(shown, async (quiz) => {
    const { page } = quiz;
    const subject = subjectOf(shown);
    const say = (opinion: OpinionView) => quiz.send({ type: 'opinion', subject, opinion });
    const opinion = page.locator('.opinion');
    await button(quiz, 'Ask the model').click();
    assert.deepEqual(await quiz.next('askModel'), { type: 'askModel', subject });
    await say({ state: 'loading', fraction: 0.4 });
    assert.match(await opinion.innerText(), /Loading the model: 40 %/);
    await say({ state: 'writing', reason: 'You named the pre' });
    assert.match(await opinion.innerText(), /The model thinks:\s+.*\s*You named the pre/s);
    await button(quiz, 'Stop').click();
    assert.deepEqual(await quiz.next('stopModel'), { type: 'stopModel', subject });
    await say({ state: 'stopped' });
    await button(quiz, 'Ask again').click();
    assert.equal((await quiz.posted('askModel')).length, 2);
    await say({ state: 'given', reason: 'You named the present state.', grade: 'had' });
    assert.match(await opinion.innerText(), /The model thinks: right\./);
    assert.match(await page.getByRole('status').innerText(), /The model thinks: right\. You named the present state\./);
    assert.deepEqual(await quiz.posted('grade'), [], 'nothing is graded by it');
    await page.keyboard.press('3');
    assert.deepEqual(await quiz.next('grade'), { type: 'grade', subject, grade: 'not' });
    await say({ state: 'failed', message: 'The model ended. Ask again.' });
    assert.match(await opinion.innerText(), /The model ended\. Ask again\./);
  });
});

test('an opinion on another question is not shown', () =>
  withPage(pageOf(recallShown, { state: 'offered' }), async (quiz) => {
    await quiz.send({ type: 'opinion', subject: 'other/item', opinion: { state: 'failed', message: 'Not this one' } });
    assert.doesNotMatch(await quiz.page.locator('.opinion').innerText(), /Not this one/);
  }));

test('an opinion leaves the focus where it is', () =>
  withPage(pageOf(recallShown, { state: 'reading' }), async (quiz) => {
    await button(quiz, 'Partly').focus();
    const given: OpinionView = { state: 'given', reason: 'Good.', grade: 'had' };
    await quiz.send({ type: 'show', page: pageOf(recallShown, given) });
    assert.match(await focused(quiz), /Partly/);
  }));

test('the result: cards, what was wrong with its passage, and what to do next', () =>
  withPage(pageOf(result), async (quiz) => {
    const { page } = quiz;
    const main = await page.locator('main').innerText();
    assert.match(main, /0 of 2 right/);
    assert.match(main, /1 review card was made of what you got wrong\./);
    assert.match(main, /1 question has a card from before\./);
    assert.equal(await page.locator('.wrong-list li').count(), 2);
    for (const [name, type] of [
      ['Try the wrong ones again', 'tryWrong'],
      ['Review now', 'review'],
      ['Another quiz', 'another'],
    ] as const) {
      await button(quiz, name).click();
      assert.deepEqual(await quiz.next(type), { type });
    }
    await button(quiz, /^Next chapter: /).click();
    const { step } = pageOf(result);
    assert.ok(step.type === 'result' && step.result.next);
    assert.deepEqual(await quiz.next('openChapter'), { type: 'openChapter', chapterId: step.result.next.id });
    await page.locator('.wrong-list .passage-link').first().click();
    assert.equal((await quiz.next('openPassage'))['passageId'], step.result.wrong[0]?.passageId);
  }));

test('answers that couldn’t be saved are told, and can be saved again', () =>
  withPage(pageOf(unsavedResult), async (quiz) => {
    assert.match(await quiz.page.getByRole('alert').innerText(), /2 answers couldn’t be saved yet\./);
    await button(quiz, 'Save again').click();
    assert.deepEqual(await quiz.next('saveAgain'), { type: 'saveAgain' });
  }));

test('without a wrong answer there is nothing to try again or to review', () =>
  withPage(pageOf(allRight), async (quiz) => {
    assert.match(await quiz.page.locator('main').innerText(), /1 of 1 right[^]*Nothing was wrong/);
    assert.equal(await button(quiz, 'Try the wrong ones again').count(), 0);
    assert.equal(await button(quiz, 'Review now').count(), 0);
  }));

test('a quiz of nothing says so and offers another', () =>
  withPage(pageOf(session()), async (quiz) => {
    assert.equal(await quiz.page.getByText('There is no question about this.').isVisible(), true);
    await button(quiz, 'Choose another quiz').click();
    assert.deepEqual(await quiz.next('another'), { type: 'another' });
  }));

test('the quiz can be ended before its end, and what is needed to bring it back is kept', () =>
  withPage(question, async (quiz) => {
    await button(quiz, 'End quiz').click();
    assert.deepEqual(await quiz.next('end'), { type: 'end' });
    assert.deepEqual(await quiz.state(), { session: JSON.parse(JSON.stringify(asked)) as unknown });
  }));

const given: OpinionView = {
  state: 'given',
  reason: 'You say that only the present counts, which is the point; you leave out that it is about the next state.',
  grade: 'partly',
};
const steps: Readonly<Record<string, QuizPage>> = {
  question,
  'answered-wrong': pageOf(answeredWrong),
  'answered-right': pageOf(chosen(asked, true)),
  recall,
  'recall-shown': pageOf(recallShown, given),
  'recall-writing': pageOf(recallShown, { state: 'writing', reason: 'You say that only the' }),
  'recall-graded': pageOf(recallGraded),
  result: pageOf(result),
  unsaved: pageOf(unsavedResult),
};
for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [1280, 600, 300]) {
    test(`everything is named and fits: ${theme}, ${width} px`, () =>
      withPage(
        question,
        async (quiz) => {
          for (const [name, page] of Object.entries(steps)) {
            await quiz.send({ type: 'show', page });
            assert.deepEqual(await namelessControls(quiz), [], name);
            assert.deepEqual(await overflow(quiz), [], name);
            const shots = process.env['COMPANION_SHOTS'];
            if (shots !== undefined) {
              await quiz.page.screenshot({ path: `${shots}/quiz-${name}-${theme}-${width}.png`, fullPage: true });
            }
          }
        },
        { theme, width, height: 700 },
      ));
  }
}
