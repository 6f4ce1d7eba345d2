import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerEvent, Source } from '../../src/core/answer.ts';
import { inEnglish } from '../../src/core/translate.ts';
import {
  answerMarkdown,
  beginConversation,
  beginTurn,
  continueTurn,
  conversationTitle,
  withTurn,
} from '../../src/core/turn.ts';

const source: Source = {
  number: 1,
  passageId: 'rnn#why',
  chapterId: 'rnn',
  chapterTitle: 'Recurrent Neural Networks',
  heading: 'Why it matters',
  excerpt: 'An RNN reads one step at a time.',
  score: 1,
};
const events: readonly AnswerEvent[] = [
  { type: 'sources', coverage: 'covered', sources: [source] },
  {
    type: 'sentence',
    speaker: 'quotation',
    sentence: { text: 'An RNN reads one step at a time.', html: '…', citations: [1] },
  },
];
const empty = beginConversation('c', 5);

test('a turn gathers sources and sentences as they come', () => {
  const turn = events.reduce(continueTurn, beginTurn('t', 'what is an rnn?', 7));
  assert.equal(turn.coverage, 'covered');
  assert.deepEqual(turn.sources, [source]);
  assert.deepEqual(
    turn.sentences.map(({ text }) => text),
    ['An RNN reads one step at a time.'],
  );
});

test('a turn knows what it was about', () => {
  const about = { chapterId: 'rnn', chapterTitle: 'Recurrent Neural Networks', text: 'one step at a time' };
  assert.deepEqual(events.reduce(continueTurn, beginTurn('t', 'why?', 7, about)).about, about);
  assert.ok(!('about' in beginTurn('t', 'why?', 7)));
});

test('a declined turn keeps why, and what was missing', () => {
  const turn = continueTurn(beginTurn('t', 'q', 7), { type: 'declined', reason: 'not-covered', missing: ['paella'] });
  assert.deepEqual(turn.declined, { reason: 'not-covered', missing: ['paella'] });
});

test('a turn that never learns of its end has failed', () => {
  assert.equal(beginTurn('t', 'q', 7).ended, 'failed');
});

test('the first question becomes the title, and later ones leave it', () => {
  const first = withTurn(empty, beginTurn('1', '  What is\n an RNN? ', 7));
  assert.equal(first.title, 'What is an RNN?');
  assert.equal(withTurn(first, beginTurn('2', 'And an LSTM?', 8)).title, 'What is an RNN?');
  assert.equal(withTurn(first, beginTurn('2', 'And an LSTM?', 8)).turns.length, 2);
});

test('a long title is cut at a word, a long word between characters', () => {
  const title = conversationTitle('word '.repeat(30));
  assert.ok(title.length <= 61 && title.endsWith('word…'), title);
  const emoji = conversationTitle('x' + '😀'.repeat(60));
  assert.ok(emoji.isWellFormed() && emoji.length <= 61, emoji);
});

test('a copied answer carries its citations and names their sources', () => {
  const turn = events.reduce(continueTurn, beginTurn('t', 'what is an rnn?', 7));
  assert.equal(
    answerMarkdown(turn, inEnglish),
    '**what is an rnn?**\n\nAn RNN reads one step at a time. [1]\n\n[1] Recurrent Neural Networks: Why it matters\n',
  );
});

test('a copied refusal says that it is one', () => {
  const turn = continueTurn(beginTurn('t', 'q', 7), { type: 'declined', reason: 'not-covered', missing: [] });
  assert.match(answerMarkdown(turn, inEnglish), /doesn’t cover/);
});
