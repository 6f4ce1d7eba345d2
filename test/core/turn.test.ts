import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerBlock, AnswerEvent, Seen, Source, Turn } from '../../src/core/answer.ts';
import { inEnglish } from '../../src/core/translate.ts';
import {
  answerMarkdown,
  beginConversation,
  beginTurn,
  continueTurn,
  conversationTitle,
  keptOf,
  reopened,
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
  assert.deepEqual(events.reduce(continueTurn, beginTurn('t', 'why?', 7, { about })).about, about);
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

const block = (markdown: string, unsupported = 0): AnswerBlock => ({
  markdown,
  html: markdown,
  citations: [1],
  unsupported,
});
const seen: Seen = {
  model: 'Qwen',
  context: 4096,
  prompt: 900,
  reused: 0,
  reserved: 512,
  passages: [],
  earlierTurns: 0,
  droppedTurns: 0,
};
const written: Turn = {
  ...[
    events[0],
    { type: 'seen', seen },
    { type: 'block', index: 0, block: block('An RNN reads') },
    { type: 'block', index: 0, block: block('An RNN reads one step at a time [1].') },
    { type: 'block', index: 1, block: block('It forgets.', 1) },
  ]
    .filter((event) => event !== undefined)
    .reduce<Turn>((turn, event) => continueTurn(turn, event as AnswerEvent), beginTurn('t', 'what is an rnn?', 7)),
  ended: 'finished',
};

test('a model’s blocks are replaced as they are written on, and forgotten when it fails', () => {
  assert.deepEqual(
    written.blocks?.map(({ markdown }) => markdown),
    ['An RNN reads one step at a time [1].', 'It forgets.'],
  );
  assert.equal(written.speaker, 'model');
  const failed = continueTurn({ ...written, cut: true }, { type: 'fallback', message: 'Out of memory.' });
  assert.deepEqual(
    [failed.speaker, failed.blocks, failed.cut, failed.fallback],
    ['quotation', undefined, undefined, 'Out of memory.'],
  );
});

test('the mode is kept, unless it is the plain one', () => {
  assert.equal(beginTurn('t', 'q', 7, { mode: 'hint' }).mode, 'hint');
  assert.ok(!('mode' in beginTurn('t', 'q', 7, { mode: 'answer' })));
});

test('a turn answered again stays in its place, and doesn’t rename the conversation', () => {
  const two = [beginTurn('1', 'one?', 7), beginTurn('2', 'two?', 8)].reduce(withTurn, empty);
  const again = withTurn(two, { ...beginTurn('1', 'one?', 7), ended: 'finished' });
  assert.deepEqual(
    again.turns.map(({ id, ended }) => [id, ended]),
    [
      ['1', 'finished'],
      ['2', 'failed'],
    ],
  );
  assert.equal(again.title, 'one?');
});

test('an answer written again replaces the earlier one only if it came about', () => {
  const after = (more: Partial<Turn>): Turn => ({ ...written, blocks: [block('Anew [1].')], ...more });
  const finished = after({});
  const stopped = after({ ended: 'stopped' });
  const quotedInstead = {
    ...events.reduce(continueTurn, beginTurn('t', 'q', 7)),
    fallback: 'No.',
    ended: 'finished',
  } as const;
  const nothing = beginTurn('t', 'q', 7);
  assert.equal(keptOf(written, 'regenerate', finished), finished);
  assert.equal(keptOf(written, 'regenerate', stopped), written);
  assert.equal(keptOf(written, 'regenerate', after({ ended: 'failed' })), written);
  assert.equal(keptOf(written, 'regenerate', quotedInstead), written);
  assert.equal(keptOf(quotedInstead, 'regenerate', quotedInstead), quotedInstead);
  assert.equal(keptOf(nothing, 'regenerate', stopped), stopped);
});

test('what a cut answer got more of stays, and can be continued if it was stopped', () => {
  const cut: Turn = { ...written, cut: true };
  assert.equal(reopened(cut).cut, undefined);
  assert.deepEqual(reopened(cut).blocks, written.blocks);
  const longer: Turn = { ...reopened(cut), blocks: [...(cut.blocks ?? []), block('More [1].')], ended: 'finished' };
  assert.equal(keptOf(cut, 'continue', longer), longer);
  assert.deepEqual(keptOf(cut, 'continue', { ...longer, ended: 'stopped' }), {
    ...longer,
    ended: 'stopped',
    cut: true,
  });
  assert.equal(keptOf(cut, 'continue', { ...longer, ended: 'failed' }), cut);
  const { blocks: _, ...none } = longer;
  assert.equal(keptOf(cut, 'continue', { ...none, speaker: 'quotation', fallback: 'No.' }), cut);
});

test('a refusal says who doesn’t cover it', () => {
  const said = (scope: Turn['scope']): string =>
    answerMarkdown(
      continueTurn(beginTurn('t', 'q', 7, { scope }), { type: 'declined', reason: 'not-covered', missing: [] }),
      inEnglish,
    );
  assert.match(said(undefined), /The handbook doesn’t cover this\. The nearest passages:/);
  assert.match(said({ kind: 'library' }), /Your library doesn’t cover this\./);
  assert.match(said({ kind: 'all' }), /Neither the handbook nor your library covers this\./);
  assert.match(
    said({ kind: 'chapter', chapterId: 'rnn', chapterTitle: 'RNNs' }),
    /The chapter “RNNs” doesn’t cover this\./,
  );
});

test('a copied answer of a model says who wrote it, and how much of it has no source', () => {
  assert.equal(
    answerMarkdown({ ...written, cut: true }, inEnglish),
    [
      '**what is an rnn?**',
      'An RNN reads one step at a time [1].',
      'It forgets.',
      '(The answer stopped at its length limit.)',
      '(Sentences that no passage carries: 1.)',
      'Written by Qwen on this machine.',
      '[1] Recurrent Neural Networks: Why it matters\n',
    ].join('\n\n'),
  );
});

test('the steps of a plan are copied as a list', () => {
  const sentence = (text: string, step?: number) => ({
    text,
    html: text,
    citations: [1],
    ...(step !== undefined && { step }),
  });
  const planned = {
    ...beginTurn('t', 'which way?', 0),
    speaker: 'plan' as const,
    sentences: [
      sentence('Two chapters:'),
      sentence('Math.', 1),
      sentence('Nets.', 2),
      sentence('Go.'),
      sentence('Now.'),
    ],
  };
  assert.equal(
    answerMarkdown(planned, inEnglish),
    '**which way?**\n\nTwo chapters: [1]\n\n1. Math. [1]\n2. Nets. [1]\n\nGo. [1] Now. [1]\n',
  );
});
