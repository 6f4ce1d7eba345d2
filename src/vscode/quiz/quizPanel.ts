// The quiz in an editor: one panel, one quiz at a time. A hidden page is thrown away by VS Code and says `ready` anew when
// it comes back, so this side always knows what it should be showing. What a quiz needs is loaded with the first one.

import * as vscode from 'vscode';
import type { QuizScope } from '../../core/study/quizScope.ts';
import type { FromQuiz, QuizPage, QuizState, ToQuiz } from '../../protocol/quiz.ts';
import { fieldsOf } from '../fromPage.ts';
import { OnePage } from '../onePage.ts';
import { messageHtml } from '../page.ts';
import { parseFromQuiz } from './quizMessages.ts';
import type { QuizParts, QuizRun } from './quizRun.ts';

export const quizPanelType = 'handbook.quiz';

/** What is wanted of others. */
export interface QuizActions {
  readonly openPassage: (passageId: string) => Promise<void>;
  readonly openChapter: (chapterId: string) => Promise<void>;
}

export class QuizPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #page: OnePage<ToQuiz>;
  readonly #parts: QuizParts;
  readonly #actions: QuizActions;
  #run: QuizRun | undefined;
  #shown: QuizPage | undefined;

  constructor(extension: vscode.Uri, parts: QuizParts, actions: QuizActions) {
    this.#page = new OnePage(extension, {
      viewType: quizPanelType,
      page: 'quiz',
      icon: 'mortar-board',
      receive: (value) => {
        this.receive(value);
      },
      onClose: () => {
        this.#run?.dispose();
        this.#run = undefined;
        this.#shown = undefined;
      },
    });
    this.#parts = parts;
    this.#actions = actions;
  }

  /** The quiz that is under way, and what its page was last told. */
  get run(): QuizRun | undefined {
    return this.#run;
  }

  get shown(): QuizPage | undefined {
    return this.#shown;
  }

  /** Starts a quiz, in place of the one that is open: what was answered there is saved. */
  async start(scope: QuizScope): Promise<void> {
    const { startQuiz } = await import('./quizRun.ts');
    const run = await startQuiz(scope, this.#parts, this.#tell);
    this.#replaceRun(run);
    this.#page.reveal(title(run));
    await this.#show();
  }

  /** Lets the learner pick what about, the chapter that is being read first, and starts a quiz. */
  async pick(readingId: string | undefined): Promise<void> {
    const { pickQuiz } = await import('./quizPick.ts');
    const scope = await pickQuiz(this.#parts.study, readingId);
    if (scope) await this.start(scope);
  }

  /** Brings back a quiz that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    try {
      const [{ openRun }, { parseQuizSession }] = await Promise.all([
        import('./quizRun.ts'),
        import('../../core/study/parseQuizSession.ts'),
      ]);
      const session = parseQuizSession(fieldsOf(state)?.['session' satisfies keyof QuizState]);
      if (!session) throw new Error('What the page kept is no quiz.');
      const run = await openRun(session, this.#parts, this.#tell);
      this.#replaceRun(run);
      this.#page.adopt(panel);
    } catch (error) {
      this.#parts.problems.log.error(error instanceof Error ? error : String(error));
      panel.webview.html = messageHtml(
        panel.webview,
        vscode.l10n.t(
          'This quiz couldn’t be brought back. Your answers are kept; start another with “Handbook: Quiz me”.',
        ),
      );
    }
  }

  /** Takes a message of the page. */
  receive(value: unknown): void {
    const message = parseFromQuiz(value);
    if (!message) {
      this.#parts.problems.log.warn('The quiz page sent a message that isn’t one of its own.');
      return;
    }
    this.#handle(message).catch((error: unknown) => {
      this.#parts.problems.report(
        error,
        vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
      );
    });
  }

  dispose(): void {
    this.#run?.dispose();
    this.#page.dispose();
  }

  readonly #tell = (message: ToQuiz): void => {
    if (message.type === 'show') {
      this.#shown = message.page;
      this.#page.title = pageTitle(message.page.title);
    }
    this.#page.post(message);
  };

  #replaceRun(run: QuizRun): void {
    this.#run?.dispose();
    this.#run = run;
    this.#shown = undefined;
  }

  async #handle(message: FromQuiz): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#page.ready();
        await this.#show();
        return;
      case 'openPassage':
        await this.#actions.openPassage(message.passageId);
        return;
      case 'openChapter':
        await this.#actions.openChapter(message.chapterId);
        return;
      case 'review':
        await vscode.commands.executeCommand('handbook.review');
        return;
      case 'another':
        await vscode.commands.executeCommand('handbook.quizMe');
        return;
      case 'choose':
      case 'reveal':
      case 'grade':
      case 'askModel':
      case 'stopModel':
      case 'next':
      case 'end':
      case 'tryWrong':
      case 'saveAgain':
        await this.#run?.handle(message);
        return;
    }
  }

  async #show(): Promise<void> {
    const run = this.#run;
    const page = await run?.page();
    if (page && run === this.#run) this.#tell({ type: 'show', page });
  }
}

function title(run: QuizRun): string {
  return pageTitle(run.session.title);
}

function pageTitle(words: string): string {
  return vscode.l10n.t('Quiz: {0}', words);
}
