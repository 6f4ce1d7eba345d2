// The view "Ask": conversations with the handbook. The page asks; whatever happens, each question gets exactly one `ended`.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { About, AnswerEvent, Conversation, Turn } from '../core/answer.ts';
import {
  answerMarkdown,
  beginConversation,
  beginTurn,
  continueTurn,
  conversationTitle,
  withTurn,
} from '../core/turn.ts';
import type { Question } from '../core/question.ts';
import type { ConversationSummary, FromAsk, ToAsk } from '../protocol/ask.ts';
import { longestQuestion, parseFromAsk } from './askMessages.ts';
import { pageHtml, pageOptions } from './page.ts';
import type { Store } from '../store/store.ts';
import type { Problems } from './problems.ts';
import { say } from './say.ts';
import type { Study } from './study.ts';
import { suggestions } from './suggestions.ts';
import { untilStopped } from './untilStopped.ts';

export const askViewId = 'handbook.ask';

/** How many earlier questions an answer may lean on. */
const remembered = 4;

interface Running {
  readonly turnId: string;
  readonly question: string;
  readonly about: About | undefined;
  readonly conversation: Conversation;
  readonly stop: AbortController;
  readonly events: AnswerEvent[];
}

/** What is wanted of others. */
export interface AskActions {
  readonly openPassage: (passageId: string, sentence: string | undefined) => Promise<void>;
}

export class AskView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #actions: AskActions;
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #conversation: Conversation | undefined;
  #running: Running | undefined;
  /** Conversations that an answer may still come in for, but that the learner has thrown away. */
  readonly #removed = new Set<string>();
  /** What to put into the box once the page listens. */
  #toFill: Extract<ToAsk, { type: 'fill' }> | undefined;

  constructor(extension: vscode.Uri, study: Study, problems: Problems, actions: AskActions) {
    this.#extension = extension;
    this.#study = study;
    this.#problems = problems;
    this.#actions = actions;
  }

  /** The conversation that is shown. */
  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = pageOptions(this.#extension);
    view.webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromAsk(value);
      if (!message) this.#problems.log.warn('The Ask page sent a message that isn’t one of its own.');
      else this.#receive(message);
    });
    view.onDidChangeVisibility(() => {
      // A hidden page is thrown away and says `ready` again.
      if (!view.visible) this.#ready = false;
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      this.#ready = false;
    });
    view.webview.html = pageHtml(view.webview, this.#extension, 'ask', vscode.l10n.t('Ask'));
  }

  /** Opens the view, with `text` in its box if there is any; `submit` asks it as well. */
  async open(text = '', about?: About, submit = false): Promise<void> {
    if (text !== '' || about) this.#toFill = { type: 'fill', text, submit, ...(about && { about }) };
    await vscode.commands.executeCommand(`${askViewId}.focus`);
    this.#fill();
  }

  /** Starts a new conversation and opens the view. */
  async openNew(): Promise<void> {
    this.#begin();
    await this.#showConversation();
    await this.open();
  }

  /**
   * Answers a question in the conversation that is shown. Never throws: resolves with the turn once it has ended, has been
   * kept and the page, if it is there, has been told.
   */
  async ask(turnId: string, text: string, about?: About): Promise<Turn> {
    const conversation = await this.#current();
    // One question at a time; the earlier one ends as stopped.
    this.#running?.stop.abort();
    const running: Running = { turnId, question: text, about, conversation, stop: new AbortController(), events: [] };
    this.#running = running;
    const { turn, problem } = await this.#answer(running);
    if (this.#running === running) this.#running = undefined;
    await this.#keep(conversation, turn);
    this.#post({
      type: 'ended',
      turnId,
      ended: turn.ended,
      ...(problem !== undefined && { problem }),
      kept: await this.#kept(),
    });
    return turn;
  }

  dispose(): void {
    this.#running?.stop.abort();
  }

  #receive(message: FromAsk): void {
    this.#handle(message).catch((error: unknown) => {
      this.#problems.report(error, vscode.l10n.t('That didn’t work. Try again.'));
    });
  }

  async #handle(message: FromAsk): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        await this.#showConversation();
        this.#fill();
        return;
      case 'ask':
        await this.ask(message.turnId, message.text, message.about);
        return;
      case 'stop':
        if (this.#running?.turnId === message.turnId) this.#running.stop.abort();
        return;
      case 'openPassage':
        await this.#actions.openPassage(message.passageId, message.sentence);
        return;
      case 'copyAnswer': {
        const turn = this.#conversation?.turns.find(({ id }) => id === message.turnId);
        if (turn) await vscode.env.clipboard.writeText(answerMarkdown(turn, say));
        return;
      }
      case 'newConversation':
        this.#begin();
        await this.#showConversation();
        return;
      case 'showConversation': {
        // The one that is shown may be waiting for an answer.
        if (message.conversationId !== this.#conversation?.id) {
          const kept = (await this.#study.store()).conversation(message.conversationId);
          if (kept) {
            this.#running?.stop.abort();
            this.#conversation = kept;
          }
        }
        await this.#showConversation();
        return;
      }
      case 'removeConversation':
        (await this.#study.store()).removeConversation(message.conversationId);
        this.#removed.add(message.conversationId);
        if (this.#conversation?.id === message.conversationId) this.#begin();
        await this.#showConversation();
        return;
    }
  }

  async #answer(running: Running): Promise<{ readonly turn: Turn; readonly problem?: string }> {
    const { turnId, question, about, conversation, stop, events } = running;
    let turn = beginTurn(turnId, question, Date.now(), about);
    try {
      if (question.length > longestQuestion) {
        const problem = vscode.l10n.t('The question is too long: ask it in at most {0} characters.', longestQuestion);
        return { turn: { ...turn, question: conversationTitle(question, 300) }, problem };
      }
      // Opening the text takes a moment the first time; Stop works then too.
      const answers = this.#answers(
        {
          text: question,
          history: conversation.turns.slice(-remembered).map((earlier) => earlier.question),
          ...(about && { about: { chapterId: about.chapterId, text: about.text } }),
        },
        stop.signal,
      );
      for await (const event of untilStopped(answers, stop.signal)) {
        turn = continueTurn(turn, event);
        events.push(event);
        this.#post({ type: 'answer', turnId, event });
      }
      return { turn: { ...turn, ended: stop.signal.aborted ? 'stopped' : 'finished' } };
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
      const problem = vscode.l10n.t('The answer failed. Ask again; if it keeps failing, the log says why.');
      return { turn: { ...turn, ended: 'failed' }, problem };
    }
  }

  async *#answers(question: Question, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const { answer } = await this.#study.text();
    if (!signal.aborted) yield* answer(question);
  }

  /** Puts an ended turn into its conversation, here and in the store. */
  async #keep(asked: Conversation, turn: Turn): Promise<void> {
    if (this.#removed.has(asked.id)) return;
    const shown = this.#conversation?.id === asked.id ? this.#conversation : asked;
    const conversation = withTurn(shown, turn);
    if (this.#conversation?.id === asked.id) this.#conversation = conversation;
    try {
      const { id, title, startedAt } = conversation;
      const store = await this.#study.store();
      // While waiting for the store, too, the conversation may have been thrown away: saving would bring it back.
      if (!this.#removed.has(id)) store.saveTurn({ id, title, startedAt }, turn);
    } catch (error) {
      this.#problems.report(
        error,
        vscode.l10n.t('The answer couldn’t be kept. It stays here until you close the window.'),
      );
    }
  }

  /** The conversation that is shown: the last one that was kept, to begin with. */
  async #current(): Promise<Conversation> {
    if (!this.#conversation) {
      const [last] = await this.#kept();
      const kept = last && (await this.#store())?.conversation(last.id);
      // Another question may have come first.
      this.#conversation ??= kept ?? beginConversation(randomUUID(), Date.now());
    }
    return this.#conversation;
  }

  #begin(): void {
    this.#running?.stop.abort();
    this.#conversation = beginConversation(randomUUID(), Date.now());
  }

  async #showConversation(): Promise<void> {
    const conversation = await this.#current();
    const running = this.#running?.conversation.id === conversation.id ? this.#running : undefined;
    const [kept, offered] = await Promise.all([this.#kept(), suggestions(this.#study, this.#problems)]);
    this.#post({
      type: 'conversation',
      conversation,
      kept,
      suggestions: offered,
      ...(running && {
        running: {
          turnId: running.turnId,
          question: running.question,
          events: [...running.events],
          ...(running.about && { about: running.about }),
        },
      }),
    });
  }

  async #kept(): Promise<readonly ConversationSummary[]> {
    return (await this.#store())?.conversations() ?? [];
  }

  /** The store, if it can be opened: without one conversations last as long as the window. */
  async #store(): Promise<Store | undefined> {
    try {
      return await this.#study.store();
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your conversations couldn’t be read. You can ask all the same.'));
      return undefined;
    }
  }

  #fill(): void {
    if (!this.#ready || !this.#toFill) return;
    this.#post(this.#toFill);
    this.#toFill = undefined;
  }

  #post(message: ToAsk): void {
    if (this.#ready) void this.#view?.webview.postMessage(message);
  }
}
