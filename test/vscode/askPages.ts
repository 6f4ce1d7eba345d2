// A page at the other end of the Ask view, and answers that a script gives.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AnswerEvent, Source } from '../../src/core/answer.ts';
import type { Question } from '../../src/core/question.ts';
import type { FromAsk, ToAsk } from '../../src/protocol/ask.ts';
import type { AskAnswers } from '../../src/vscode/askAnswers.ts';
import { AskView } from '../../src/vscode/askView.ts';
import { createProblems } from '../../src/vscode/problems.ts';
import type { Study } from '../../src/vscode/study.ts';
import { companion, extensionId } from './companion.ts';

export const source: Source = {
  number: 1,
  passageId: 'recurrent-neural-networks#why',
  chapterId: 'recurrent-neural-networks',
  chapterTitle: 'Recurrent Neural Networks',
  heading: 'Why it matters',
  excerpt: 'It reads one step at a time.',
  score: 1,
};
export const found: AnswerEvent = { type: 'sources', coverage: 'covered', sources: [source] };
export const block = (index: number, markdown: string): AnswerEvent => ({
  type: 'block',
  index,
  block: { markdown, html: `<p>${markdown}</p>`, citations: [1], unsupported: 0 },
});

export interface Page {
  readonly says: (message: FromAsk) => void;
  /** Everything it was told, in order. */
  readonly told: ToAsk[];
  /** The last conversation it was told to show. */
  readonly shows: () => Extract<ToAsk, { type: 'conversation' }> | undefined;
}

/** A page at the other end of the view's wire, which only listens; `hears` is told each message as it comes. */
export function pageOf(ask: AskView, hears: (message: ToAsk) => void = () => undefined): Page {
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
      postMessage: (message: ToAsk) => {
        told.push(message);
        hears(message);
        return Promise.resolve(true);
      },
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
export async function scripted(
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
      includeLibrary: () => Promise.resolve(),
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
