// Quizzes in VS Code: from the tree, the reader and the palette, on the learner's real store, with the specimen as judge.

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import * as vscode from 'vscode';
import { neighbours } from '../../src/core/curriculum.ts';
import type { Companion } from '../../src/extension.ts';
import type { FromQuiz, OpinionView, QuestionView, QuizPage, ResultView } from '../../src/protocol/quiz.ts';
import type { StudyEventOf } from '../../src/core/study/studyEvent.ts';
import { createProblems } from '../../src/vscode/problems.ts';
import { doForReader } from '../../src/vscode/readerRequests.ts';
import { test, until } from './collect.ts';
import { closeEverything, companion, everyRow, rowOf } from './companion.ts';
import { set, specimen, withModel } from './withModel.ts';

const chapterId = 'markov-models';

function shownOf({ quiz }: Companion): QuizPage {
  assert.ok(quiz.shown, 'the page has been told something');
  return quiz.shown;
}

function questionOf(running: Companion): QuestionView {
  const { step } = shownOf(running);
  assert.ok(step.type === 'question', step.type);
  return step.question;
}

function resultOf(running: Companion): ResultView {
  const { step } = shownOf(running);
  assert.ok(step.type === 'result', step.type);
  return step.result;
}

/** Says something as the page would, and waits until the page has been told what came of it. */
async function say(running: Companion, message: FromQuiz): Promise<void> {
  const before = running.quiz.shown;
  running.quiz.receive(message);
  await until(`${message.type} is done`, () => running.quiz.shown !== before);
}

/** A quiz of one chapter, long enough to ask everything. */
async function wholeChapter(): Promise<void> {
  await set('quiz.questions', 50);
  await vscode.commands.executeCommand('handbook.quizMe', chapterId);
  await set('quiz.questions', undefined);
}

/** The place of a right or a wrong choice, as it is shown. */
async function placeOf(running: Companion, right: boolean): Promise<number> {
  const question = questionOf(running);
  assert.ok(question.kind === 'choice');
  const { items } = await running.study.quiz(chapterId);
  const item = items.find(({ id }) => question.subject === `${chapterId}/${id}`);
  assert.ok(item?.kind === 'choice');
  return question.choices.findIndex(({ html }) =>
    item.choices.some((choice) => choice.text.html === html && choice.correct === right),
  );
}

/** Goes on until a question of that kind is shown: those on the way are answered rightly. */
async function goTo<K extends QuestionView['kind']>(
  running: Companion,
  kind: K,
): Promise<Extract<QuestionView, { kind: K }>> {
  for (;;) {
    const question = questionOf(running);
    if (question.kind === kind && !question.answered) return question as Extract<QuestionView, { kind: K }>;
    if (!question.answered) await answer(running, true);
    await say(running, { type: 'next', subject: question.subject });
  }
}

async function answer(running: Companion, right: boolean): Promise<void> {
  const { subject, kind } = questionOf(running);
  if (kind === 'choice') {
    await say(running, { type: 'choose', subject, choice: await placeOf(running, right) });
    return;
  }
  await say(running, { type: 'reveal', subject, text: '' });
  await say(running, { type: 'grade', subject, grade: right ? 'had' : 'not' });
}

async function answersTo({ study }: Companion, subject: string): Promise<StudyEventOf<'quiz'>[]> {
  return (await study.store()).events(['quiz']).filter((event) => event.subject === subject);
}

async function cardsOf({ study }: Companion, subject: string): Promise<StudyEventOf<'card'>[]> {
  return (await study.store()).events(['card']).filter((event) => event.subject === `quiz:${subject}`);
}

async function fresh(): Promise<Companion> {
  const running = await companion();
  await closeEverything();
  await until('no quiz is open', () => running.quiz.run === undefined);
  return running;
}

test('a chapter’s row, a section’s row and several rows start a quiz about them', async () => {
  const running = await fresh();
  const row = await rowOf(running, chapterId);
  await vscode.commands.executeCommand('handbook.quizMe', row);
  assert.equal(shownOf(running).title, row.label);
  assert.equal(shownOf(running).of, 10);
  const section = running.tree.getParent(row);
  assert.ok(section?.kind === 'section');
  await vscode.commands.executeCommand('handbook.quizMe', section);
  assert.equal(shownOf(running).title, section.label);
  const rows = [...(await everyRow(running)).values()].filter(({ kind }) => kind === 'chapter').slice(5, 8);
  await vscode.commands.executeCommand('handbook.quizMe', rows[0], rows);
  assert.equal(shownOf(running).title, '3 chapters');
  const ids = new Set(rows.map((each) => (each.kind === 'chapter' ? each.chapterId : '')));
  for (const { subject } of running.quiz.run?.session.questions ?? []) assert.ok(ids.has(subject.split('/')[0] ?? ''));
  await vscode.commands.executeCommand('handbook.quizMe', ['markov-models', 'time-series-analysis']);
  assert.equal(shownOf(running).title, '2 chapters');
});

test('from the palette the learner picks what about, and the chapter that is being read comes first', async () => {
  const running = await fresh();
  await vscode.commands.executeCommand('handbook.openChapter', chapterId);
  await until('the reader shows it', () => running.readers.open[0]?.shownId === chapterId);
  const picking = vscode.commands.executeCommand('handbook.quizMe');
  await until('the list takes the choice', async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return running.quiz.run;
  });
  await picking;
  assert.equal(shownOf(running).title, (await running.study.chapter(chapterId))?.title);
});

test('the reader’s button starts the quiz of its chapter', async () => {
  const running = await fresh();
  const { study, readers, ask } = running;
  const problems = createProblems(vscode.window.createOutputChannel('Handbook suite', { log: true }));
  await doForReader({ type: 'quizMe', chapterId }, study, readers, ask, problems);
  assert.equal(shownOf(running).title, (await study.chapter(chapterId))?.title);
});

test('how many questions there are is a setting; one that makes no sense counts as ten', async () => {
  const running = await fresh();
  for (const [value, questions] of [
    [3, 3],
    [-1, 10],
    ['many', 10],
    [50, 12],
  ] as const) {
    await set('quiz.questions', value);
    await vscode.commands.executeCommand('handbook.quizMe', chapterId);
    assert.equal(shownOf(running).of, questions, String(value));
  }
  await set('quiz.questions', undefined);
});

test('a wrong answer is kept, with a card; the same again is kept without a second card; then it comes first', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = await goTo(running, 'choice');
  const answers = (await answersTo(running, subject)).length;
  await answer(running, false);
  const question = questionOf(running);
  assert.ok(question.kind === 'choice' && question.correct === false);
  assert.ok(question.choices.every(({ told }) => told && told.reasonHtml !== ''));
  assert.match(question.passage?.html ?? '', /\w/);
  const events = await answersTo(running, subject);
  assert.equal(events.length, answers + 1);
  assert.equal(events.at(-1)?.correct, false);
  const cards = await cardsOf(running, subject);
  assert.equal(cards.length, 1);
  assert.equal(cards[0]?.card?.origin?.chapterId, chapterId);
  await say(running, { type: 'end' });
  assert.equal(resultOf(running).cardsMade, 1);
  assert.equal(resultOf(running).next?.id, neighbours(await running.study.curriculum(), chapterId).next?.id);

  await say(running, { type: 'tryWrong' });
  assert.equal(shownOf(running).of, 1);
  assert.equal(questionOf(running).subject, subject);
  await answer(running, false);
  await say(running, { type: 'next', subject });
  assert.deepEqual([resultOf(running).cardsMade, resultOf(running).cardsThere], [0, 1]);
  assert.equal((await cardsOf(running, subject)).length, 1);

  await vscode.commands.executeCommand('handbook.quizMe', chapterId);
  assert.equal(questionOf(running).subject, subject);
});

test('a card that another window made meanwhile is not made again', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = await goTo(running, 'recall');
  const card = { front: 'My own words', back: 'Mine' };
  (await running.study.store()).record({ kind: 'card', subject: `quiz:${subject}`, card });
  await answer(running, false);
  await say(running, { type: 'end' });
  assert.equal(resultOf(running).cardsMade, 0);
  assert.deepEqual((await cardsOf(running, subject)).at(-1)?.card, card);
});

test('what comes twice, too late or isn’t a message changes nothing', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = await goTo(running, 'choice');
  await answer(running, true);
  const before = running.quiz.run?.session;
  const answers = (await answersTo(running, subject)).length;
  for (const message of [
    { type: 'choose', subject, choice: 0 },
    { type: 'choose', subject: 'other/item', choice: 0 },
    { type: 'grade', subject, grade: 'not' },
    { type: 'reveal', subject, text: 'x' },
    { type: 'next', subject: 'other/item' },
    { type: 'next', subject: '../..' },
    { type: 'tryWrong' },
    { type: 'nonsense' },
    null,
    7,
  ]) {
    running.quiz.receive(message);
  }
  await running.quiz.run?.handle({ type: 'saveAgain' });
  assert.deepEqual(running.quiz.run?.session, before);
  assert.equal((await answersTo(running, subject)).length, answers);
});

test('a quiz from before the window was reloaded goes on where it was; answers aren’t kept twice', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = questionOf(running);
  await answer(running, false);
  const state: unknown = JSON.parse(JSON.stringify({ session: shownOf(running).session }));
  const answers = (await answersTo(running, subject)).length;
  await fresh();
  const panel = vscode.window.createWebviewPanel('handbook.quiz', 'Kept', vscode.ViewColumn.One);
  await running.quiz.deserializeWebviewPanel(panel, state);
  await until('the page is told', () => running.quiz.shown);
  assert.equal(questionOf(running).subject, subject);
  assert.equal(questionOf(running).answered, true);
  await say(running, { type: 'next', subject });
  assert.equal(shownOf(running).at, 1);
  assert.equal((await answersTo(running, subject)).length, answers);
});

test('a page that kept nothing of use says so', async () => {
  const running = await fresh();
  for (const state of [undefined, 'junk', { session: { questions: 7 } }]) {
    const panel = vscode.window.createWebviewPanel('handbook.quiz', 'Kept', vscode.ViewColumn.One);
    await running.quiz.deserializeWebviewPanel(panel, state);
    assert.match(panel.webview.html, /role="alert">This quiz/);
    panel.dispose();
  }
  assert.equal(running.quiz.run, undefined);
});

test('if an answer can’t be saved, the quiz goes on, and it is saved with the next', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = questionOf(running);
  const answers = (await answersTo(running, subject)).length;
  // Another process that won't let go of the file.
  const other = new DatabaseSync(running.study.storePath);
  other.exec('BEGIN IMMEDIATE');
  try {
    await answer(running, false);
    assert.equal(questionOf(running).answered, true);
    assert.equal((await answersTo(running, subject)).length, answers);
  } finally {
    other.exec('ROLLBACK');
    other.close();
  }
  await say(running, { type: 'end' });
  assert.equal(resultOf(running).unsaved, 1);
  await say(running, { type: 'saveAgain' });
  assert.equal(resultOf(running).unsaved, 0);
  assert.equal((await answersTo(running, subject)).length, answers + 1);
});

function opinionOf(running: Companion): OpinionView | undefined {
  const question = questionOf(running);
  return question.kind === 'recall' ? question.opinion : undefined;
}

test('without a model, or with nothing written, there is no opinion', async () => {
  const running = await fresh();
  await wholeChapter();
  const { subject } = await goTo(running, 'recall');
  await say(running, { type: 'reveal', subject, text: 'The present is enough.' });
  assert.equal(opinionOf(running), undefined);
  await withModel(specimen(), async () => {
    await until('a model that is chosen meanwhile is offered', () => opinionOf(running)?.state === 'offered');
    await say(running, { type: 'grade', subject, grade: 'had' });
    await say(running, { type: 'next', subject });
    const next = await goTo(running, 'recall');
    await say(running, { type: 'reveal', subject: next.subject, text: '  ' });
    assert.equal(opinionOf(running), undefined);
    assert.equal(running.model.pid, undefined);
  });
});

test('the model says what it thinks, with a reason and a grade; the learner’s grade is what is kept', async () => {
  await fresh();
  await withModel(specimen(), async (running) => {
    await wholeChapter();
    const { subject } = await goTo(running, 'recall');
    await say(running, { type: 'reveal', subject, text: 'The next state depends on the present state only.' });
    const given = await until('the model has an opinion', () => {
      const opinion = opinionOf(running);
      assert.notEqual(opinion?.state, 'failed', JSON.stringify(opinion));
      return opinion?.state === 'given' && opinion;
    });
    assert.ok(given.reason !== '' && given.reason.length <= 400);
    assert.equal(running.model.busy, false);
    const grade = given.grade === 'not' ? 'had' : 'not';
    await say(running, { type: 'grade', subject, grade });
    const last = (await answersTo(running, subject)).at(-1);
    assert.deepEqual([last?.correct, last?.grader], [grade === 'had', 'self']);
    const question = questionOf(running);
    assert.ok(question.kind === 'recall' && question.opinion?.state === 'given', 'it stays to be read');

    await say(running, { type: 'next', subject });
    const next = await goTo(running, 'recall');
    await say(running, { type: 'reveal', subject: next.subject, text: 'Two conditions.' });
    const other = await until('it has another', () => {
      const opinion = opinionOf(running);
      return opinion?.state === 'given' && opinion;
    });
    await say(running, { type: 'grade', subject: next.subject, grade: other.grade });
    assert.equal((await answersTo(running, next.subject)).at(-1)?.grader, 'model');
  });
});

test('the model is stopped by the learner, and by their grade', async () => {
  await fresh();
  await withModel(specimen(), async (running) => {
    await wholeChapter();
    const { subject } = await goTo(running, 'recall');
    await say(running, { type: 'reveal', subject, text: 'The present is enough.' });
    running.quiz.receive({ type: 'stopModel', subject });
    await until('it has ended', () => ['stopped', 'given'].includes(opinionOf(running)?.state ?? ''));
    await until('nothing is being written', () => !running.model.busy);
    running.quiz.receive({ type: 'askModel', subject });
    await say(running, { type: 'grade', subject, grade: 'had' });
    await until('nothing is being written any more', () => !running.model.busy);
    assert.equal(questionOf(running).answered, true);
  });
});

test('a model that can’t be asked says why, and the learner grades themselves', async () => {
  await fresh();
  await withModel('/nowhere/model.gguf', async (running) => {
    await wholeChapter();
    const { subject } = await goTo(running, 'recall');
    await say(running, { type: 'reveal', subject, text: 'The present is enough.' });
    const failed = await until('the reason is told', () => {
      const opinion = opinionOf(running);
      return opinion?.state === 'failed' && opinion;
    });
    assert.match(failed.message, /model\.gguf isn’t there any more/);
    await say(running, { type: 'grade', subject, grade: 'partly' });
    assert.equal((await answersTo(running, subject)).at(-1)?.grader, 'self');
  });
});

test('a setting keeps the model quiet until it is asked', async () => {
  await fresh();
  await withModel(specimen(), async (running) => {
    await set('quiz.modelOpinion', false);
    try {
      await wholeChapter();
      const { subject } = await goTo(running, 'recall');
      await say(running, { type: 'reveal', subject, text: 'The present is enough.' });
      assert.deepEqual(opinionOf(running), { state: 'offered' });
      assert.equal(running.model.pid, undefined);
    } finally {
      await set('quiz.modelOpinion', undefined);
    }
  });
});
