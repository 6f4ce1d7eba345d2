// One question on its way to its answer. Whatever happens on the way, it ends, and exactly once.

import type { AnswerEvent, Conversation, Turn } from '../core/answer.ts';
import type { Question } from '../core/question.ts';
import type { Translate } from '../core/translate.ts';
import { beginTurn, continueTurn, conversationTitle, keptOf, reopened } from '../core/turn.ts';
import type { AskedHow } from '../core/turn.ts';
import type { Again } from '../protocol/ask.ts';
import type { AskAnswers } from './askAnswers.ts';
import { longestQuestion } from './askMessages.ts';
import { untilStopped } from './untilStopped.ts';

/** How many earlier questions an answer may lean on. */
const remembered = 4;

/** What the learner asks. */
export interface Asked extends AskedHow {
  readonly turnId: string;
  readonly text: string;
  /** Of the turn with that id. */
  readonly again?: Again | undefined;
}

/** A question in its conversation. */
export interface AskedTurn {
  /** As far as is known before it is answered. */
  readonly begun: Turn;
  readonly conversation: Conversation;
  /** If it is answered again: the turn as it was. */
  readonly before?: { readonly turn: Turn; readonly again: Again };
  /** If there was an answer, and another one is wanted. */
  readonly variation?: number;
}

export interface EndedTurn {
  /** What is to be kept. */
  readonly turn: Turn;
  /** How this answer ended; the turn that is kept may be an earlier one. */
  readonly ended: Turn['ended'];
  /** True if the earlier answer stays. */
  readonly earlier: boolean;
  /** For the learner: why it failed, or why the earlier answer stays. */
  readonly problem?: string;
}

/** Puts a question into its conversation; a turn to be answered again that isn't there is asked as if it were new. */
export function askedTurn(conversation: Conversation, asked: Asked, now: number): AskedTurn {
  const { turnId, text, again } = asked;
  const turn = again && conversation.turns.find(({ id }) => id === turnId);
  if (!turn) return { begun: beginTurn(turnId, text, now, asked), conversation };
  const begun = again === 'continue' ? reopened(turn) : beginTurn(turnId, turn.question, turn.askedAt, turn);
  const another = again === 'regenerate' && turn.ended === 'finished';
  return { begun, conversation, before: { turn, again }, ...(another && { variation: now % 2 ** 31 }) };
}

export interface TurnParts {
  readonly answers: Pick<AskAnswers, 'answer'>;
  readonly t: Translate;
  /** The details of a failure, for the log. */
  readonly log: (error: unknown) => void;
  /** Every event as it comes, with the turn after it. */
  readonly tell: (event: AnswerEvent, turn: Turn) => void;
}

/** Answers a question. Never throws; `signal` stops it at once, whatever it is waiting for. */
export async function answerTurn(asked: AskedTurn, parts: TurnParts, signal: AbortSignal): Promise<EndedTurn> {
  const { t } = parts;
  const { turn, problem } = await run(asked, parts, signal);
  const { before } = asked;
  const kept = before ? keptOf(before.turn, before.again, turn) : turn;
  const { ended } = turn;
  if (kept === before?.turn) {
    const why = ended === 'stopped' ? t('You stopped the new answer.') : (problem ?? turn.fallback ?? '');
    return { turn: kept, ended, earlier: true, problem: `${why} ${t('This is the earlier one.')}`.trim() };
  }
  return { turn: kept, ended, earlier: false, ...(problem !== undefined && { problem }) };
}

async function run(
  asked: AskedTurn,
  { answers, t, log, tell }: TurnParts,
  signal: AbortSignal,
): Promise<{ readonly turn: Turn; readonly problem?: string }> {
  let turn = asked.begun;
  if (turn.question.length > longestQuestion) {
    const problem = t('The question is too long: ask it in at most {0} characters.', longestQuestion);
    return { turn: { ...turn, question: conversationTitle(turn.question, 300) }, problem };
  }
  try {
    for await (const event of untilStopped(answers.answer(questionOf(asked), signal), signal)) {
      turn = continueTurn(turn, event);
      tell(event, turn);
    }
    return { turn: { ...turn, ended: signal.aborted ? 'stopped' : 'finished' } };
  } catch (error) {
    // What a stopped answer still had to complain about is no failure.
    if (signal.aborted) return { turn: { ...turn, ended: 'stopped' } };
    log(error);
    return { turn, problem: t('The answer failed. Ask again; if it keeps failing, the log says why.') };
  }
}

function questionOf({ begun, conversation, before, variation }: AskedTurn): Question {
  const place = before ? conversation.turns.indexOf(before.turn) : conversation.turns.length;
  const turns = conversation.turns.slice(0, place);
  const { question, about, mode, scope } = begun;
  return {
    text: question,
    history: turns.slice(-remembered).map((earlier) => earlier.question),
    turns,
    ...(about && { about: { chapterId: about.chapterId, text: about.text } }),
    ...(mode && { mode }),
    ...(scope && { scope }),
    ...(before?.again === 'continue' && { continued: before.turn }),
    ...(variation !== undefined && { variation }),
  };
}
