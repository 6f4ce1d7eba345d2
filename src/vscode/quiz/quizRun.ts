// A quiz under way: what the page says goes in, one message after the other; what it is to show comes out. Every answer is
// in the learner's history before the page shows that it counts; if that fails they are told, and the quiz goes on.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { noProgress } from '../../core/progress.ts';
import { parseQuizSubject } from '../../core/quizzes.ts';
import type { ChapterQuiz, QuizItem } from '../../core/quizzes.ts';
import { editionOf, quizSubjectNow } from '../../core/study/edition.ts';
import {
  answerChoice,
  beginQuiz,
  choiceOrder,
  currentQuestion,
  endQuiz,
  eventsOf,
  giveOpinion,
  gradeRecall,
  markSaved,
  nextQuestion,
  quizResult,
  renamedIn,
  revealAnswer,
  unsavedAnswers,
  withoutUnknown,
} from '../../core/study/quiz.ts';
import type { QuizSession } from '../../core/study/quiz.ts';
import { cardIdsOf } from '../../core/study/quizCard.ts';
import { chooseSubjects, scopeTitle, subjectsIn } from '../../core/study/quizScope.ts';
import type { QuizScope } from '../../core/study/quizScope.ts';
import { quizStanding } from '../../core/study/quizStanding.ts';
import type { FromQuiz, OpinionView, QuizPage, ToQuiz } from '../../protocol/quiz.ts';
import { hadCard } from '../../store/quizAnswers.ts';
import type { LocalModel } from '../model/localModel.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import { readSettings } from '../settings.ts';
import type { Study } from '../study.ts';
import { itemOf, quizPage } from './quizContent.ts';
import { judgeWith } from './quizJudge.ts';

export interface QuizParts {
  readonly study: Study;
  readonly model: LocalModel;
  readonly problems: Problems;
}

/** What a page says that changes the quiz. */
export type QuizStepMessage = Extract<
  FromQuiz,
  { type: 'choose' | 'reveal' | 'grade' | 'askModel' | 'stopModel' | 'next' | 'end' | 'tryWrong' | 'saveAgain' }
>;

/** A new quiz. Whatever the learner's history holds against it, the questions are there. */
export async function startQuiz(scope: QuizScope, parts: QuizParts, tell: (message: ToQuiz) => void): Promise<QuizRun> {
  const { study, problems } = parts;
  const [curriculum, index] = await Promise.all([study.curriculum(), study.quizIndex()]);
  const history = await study.store().then(
    (store) => ({ progress: store.progress(), events: store.events(['quiz']) }),
    (error: unknown) => {
      problems.report(error, vscode.l10n.t('Your earlier answers couldn’t be read. The quiz starts without them.'));
      return { progress: noProgress, events: [] };
    },
  );
  const standing = quizStanding(history.events);
  const subjects = subjectsIn(scope, { curriculum, index, progress: history.progress, standing });
  const seed = randomUUID();
  const chosen = chooseSubjects(subjects, standing, seed, readSettings().quizQuestions);
  return openRun(beginQuiz(randomUUID(), scopeTitle(scope, curriculum, say), seed, chosen), parts, tell);
}

/** A quiz that was under way before; questions that the handbook hasn't got any more are left out. */
export async function openRun(kept: QuizSession, parts: QuizParts, tell: (message: ToQuiz) => void): Promise<QuizRun> {
  const [index, curriculum] = await Promise.all([parts.study.quizIndex(), parts.study.curriculum()]);
  const edition = editionOf(curriculum);
  const session = renamedIn(kept, (subject) => quizSubjectNow(edition, subject));
  const ids = new Set(session.questions.flatMap(({ subject }) => parseQuizSubject(subject)?.chapterId ?? []));
  const known = [...ids].filter((id) => Object.hasOwn(index, id));
  const quizzes = new Map(
    await Promise.all(known.map(async (id): Promise<[string, ChapterQuiz]> => [id, await parts.study.quiz(id)])),
  );
  return new QuizRun(
    withoutUnknown(session, (subject) => itemOf(quizzes, subject) !== undefined),
    quizzes,
    parts,
    tell,
  );
}

export class QuizRun implements vscode.Disposable {
  readonly #quizzes: ReadonlyMap<string, ChapterQuiz>;
  readonly #parts: QuizParts;
  readonly #tell: (message: ToQuiz) => void;
  readonly #listening: vscode.Disposable;
  #session: QuizSession;
  /** One message after the other: saving takes its time. */
  #last: Promise<unknown> = Promise.resolve();
  #judging: AbortController | undefined;
  #opinion: OpinionView | undefined;
  #disposed = false;

  /** Use `startQuiz` or `openRun`. `quizzes` are those of all chapters that the session asks about. */
  constructor(
    session: QuizSession,
    quizzes: ReadonlyMap<string, ChapterQuiz>,
    parts: QuizParts,
    tell: (message: ToQuiz) => void,
  ) {
    this.#session = session;
    this.#quizzes = quizzes;
    this.#parts = parts;
    this.#tell = tell;
    this.#opinion = this.#keptOpinion();
    let had = parts.model.has('chat');
    this.#listening = parts.model.onDidChange(() => {
      // Somebody chose a model, or let it go, while an answer waits to be graded.
      const has = parts.model.has('chat');
      if (has === had || this.#judging) return;
      had = has;
      this.#opinion = this.#keptOpinion();
      this.#showLater();
    });
  }

  get session(): QuizSession {
    return this.#session;
  }

  /** What the page shows now. */
  async page(): Promise<QuizPage> {
    return quizPage(this.#session, {
      curriculum: await this.#parts.study.curriculum(),
      quizzes: this.#quizzes,
      opinion: this.#opinion,
      nothing: vscode.l10n.t('There is no question about this. Choose something else.'),
      t: say,
    });
  }

  /** Takes what the page said; resolves once that is done and the page has been told. */
  async handle(message: QuizStepMessage): Promise<void> {
    const done = this.#last.then(() => this.#handle(message));
    this.#last = done.catch(() => undefined);
    await done;
  }

  dispose(): void {
    this.#disposed = true;
    this.#judging?.abort();
    this.#listening.dispose();
  }

  async #handle(message: QuizStepMessage): Promise<void> {
    const item = this.#item();
    if ('subject' in message && message.subject !== currentQuestion(this.#session)?.subject) return;
    switch (message.type) {
      case 'choose': {
        if (!item) return;
        const chosen = message.choice === undefined ? undefined : choiceOrder(this.#session, item)[message.choice];
        if (message.choice !== undefined && chosen === undefined) return;
        this.#session = answerChoice(this.#session, item, chosen);
        await this.#save();
        break;
      }
      case 'reveal':
        if (!item) return;
        this.#session = revealAnswer(this.#session, item, message.text);
        this.#opinion = this.#keptOpinion();
        if (this.#opinion && readSettings().quizModel) this.#judge();
        break;
      case 'askModel':
        if (this.#opinion && !this.#judging) this.#judge();
        break;
      case 'stopModel':
        this.#judging?.abort();
        return;
      case 'grade':
        this.#stopJudging();
        this.#session = gradeRecall(this.#session, message.grade);
        await this.#save();
        break;
      case 'next':
        this.#stopJudging();
        this.#session = nextQuestion(this.#session);
        this.#opinion = this.#keptOpinion();
        break;
      case 'end':
        this.#stopJudging();
        this.#session = endQuiz(this.#session);
        break;
      case 'tryWrong': {
        const { wrong } = quizResult(this.#session);
        if (wrong.length === 0) return;
        const seed = randomUUID();
        await this.#save();
        this.#session = beginQuiz(
          randomUUID(),
          say('What you got wrong'),
          seed,
          chooseSubjects(wrong, new Map(), seed, wrong.length),
        );
        break;
      }
      case 'saveAgain':
        await this.#save();
        break;
    }
    await this.#show();
  }

  #item(): QuizItem | undefined {
    const question = currentQuestion(this.#session);
    return question && itemOf(this.#quizzes, question.subject);
  }

  /** Brings every answer that isn't there yet into the learner's history. Who can't be saved now is tried again with the next. */
  async #save(): Promise<void> {
    const { study, problems } = this.#parts;
    for (const question of unsavedAnswers(this.#session)) {
      const item = itemOf(this.#quizzes, question.subject);
      if (!item) continue;
      let had: boolean;
      try {
        const chapter = await study.chapter(item.chapterId);
        had = (await study.store()).read(hadCard(cardIdsOf(item, chapter?.formerIds ?? [])));
      } catch (error) {
        problems.report(error, vscode.l10n.t('Your answer couldn’t be saved. It is tried again with the next one.'));
        return;
      }
      const { events, card } = eventsOf(question, item, had);
      if (!(await study.record(...events))) return;
      this.#session = markSaved(this.#session, question.subject, card);
    }
  }

  /** What can be said of a model's opinion of the question at hand while none is being written. */
  #keptOpinion(): OpinionView | undefined {
    const question = currentQuestion(this.#session);
    if (question?.opinion) return { state: 'given', ...question.opinion };
    const wrote = question?.typed !== undefined && question.typed.trim() !== '' && !question.answer;
    return wrote && this.#parts.model.has('chat') ? { state: 'offered' } : undefined;
  }

  #stopJudging(): void {
    this.#judging?.abort();
    this.#judging = undefined;
    this.#opinion = this.#keptOpinion();
  }

  #judge(): void {
    const question = currentQuestion(this.#session);
    const item = this.#item();
    if (question?.typed === undefined || item?.kind !== 'recall') return;
    const passage = this.#quizzes.get(item.chapterId)?.passages.find(({ anchor }) => anchor === item.anchor);
    const stop = new AbortController();
    this.#judging = stop;
    this.#opinion = { state: 'loading', fraction: 0 };
    const { subject, typed } = question;
    const tell = (opinion: OpinionView): void => {
      if (this.#judging !== stop) return;
      this.#opinion = opinion;
      this.#tell({ type: 'opinion', subject, opinion });
    };
    const recalled = { item, passage: passage ?? { heading: '', text: '' }, typed };
    void judgeWith(this.#parts.model, recalled, stop.signal, tell, this.#parts.problems).then((opinion) => {
      if (this.#judging !== stop) return;
      this.#judging = undefined;
      this.#opinion = opinion;
      if (opinion.state === 'given') {
        this.#session = giveOpinion(this.#session, subject, { grade: opinion.grade, reason: opinion.reason });
      }
      this.#showLater();
    });
  }

  async #show(): Promise<void> {
    const page = await this.page();
    if (!this.#disposed) this.#tell({ type: 'show', page });
  }

  #showLater(): void {
    this.#show().catch((error: unknown) => {
      this.#parts.problems.log.error(String(error));
    });
  }
}
