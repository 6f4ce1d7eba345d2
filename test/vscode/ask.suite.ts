import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AnswerEvent, Source } from '../../src/core/answer.ts';
import type { Question } from '../../src/core/question.ts';
import type { FromAsk, ToAsk } from '../../src/protocol/ask.ts';
import type { AskAnswers } from '../../src/vscode/askAnswers.ts';
import { longestQuestion } from '../../src/vscode/askMessages.ts';
import { AskView } from '../../src/vscode/askView.ts';
import { createProblems } from '../../src/vscode/problems.ts';
import type { Study } from '../../src/vscode/study.ts';
import { pause, test, until } from './collect.ts';
import { companion, extensionId } from './companion.ts';

const source: Source = {
  number: 1,
  passageId: 'recurrent-neural-networks#why',
  chapterId: 'recurrent-neural-networks',
  chapterTitle: 'Recurrent Neural Networks',
  heading: 'Why it matters',
  excerpt: 'It reads one step at a time.',
  score: 1,
};
const found: AnswerEvent = { type: 'sources', coverage: 'covered', sources: [source] };
const block = (index: number, markdown: string): AnswerEvent => ({
  type: 'block',
  index,
  block: { markdown, html: `<p>${markdown}</p>`, citations: [1], unsupported: 0 },
});

interface Page {
  readonly says: (message: FromAsk) => void;
  /** Everything it was told, in order. */
  readonly told: ToAsk[];
  /** The last conversation it was told to show. */
  readonly shows: () => Extract<ToAsk, { type: 'conversation' }> | undefined;
}

/** A page at the other end of the view's wire, which only listens. */
function pageOf(ask: AskView): Page {
  const told: ToAsk[] = [];
  const messages = new vscode.EventEmitter<unknown>();
  const nothing = new vscode.EventEmitter<void>();
  const view = {
    visible: true,
    onDidChangeVisibility: nothing.event,
    onDidDispose: nothing.event,
    webview: {
      options: {},
      html: '',
      cspSource: 'page:',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: messages.event,
      postMessage: (message: ToAsk) => Promise.resolve(told.push(message) > 0),
    },
  };
  ask.resolveWebviewView(view as unknown as vscode.WebviewView);
  return {
    told,
    shows: () => told.findLast((message) => message.type === 'conversation'),
    says: (message) => {
      messages.fire(message);
    },
  };
}

/**
 * An Ask view whose answers a script gives, in a new conversation of the learner's real store. Until `read` is settled the
 * handbook's own text can't be read.
 */
async function scripted(
  answer: (question: Question, signal: AbortSignal) => AsyncIterable<AnswerEvent>,
  read?: Promise<unknown>,
): Promise<{ readonly ask: AskView; readonly kept: () => Promise<readonly string[]>; readonly close: () => void }> {
  const { study } = await companion();
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  const log = vscode.window.createOutputChannel('Handbook suite', { log: true });
  const answers: AskAnswers = {
    answer,
    model: { state: 'ready', name: 'Script' },
    onDidChangeModel: () => new vscode.Disposable(() => undefined),
  };
  const slow = {
    store: () => study.store(),
    progress: () => study.progress(),
    curriculum: async () => {
      await read;
      return study.curriculum();
    },
  };
  const ask = new AskView(extension.extensionUri, slow as unknown as Study, answers, createProblems(log), {
    openPassage: () => Promise.resolve(),
    scopes: {
      offer: () => Promise.resolve({ chosen: 'handbook', library: false }),
      choose: () => Promise.resolve(),
      onDidChange: () => new vscode.Disposable(() => undefined),
    },
  });
  if (!read) await ask.openNew();
  return {
    ask,
    kept: async () => {
      const conversation = (await study.store()).conversation(ask.conversation?.id ?? '');
      return (conversation?.turns ?? []).map(({ blocks = [], ended }) =>
        [...blocks.map(({ markdown }) => markdown), ended].join(' '),
      );
    },
    close: () => {
      ask.dispose();
      log.dispose();
    },
  };
}

test('a question that the handbook covers is answered with citations that lead somewhere', async () => {
  const { ask, study } = await companion();
  const turn = await ask.ask(randomUUID(), 'What is a hidden Markov model?');
  assert.equal(turn.ended, 'finished');
  assert.equal(turn.declined, undefined);
  assert.ok(turn.sentences.length > 0);
  const numbers = new Set(turn.sources.map(({ number }) => number));
  for (const { citations } of turn.sentences) {
    assert.ok(citations.length > 0 && citations.every((number) => numbers.has(number)));
  }
  const { passages } = await study.text();
  assert.ok(turn.sources.every(({ passageId }) => passages.has(passageId)));
});

test('a question about something else is declined', async () => {
  const { ask } = await companion();
  const turn = await ask.ask(randomUUID(), 'What is the capital of Australia?');
  assert.equal(turn.ended, 'finished');
  assert.equal(turn.declined?.reason, 'not-covered');
  assert.deepEqual(turn.sentences, []);
});

test('a question that is too long gets an answer, too: that it is', async () => {
  const { ask } = await companion();
  const turn = await ask.ask(randomUUID(), 'why '.repeat(longestQuestion));
  assert.equal(turn.ended, 'failed');
  assert.ok(turn.question.length < 400);
});

test('questions asked at the same time are all answered, the earlier ones as stopped', async () => {
  const { ask } = await companion();
  const turns = await Promise.all(
    ['What is dropout?', 'What is a token?', 'What is attention?'].map((text) => ask.ask(randomUUID(), text)),
  );
  assert.equal(turns.at(-1)?.ended, 'finished');
  assert.ok(turns.every(({ ended }) => ended === 'finished' || ended === 'stopped'));
});

test('what was asked is kept in a conversation, with its first question as title', async () => {
  const { ask, study } = await companion();
  await vscode.commands.executeCommand('handbook.newConversation');
  assert.equal(ask.conversation?.turns.length, 0);
  const turn = await ask.ask(randomUUID(), 'What is perplexity?');
  const kept = (await study.store()).conversation(ask.conversation.id);
  assert.equal(kept?.title, 'What is perplexity?');
  assert.deepEqual(
    kept.turns.map((each) => each.id),
    [turn.id],
  );
});

test('an answer that is written again takes the place of the kept one', async () => {
  const { ask, study } = await companion();
  await vscode.commands.executeCommand('handbook.newConversation');
  const first = await ask.ask(randomUUID(), 'What is perplexity?');
  await ask.ask(randomUUID(), 'What is a token?');
  const again = await ask.ask(first.id, '', { again: 'regenerate' });
  assert.deepEqual([again.id, again.question, again.ended], [first.id, 'What is perplexity?', 'finished']);
  const kept = (await study.store()).conversation(ask.conversation?.id ?? '');
  assert.deepEqual(
    kept?.turns.map(({ question }) => question),
    ['What is perplexity?', 'What is a token?'],
  );
});

test('a model’s answer is kept, written again, and stays what it was if the new one is stopped', async () => {
  const texts = ['One [1].', 'Two [1].', 'Thr'];
  const { ask, kept, close } = await scripted(async function* (_question, signal) {
    const text = texts.shift() ?? '';
    yield found;
    yield block(0, text);
    if (text !== 'Thr') return;
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  });
  const { id } = await ask.ask(randomUUID(), 'how many?', { mode: 'explain' });
  assert.deepEqual(await kept(), ['One [1]. finished']);
  await ask.ask(id, '', { again: 'regenerate' });
  assert.deepEqual(await kept(), ['Two [1]. finished']);
  const stopped = await ask.ask(id, '', { again: 'regenerate' });
  assert.equal(stopped.mode, 'explain');
  assert.deepEqual(await kept(), ['Two [1]. finished']);
  close();
});

test('a cut answer goes on, and what was added stays when it is stopped', async () => {
  const asked: Question[] = [];
  const { ask, kept, close } = await scripted(async function* (question, signal) {
    asked.push(question);
    yield found;
    yield block(0, 'One [1].');
    if (!question.continued) {
      yield { type: 'cut' };
      return;
    }
    yield block(1, 'Two [1].');
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  });
  const { id, cut } = await ask.ask(randomUUID(), 'how many?');
  assert.equal(cut, true);
  const more = await ask.ask(id, '', { again: 'continue' });
  assert.equal(asked[1]?.continued?.id, id);
  assert.equal(more.cut, true);
  assert.deepEqual(await kept(), ['One [1]. Two [1]. stopped']);
  close();
});

test('Stop ends a question that still waits for its model, at once', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    yield { type: 'progress', progress: { phase: 'loading', fraction: 0.1 } };
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise(() => undefined);
  });
  const turn = await ask.ask(randomUUID(), 'how long?');
  assert.deepEqual([turn.ended, turn.sources.length], ['stopped', 1]);
  close();
});

test('a conversation that was thrown away while it was answered stays away', async () => {
  const { study } = await companion();
  const { ask, kept, close } = await scripted(async function* () {
    yield found;
    yield block(0, 'One [1].');
    // As another window would.
    const id = ask.conversation?.id ?? '';
    if (ask.conversation?.turns.length === 1) (await study.store()).removeConversation(id);
  });
  await ask.ask(randomUUID(), 'one?');
  const removed = ask.conversation?.id;
  await ask.ask(randomUUID(), 'two?');
  assert.deepEqual(await kept(), []);
  await ask.ask(randomUUID(), 'three?');
  assert.notEqual(ask.conversation?.id, removed);
  assert.deepEqual(await kept(), ['One [1]. finished']);
  close();
});

test('picking the conversation that is shown leaves its answer alone; picking another one stops it', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    yield { type: 'progress', progress: { phase: 'reading', fraction: 0.5 } };
    await new Promise(() => undefined);
  });
  const page = pageOf(ask);
  page.says({ type: 'ready' });
  const shown = await until('the page shows a conversation', () => page.shows());
  page.says({ type: 'ask', turnId: 'a', text: 'how long?' });
  await until('the answer is under way', () => page.told.some(({ type }) => type === 'answer'));
  const { id } = shown.conversation;
  const before = page.told.length;
  page.says({ type: 'showConversation', conversationId: id });
  await until('it is shown again', () => page.told.slice(before).some(({ type }) => type === 'conversation'));
  assert.equal(page.shows()?.running?.turn.id, 'a');
  assert.deepEqual(page.shows()?.running?.progress, { phase: 'reading', fraction: 0.5 });
  assert.ok(page.told.every(({ type }) => type !== 'ended'));
  const other = page.shows()?.kept.find((one) => one.id !== id);
  assert.ok(other);
  page.says({ type: 'showConversation', conversationId: other.id });
  await until('it has stopped', () =>
    page.told.some((message) => message.type === 'ended' && message.ended === 'stopped'),
  );
  assert.equal(page.shows()?.conversation.id, other.id);
  close();
});

test('a page that comes back while an answer ends is never told that it still runs', async () => {
  const finish = Promise.withResolvers<undefined>();
  const read = Promise.withResolvers<undefined>();
  const { ask, close } = await scripted(async function* () {
    yield found;
    await finish.promise;
    yield block(0, 'One [1].');
  }, read.promise);
  const asked = ask.ask(randomUUID(), 'how long?');
  const page = pageOf(ask);
  // What the page is to show takes a while to gather; meanwhile the answer ends.
  page.says({ type: 'ready' });
  await pause(20);
  finish.resolve(undefined);
  const { id } = await asked;
  read.resolve(undefined);
  const shown = await until('the page shows a conversation', () => page.shows());
  assert.equal(shown.running, undefined);
  assert.equal(shown.conversation.turns.at(-1)?.id, id);
  close();
});

test('each question gets one end, a removed conversation or a broken answer included', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    await pause(5);
    throw new Error('broken');
  });
  const page = pageOf(ask);
  page.says({ type: 'ready' });
  const shown = await until('the page shows a conversation', () => page.shows());
  page.says({ type: 'ask', turnId: 'a', text: 'one?' });
  const ended = (): ToAsk[] => page.told.filter(({ type }) => type === 'ended');
  await until('it has ended', () => ended().length === 1);
  page.says({ type: 'ask', turnId: 'b', text: 'two?' });
  page.says({ type: 'removeConversation', conversationId: shown.conversation.id });
  await until('both have ended', () => ended().length === 2);
  await pause(50);
  assert.equal(ended().length, 2);
  assert.notEqual(page.shows()?.conversation.id, shown.conversation.id);
  close();
});
