// What each piece of a prompt costs, and which earlier turns it has room for. Tokens throughout.

import type { Turn } from '../answer.ts';
import type { Passage } from '../passages.ts';
import { answerText, earlierTurns, taskOf, type EarlierTurn } from './earlierTurns.ts';
import {
  beginning,
  createLayout,
  currentTask,
  passageBlock,
  type PromptParts,
  type PromptRequest,
} from './promptLayout.ts';
import { marked } from './promptData.ts';
import { referenceText } from './promptWords.ts';

/** What a chat template adds to each message, at most, and to the whole. */
export const template = { message: 12, whole: 24 };
export interface Costs {
  /** The system message, and the chapter if there is one. */
  readonly prefix: number;
  /** The last message without its passages. */
  readonly question: number;
  readonly passage: (passage: Passage) => number;
  /** The question and the answer of an earlier turn, without its passages. */
  readonly turn: (turn: Turn) => number;
}

/** Counts everything that may come into the prompt at one go. */
export async function countPieces(request: PromptRequest, parts: PromptParts): Promise<Costs> {
  const { chapter = [], candidates, turns } = request;
  const earlier = earlierTurns(turns, parts.passages);
  const prefix = beginning(request, earlier, parts);
  const looked = [
    ...new Set([
      ...candidates.map(({ passage }) => passage),
      ...earlier.flatMap(({ passages }) => passages),
      ...chapter,
    ]),
  ];
  const bare = createLayout(parts, []);
  const references = referenceText(
    [...earlier.flatMap(({ passages }) => passages), ...chapter].map(() => 99).slice(0, 40),
  );
  const wrapping = marked('passages', '');
  const spoken = earlier.flatMap(({ turn }) => [
    bare.userText([], turn.about, taskOf(turn, turns.slice(0, turns.indexOf(turn)), 99)),
    spokenText(turn, parts),
  ]);
  const counted = await parts.count([
    ...prefix.map(({ text }) => text),
    bare.userText([], request.about, currentTask(request, parts, 99)),
    wrapping + references,
    request.continued ? spokenText(request.continued, parts) : '',
    ...spoken,
  ]);
  const at = prefix.length;
  const frame = (counted[at + 1] ?? 0) + template.message;
  const soFar = request.continued === undefined ? 0 : (counted[at + 2] ?? 0) + template.message;
  const spokenAt = at + 3;
  const perTurn = new Map(
    earlier.map(({ turn }, index) => [
      turn,
      (counted[spokenAt + 2 * index] ?? 0) + (counted[spokenAt + 2 * index + 1] ?? 0) + frame + template.message,
    ]),
  );
  const passageCounts = await passageTokens(looked, parts);
  const perPassage = new Map(looked.map((passage, index) => [passage.id, passageCounts[index] ?? 0]));
  return {
    prefix: counted.slice(0, at).reduce((sum, tokens) => sum + tokens + template.message, 0),
    question: (counted[at] ?? 0) + frame + soFar,
    passage: ({ id }) => perPassage.get(id) ?? 0,
    turn: (turn) => perTurn.get(turn) ?? 0,
  };
}

/** What was answered, with the numbers of its own sources: as long as with any others. */
function spokenText(turn: Turn, { written }: PromptParts): string {
  const numbers = new Map(turn.sources.map(({ passageId, number }) => [passageId, number]));
  return answerText(turn, written(turn), numbers);
}

/**
 * The turns that stay: when they pass `room`, the oldest leave until they take at most half of it, so that the rest of the
 * prompt stays as it was for several turns. Follows the conversation from its start, so that each question finds what the
 * one before it left.
 */
export function keptTurns(
  turns: readonly EarlierTurn[],
  room: number,
  chapter: readonly Passage[],
  costs: Costs,
): EarlierTurn[] {
  const cost = (kept: readonly EarlierTurn[]): number =>
    kept.reduce((sum, turn, index) => sum + turnCost(turn, kept.slice(0, index), chapter, costs), 0);
  let kept: EarlierTurn[] = [];
  for (const turn of turns) {
    kept.push(turn);
    if (cost(kept) <= room) continue;
    while (kept.length > 0 && (cost(kept) > room || (kept.length > 1 && cost(kept) > room / 2))) kept = kept.slice(1);
  }
  return kept;
}

/** What a turn adds to a prompt that holds the chapter and the turns before it. */
export function turnCost(
  { turn, passages }: EarlierTurn,
  before: readonly EarlierTurn[],
  chapter: readonly Passage[],
  costs: Costs,
): number {
  const there = new Set([...chapter, ...before.flatMap((earlier) => earlier.passages)]);
  return passages.reduce((sum, passage) => sum + (there.has(passage) ? 0 : costs.passage(passage)), costs.turn(turn));
}

/**
 * A chapter in parts that each fit into `room` tokens, in order; one part if it fits whole. A passage that is longer than
 * the room is a part of its own, for `buildPrompt` to list as left out.
 */
export function chapterParts(chapter: readonly Passage[], tokens: readonly number[], room: number): Passage[][] {
  const parts: Passage[][] = [];
  let left = -1;
  for (const [index, passage] of chapter.entries()) {
    const cost = tokens[index] ?? 0;
    if (cost > left || parts.length === 0) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)?.push(passage);
    left -= cost;
  }
  return parts;
}

/** The tokens that are left for passages where a prompt holds nothing but them and a question. */
export async function bareRoom(
  request: Omit<PromptRequest, 'turns' | 'candidates'>,
  parts: PromptParts,
): Promise<number> {
  const costs = await countPieces({ ...request, turns: [], candidates: [] }, parts);
  return request.context - request.reserve - template.whole - costs.prefix - costs.question;
}

/** What a passage costs in a prompt, in tokens. */
export async function passageTokens(passages: readonly Passage[], parts: PromptParts): Promise<number[]> {
  const counted = await parts.count(
    passages.map((passage) => passageBlock(99, passage, parts.chapterTitle(passage.chapterId))),
  );
  return counted.map((tokens) => tokens + separator);
}

/** The empty line between passages. */
const separator = 2;
