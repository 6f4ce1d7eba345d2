// The view "Ask": conversations with the handbook. The page asks; whatever happens, each question gets exactly one `ended`.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { About, AnswerProgress, Conversation, Turn } from '../core/answer.ts';
import { answerMarkdown } from '../core/turn.ts';
import type { FromAsk, ToAsk } from '../protocol/ask.ts';
import type { AskAnswers } from './askAnswers.ts';
import { askConversations, type AskConversations } from './askConversations.ts';
import { parseFromAsk } from './askMessages.ts';
import { answerTurn, askedTurn, type Asked, type AskedTurn } from './askTurn.ts';
import type { AskScopes } from './askScopes.ts';
import type { CommandId } from './commandIds.ts';
import type { OpenPassage } from './openPassage.ts';
import { pageHtml, pageOptions } from './page.ts';
import type { Problems } from './problems.ts';
import { say } from './say.ts';
import type { Study } from './study.ts';
import { suggestions } from './suggestions.ts';

export const askViewId = 'handbook.ask';

/** The answer that is under way. */
interface Running {
  readonly asked: AskedTurn;
  readonly stop: AbortController;
  turn: Turn;
  progress: AnswerProgress | undefined;
}

/** What is wanted of others. */
export interface AskActions {
  readonly openPassage: OpenPassage;
  readonly scopes: AskScopes;
}

export class AskView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #study: Study;
  readonly #answers: AskAnswers;
  readonly #problems: Problems;
  readonly #actions: AskActions;
  readonly #conversations: AskConversations;
  readonly #following: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #running: Running | undefined;
  /** The turn that was asked last. */
  #asked: string | undefined;
  /** Resolves once that one is running. */
  #beginning: Promise<undefined> | undefined;
  /** What to put into the box once the page listens. */
  #toFill: Extract<ToAsk, { type: 'fill' }> | undefined;

  constructor(extension: vscode.Uri, study: Study, answers: AskAnswers, problems: Problems, actions: AskActions) {
    this.#extension = extension;
    this.#study = study;
    this.#answers = answers;
    this.#problems = problems;
    this.#actions = actions;
    this.#conversations = askConversations({
      store: () => study.store(),
      newId: randomUUID,
      now: Date.now,
      report: problems.report,
      t: say,
    });
    this.#following = vscode.Disposable.from(
      answers.onDidChangeModel((model) => {
        this.#post({ type: 'model', model });
      }),
      actions.scopes.onDidChange(() => {
        this.#safely(this.#offerScopes());
      }),
    );
  }

  /** The conversation that is shown. */
  get conversation(): Conversation | undefined {
    return this.#conversations.shown();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = pageOptions(this.#extension);
    view.webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromAsk(value);
      if (!message) this.#problems.log.warn('The Ask page sent a message that isn’t one of its own.');
      else this.#safely(this.#handle(message));
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

  /** Shows none of the conversations that there were: they have been erased. */
  async forget(): Promise<void> {
    if (!this.conversation) return;
    this.#begin();
    await this.#showConversation();
  }

  /** Starts a new conversation and opens the view. */
  async openNew(): Promise<void> {
    this.#begin();
    await this.#showConversation();
    await this.open();
  }

  /**
   * Answers a question in the conversation that is shown, or a turn of it again. Never throws: resolves with the turn that
   * is kept once the answer has ended and the page, if it is there, has been told.
   */
  async ask(turnId: string, text: string, more: Omit<Asked, 'turnId' | 'text'> = {}): Promise<Turn> {
    const begun = Promise.withResolvers<undefined>();
    this.#asked = turnId;
    this.#beginning = begun.promise;
    const shown = this.conversation;
    const conversation = await this.#conversations.forQuestion();
    // One question at a time; the earlier one ends as stopped.
    this.#running?.stop.abort();
    const asked = askedTurn(conversation, { turnId, text, ...more }, Date.now());
    const running: Running = { asked, stop: new AbortController(), turn: asked.begun, progress: undefined };
    this.#running = running;
    begun.resolve(undefined);
    // The page still shows one that another window has removed.
    if (shown && shown.id !== conversation.id) await this.#showConversation();
    const { turn, ended, earlier, problem } = await answerTurn(
      asked,
      {
        answers: this.#answers,
        t: say,
        log: (error) => {
          this.#problems.log.error(error instanceof Error ? error : String(error));
        },
        tell: (event, soFar) => {
          running.turn = soFar;
          running.progress = event.type === 'progress' ? event.progress : undefined;
          this.#post({ type: 'answer', turnId, event });
        },
      },
      running.stop.signal,
    );
    if (this.#running === running) this.#running = undefined;
    if (!earlier) await this.#conversations.keep(conversation, turn);
    this.#post({
      type: 'ended',
      turnId,
      ended,
      ...(problem !== undefined && { problem }),
      ...(earlier && { earlier: turn }),
      kept: await this.#conversations.kept(),
    });
    return turn;
  }

  /** Stops the answer that is under way, if there is one. */
  stop(): void {
    this.#running?.stop.abort();
  }

  dispose(): void {
    this.stop();
    this.#following.dispose();
  }

  #safely(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#problems.report(error, say('That didn’t work. Try again.'));
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
        await this.ask(message.turnId, message.text, message);
        return;
      case 'scope':
        await this.#actions.scopes.choose(message.kind);
        return;
      case 'stop':
        if (this.#running?.turn.id === message.turnId) this.stop();
        return;
      case 'openPassage':
        await this.#actions.openPassage(message.passageId, message);
        return;
      case 'copyAnswer': {
        const turn = this.conversation?.turns.find(({ id }) => id === message.turnId);
        if (turn) await vscode.env.clipboard.writeText(answerMarkdown(turn, say));
        return;
      }
      case 'copyText':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'pickChapter':
        await this.#askAboutPicked(message.text);
        return;
      case 'openQuiz':
        await runCommand('handbook.quizMe', message.chapterId);
        return;
      case 'chooseModel':
      case 'showModel':
      case 'showLog':
        await runCommand(`handbook.${message.type}`);
        return;
      case 'newConversation':
        this.#begin();
        await this.#showConversation();
        return;
      case 'showConversation':
        if (await this.#conversations.show(message.conversationId)) this.stop();
        await this.#showConversation();
        return;
      case 'removeConversation':
        if (await this.#conversations.remove(message.conversationId)) this.stop();
        await this.#showConversation();
        return;
    }
  }

  async #askAboutPicked(text: string): Promise<void> {
    const [curriculum, progress] = await Promise.all([this.#study.curriculum(), this.#study.progress()]);
    const chapter = await (
      await import('./pickers.ts')
    ).pickChapter(curriculum, progress, vscode.l10n.t('Which chapter is it about?'));
    if (!chapter) return;
    const about = { chapterId: chapter.id, chapterTitle: chapter.title, text: '' };
    this.#post({ type: 'fill', text, about, submit: true });
  }

  #begin(): void {
    this.stop();
    this.#conversations.begin();
  }

  async #showConversation(): Promise<void> {
    const [kept, offered, scopes] = await Promise.all([
      this.#conversations.kept(),
      suggestions(this.#study, this.#problems),
      this.#actions.scopes.offer(),
      this.#conversations.current(),
    ]);
    // A question that came in meanwhile is about to be one that is running.
    await this.#beginning;
    // What is shown and what is running are looked at together, without waiting in between: an answer may just be ending.
    const conversation = await this.#conversations.current();
    const running = this.#running?.asked.conversation.id === conversation.id ? this.#running : undefined;
    this.#post({
      type: 'conversation',
      conversation,
      kept,
      suggestions: offered,
      model: this.#answers.model,
      scopes,
      ...(running && {
        running: { turn: running.turn, ...(running.progress && { progress: running.progress }) },
      }),
      ...(this.#asked !== undefined && { asked: this.#asked }),
    });
  }

  async #offerScopes(): Promise<void> {
    // A page that isn't there is told with everything else when it is.
    if (this.#ready) this.#post({ type: 'scopes', scopes: await this.#actions.scopes.offer() });
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

async function runCommand(id: CommandId, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}
