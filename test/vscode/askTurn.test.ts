import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerBlock, AnswerEvent, Conversation, Turn } from '../../src/core/answer.ts';
import type { Question } from '../../src/core/question.ts';
import { inEnglish } from '../../src/core/translate.ts';
import { beginConversation, beginTurn } from '../../src/core/turn.ts';
import { longestQuestion } from '../../src/vscode/askMessages.ts';
import { answerTurn, askedTurn } from '../../src/vscode/askTurn.ts';
import type { Asked, EndedTurn } from '../../src/vscode/askTurn.ts';

type Answer = (question: Question, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

const block = (markdown: string): AnswerBlock => ({ markdown, html: markdown, citations: [], unsupported: 0 });
const blockEvent = (index: number, markdown: string): AnswerEvent => ({ type: 'block', index, block: block(markdown) });
const kept: Turn = {
  ...beginTurn('t2', 'and why?', 5, { mode: 'hint' }),
  speaker: 'model',
  coverage: 'covered',
  blocks: [block('Because.')],
  ended: 'finished',
};
const conversation: Conversation = {
  ...beginConversation('c', 1),
  turns: [
    { ...beginTurn('t1', 'what?', 2), ended: 'finished' },
    kept,
    { ...beginTurn('t3', 'so?', 9), ended: 'finished' },
  ],
};

async function ask(
  asked: Asked,
  answer: Answer,
  signal = new AbortController().signal,
): Promise<EndedTurn & { told: AnswerEvent[]; logged: unknown[] }> {
  const told: AnswerEvent[] = [];
  const logged: unknown[] = [];
  const ended = await answerTurn(
    askedTurn(conversation, asked, 100),
    {
      answers: { answer },
      t: inEnglish,
      log: (error) => void logged.push(error),
      tell: (event) => void told.push(event),
    },
    signal,
  );
  return { ...ended, told, logged };
}

/** Answers with these events, and notes what it was asked. */
function answering(...events: AnswerEvent[]): { answer: Answer; asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    // eslint-disable-next-line @typescript-eslint/require-await -- an answer that is there at once
    answer: async function* (question) {
      asked.push(question);
      yield* events;
    },
  };
}

test('a question goes out with the conversation before it, its chapter and its mode', async () => {
  const about = { chapterId: 'rnn', chapterTitle: 'RNN', text: 'one step' };
  const { answer, asked } = answering(blockEvent(0, 'So.'));
  const { turn, ended, earlier } = await ask({ turnId: 'new', text: 'how?', about, mode: 'compare' }, answer);
  assert.deepEqual(asked, [
    {
      text: 'how?',
      history: ['what?', 'and why?', 'so?'],
      turns: conversation.turns,
      about: { chapterId: 'rnn', text: 'one step' },
      mode: 'compare',
    },
  ]);
  assert.deepEqual([turn.id, turn.mode, turn.askedAt, ended, earlier], ['new', 'compare', 100, 'finished', false]);
});

test('answering again asks what was asked then, with what came before it, for another answer', async () => {
  const { answer, asked } = answering(blockEvent(0, 'Anew.'));
  const { turn } = await ask({ turnId: 't2', text: 'whatever the page says', again: 'regenerate' }, answer);
  const [question] = asked;
  assert.deepEqual([question?.text, question?.mode, question?.history], ['and why?', 'hint', ['what?']]);
  assert.equal(typeof question?.variation, 'number');
  assert.deepEqual([turn.id, turn.askedAt, turn.blocks?.[0]?.markdown], ['t2', 5, 'Anew.']);
});

test('a cut answer is continued with what is there of it', async () => {
  const { answer, asked } = answering(blockEvent(0, 'Because.'), blockEvent(1, 'And more.'));
  const { turn } = await ask({ turnId: 't2', text: '', again: 'continue' }, answer);
  assert.equal(asked[0]?.continued, kept);
  assert.equal(asked[0].variation, undefined);
  assert.deepEqual(
    turn.blocks?.map(({ markdown }) => markdown),
    ['Because.', 'And more.'],
  );
});

test('a turn that isn’t there any more is asked as a new question', async () => {
  const { answer, asked } = answering(blockEvent(0, 'So.'));
  const { turn } = await ask({ turnId: 'gone', text: 'how?', again: 'regenerate' }, answer);
  assert.deepEqual([turn.question, asked[0]?.text, asked[0]?.history.length], ['how?', 'how?', 3]);
});

test('the earlier answer stays where the new one is stopped, fails, or is only quoted', async () => {
  const stop = new AbortController();
  const stopped = await ask(
    { turnId: 't2', text: '', again: 'regenerate' },
    async function* () {
      yield blockEvent(0, 'Half');
      stop.abort();
      await sleep(60_000, undefined, { ref: false });
    },
    stop.signal,
  );
  assert.deepEqual([stopped.turn, stopped.ended, stopped.earlier], [kept, 'stopped', true]);
  assert.equal(stopped.problem, 'You stopped the new answer. This is the earlier one.');

  const failed = await ask({ turnId: 't2', text: '', again: 'regenerate' }, () => {
    throw new Error('disk');
  });
  assert.deepEqual([failed.turn, failed.ended, failed.logged.length], [kept, 'failed', 1]);
  assert.match(failed.problem ?? '', /The answer failed.*This is the earlier one\./);

  const { answer } = answering(
    { type: 'fallback', message: 'Out of memory.' },
    {
      type: 'sentence',
      speaker: 'quotation',
      sentence: { text: 'Quoted.', html: 'Quoted.', citations: [1] },
    },
  );
  const fallen = await ask({ turnId: 't2', text: '', again: 'regenerate' }, answer);
  assert.deepEqual([fallen.turn, fallen.problem], [kept, 'Out of memory. This is the earlier one.']);
});

test('Stop ends an answer at once, also one that doesn’t listen', async () => {
  const stop = new AbortController();
  const never = ask(
    { turnId: 'new', text: 'how?' },
    async function* () {
      await sleep(60_000, undefined, { ref: false });
    },
    stop.signal,
  );
  stop.abort();
  assert.equal((await never).ended, 'stopped');
});

test('the signal reaches who answers, and what it complains about afterwards is no failure', async () => {
  const stop = new AbortController();
  const { ended, logged, turn } = await ask(
    { turnId: 'new', text: 'how?' },
    async function* (_question, signal) {
      yield blockEvent(0, 'Half');
      setImmediate(() => {
        stop.abort();
      });
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    },
    stop.signal,
  );
  assert.deepEqual([ended, logged, turn.blocks?.length], ['stopped', [], 1]);
});

test('a question that is too long is answered: that it is', async () => {
  const { answer, asked } = answering();
  const { ended, problem, turn } = await ask({ turnId: 'new', text: 'why '.repeat(longestQuestion) }, answer);
  assert.deepEqual([ended, asked.length], ['failed', 0]);
  assert.match(problem ?? '', /too long/);
  assert.ok(turn.question.length < 400);
});
