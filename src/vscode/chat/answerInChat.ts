// How @handbook answers: as the Ask view does, with citations that open the reader.

import * as vscode from 'vscode';
import type { AnswerMode, Scope, Turn } from '../../core/answer.ts';
import { notCovered } from '../../core/answer/declineText.ts';
import { planMarkdown, resourcesMarkdown } from '../../core/chat/lists.ts';
import type { Chapter } from '../../core/curriculum.ts';
import type { Question } from '../../core/question.ts';
import { chapterCalled } from '../../core/lookUp.ts';
import type { GoalSubject } from '../../core/study/goals.ts';
import { beginTurn, continueTurn, reopened } from '../../core/turn.ts';
import type { AskAnswers } from '../askAnswers.ts';
import type { CommandId } from '../commandIds.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { bestChapter, followups } from './about.ts';
import { answerWriter, trustedMarkdown } from './answerWriter.ts';
import { commandLink } from './commandLink.ts';

/** The commands of the manifest that are answered by a model, or by quoting, with the mode they ask for. */
const modes: Readonly<Record<string, AnswerMode>> = { explain: 'explain', quiz: 'quiz', summarize: 'summarise' };

export interface ParticipantParts {
  readonly study: Study;
  readonly answers: AskAnswers;
  readonly problems: Problems;
  readonly icon: vscode.Uri;
  /** The chapter that is being read, which "this chapter" means. */
  readonly reading: () => string | undefined;
  readonly library: Pick<LocalLibrary, 'exists'>;
}

const listLinks = {
  chapter: (chapterId: string) => commandLink('handbook.openChapter', chapterId),
  resource: (resourceId: string) => commandLink('handbook.openResource', resourceId),
};

/** What is kept of an answer, for follow-ups and for the questions after it. */
interface Kept {
  readonly turn?: Turn;
}

/** Answers one request of the chat; what went wrong is part of the result. */
export async function answerInChat(
  parts: ParticipantParts,
  request: vscode.ChatRequest,
  context: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  signal: AbortSignal,
): Promise<vscode.ChatResult> {
  const { study } = parts;
  const curriculum = await study.curriculum();
  const prompt = request.prompt.trim();
  const chapter =
    chapterCalled(curriculum, prompt) ?? (await study.chapter(prompt === '' ? parts.reading() : undefined));
  if (request.command === 'plan') {
    const goal = chapter ?? (await namedGoal(study, prompt));
    // Named by nothing that the handbook has a name for: what comes nearest.
    const subject = goal ?? (await bestChapter(study, prompt));
    const way = subject && ('chapters' in subject ? subject : { title: subject.title, chapters: [subject] });
    stream.markdown(
      way
        ? trustedMarkdown(planMarkdown(curriculum, await study.progress(), way, listLinks, say))
        : notCovered(undefined, say),
    );
    return {};
  }
  if (prompt === '' && chapter === undefined && request.command !== 'resources') {
    stream.markdown(
      vscode.l10n.t('What about? Name a chapter or ask a question after the command, or open a chapter first.'),
    );
    return {};
  }
  if (request.command !== 'resources') {
    const question = questionIn(request, context, chapter);
    const scope = await scopeOf(question, parts);
    if (scope.kind === 'all') stream.progress(vscode.l10n.t('Looking in the handbook and your library…'));
    const result = await answer(parts, { ...question, scope }, stream, signal);
    if (request.command === 'quiz') {
      const about = chapter?.id ?? turnOf(result)?.sources[0]?.chapterId;
      // The quiz page has questions with answers that were written by hand, and remembers how they went.
      stream.button({
        command: 'handbook.quizMe' satisfies CommandId,
        title: vscode.l10n.t('Open the quiz'),
        arguments: about === undefined ? [] : [about],
      });
    }
    return result;
  }
  const subject = chapter ?? (await bestChapter(study, prompt));
  stream.markdown(
    subject ? trustedMarkdown(resourcesMarkdown(curriculum, subject, listLinks, say)) : notCovered(undefined, say),
  );
  return {};
}

/** What a request names: a chapter, a section, a goal of the handbook; several together. */
async function namedGoal(study: Study, prompt: string): Promise<Pick<GoalSubject, 'title' | 'chapters'> | undefined> {
  const named = (await study.text()).namesIn(prompt);
  if (named.length === 0) return undefined;
  return { title: named.map(({ title }) => title).join(', '), chapters: named.flatMap(({ chapters }) => chapters) };
}

/** There is no picker in the chat: whatever the learner has is asked, the handbook alone where nothing is saved. */
async function scopeOf({ mode, about }: Question, { library }: ParticipantParts): Promise<Scope> {
  const ofChapter = mode === 'quiz' || mode === 'summarise' || about !== undefined;
  return { kind: !ofChapter && (await library.exists()) ? 'all' : 'handbook' };
}

function questionIn(request: vscode.ChatRequest, context: vscode.ChatContext, chapter: Chapter | undefined): Question {
  const turns = context.history.flatMap((earlier) => {
    const turn = earlier instanceof vscode.ChatResponseTurn ? turnOf(earlier.result) : undefined;
    return turn ? [turn] : [];
  });
  const mode = modes[request.command ?? ''] ?? 'answer';
  const last = turns.at(-1);
  if (last?.cut && /^(go on|continue|more)\W*$/i.test(request.prompt.trim())) {
    const earlier = turns.slice(0, -1);
    return {
      text: last.question,
      history: earlier.map(({ question }) => question),
      turns: earlier,
      mode: last.mode ?? 'answer',
      continued: last,
      ...(last.about && { about: last.about }),
    };
  }
  const text = request.prompt.trim() || (chapter ? chapter.title : '');
  return {
    text,
    history: turns.map(({ question }) => question),
    turns,
    mode,
    ...(chapter && { about: { chapterId: chapter.id, text: '' } }),
  };
}

async function answer(
  { answers, problems }: ParticipantParts,
  question: Question,
  stream: vscode.ChatResponseStream,
  signal: AbortSignal,
): Promise<vscode.ChatResult> {
  let turn = question.continued
    ? reopened(question.continued)
    : beginTurn('', question.text, 0, { mode: question.mode, scope: question.scope });
  const writer = answerWriter(stream, question.scope);
  try {
    for await (const event of answers.answer(question, signal)) {
      turn = continueTurn(turn, event);
      writer.write(event);
    }
    writer.end();
    return { metadata: { turn: { ...turn, ended: 'finished' } } satisfies Kept };
  } catch (error) {
    problems.log.error(error instanceof Error ? error : String(error));
    return {
      errorDetails: {
        message: vscode.l10n.t(
          'The handbook could not answer: {0}',
          error instanceof Error ? error.message : String(error),
        ),
      },
    };
  }
}

/** What may be asked next. */
export function followupsOf(study: Study, result: vscode.ChatResult): ReturnType<typeof followups> {
  return followups(study, turnOf(result));
}

/** The turn that an earlier answer of ours left behind; what VS Code kept may be of another version. */
function turnOf(result: vscode.ChatResult): Turn | undefined {
  const { turn } = (result.metadata ?? {}) as Kept;
  return turn && Array.isArray(turn.sources) && Array.isArray(turn.sentences) && typeof turn.question === 'string'
    ? turn
    : undefined;
}
