// A question with its passages → the messages for the model, within a counted budget.
//
// What repeats comes first, so that its evaluation is reused: the system message, then the whole chapter if the question is
// about one, then the earlier turns as they were sent, then what is new. A passage stands in a prompt once and keeps its
// number; a later question refers to it. Nothing is cut short: a passage is there whole or is listed as left out.

import type { SeenPassage } from '../answer.ts';
import type { ChatMessage } from '../model/language.ts';
import { ModelError } from '../model/modelError.ts';
import { summaryAnchor, type Passage } from '../passages.ts';
import { answerText, earlierTurns, quizFocus, taskOf } from './earlierTurns.ts';
import { countPieces, keptTurns, template, turnCost } from './promptCosts.ts';
import { beginning, createLayout, currentTask, type PromptParts, type PromptRequest } from './promptLayout.ts';

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  /** The first so many messages are a chapter that will be asked about again. */
  readonly keepMessages?: number;
  /** Every passage in the prompt with its number, those of earlier turns included. */
  readonly numbers: ReadonlyMap<number, Passage>;
  /** The numbers of the passages for this question, in the order in which they are shown: source 1 is the first. */
  readonly current: readonly number[];
  /** `number` is that of the source. */
  readonly seen: readonly SeenPassage[];
  /** As counted, the chat template estimated. */
  readonly tokens: number;
  readonly earlierTurns: number;
  readonly droppedTurns: number;
}

/** Passages whose score is below this share of the best one's have little to do with the question. */
const lowestScore = 0.2;
/** The share of the context that earlier turns may take. When they pass it, the oldest leave until half of it is free. */
const historyShare = 0.4;

/**
 * Lays out a prompt.
 * @throws ModelError 'prompt-too-long' if not even the question fits with one passage
 */
export async function buildPrompt(request: PromptRequest, parts: PromptParts): Promise<Prompt> {
  const { chapter = [], candidates, context, reserve, turns } = request;
  const costs = await countPieces(request, parts);
  const earlier = earlierTurns(turns, parts.passages);
  const prefixCost = costs.prefix + template.whole;
  const room = context - reserve - prefixCost - costs.question;
  const historyRoom = Math.min(room, Math.floor((context - costs.prefix) * historyShare));
  const kept = request.part ? [] : keptTurns(earlier, historyRoom, chapter, costs);

  const layout = createLayout(parts, chapter);
  const messages: ChatMessage[] = beginning(request, earlier, parts);
  for (const { turn, passages } of kept) {
    const numbers = layout.numbersOf(passages);
    const before = turns.slice(0, turns.indexOf(turn));
    const focus = turn.mode === 'quiz' ? quizFocus(focusable(numbers, layout.numbers, chapter), before) : undefined;
    const about = turn.about && { chapterId: turn.about.chapterId, text: turn.about.text };
    messages.push({ role: 'user', text: layout.userText(numbers, about, taskOf(turn, before, focus)) });
    messages.push({ role: 'assistant', text: answerText(turn, parts.written(turn), layout.byId()) });
  }

  let left = room - kept.reduce((sum, turn, index) => sum + turnCost(turn, kept.slice(0, index), chapter, costs), 0);
  const taken: Passage[] = [];
  const seen: SeenPassage[] = [];
  const best = Math.max(...candidates.map(({ score }) => score));
  const looked = candidates.filter(({ passage }) => !chapter.includes(passage));
  for (const { passage, score } of looked) {
    const repeated = layout.byId().has(passage.id);
    const tokens = repeated ? 0 : costs.passage(passage);
    const leftOut =
      taken.length >= request.mostPassages
        ? 'too-many'
        : score < best * lowestScore
          ? 'low-score'
          : tokens > left
            ? 'no-room'
            : undefined;
    if (!leftOut) {
      taken.push(passage);
      left -= tokens;
    }
    seen.push({
      passageId: passage.id,
      chapterTitle: parts.chapterTitle(passage.chapterId),
      heading: passage.heading,
      score,
      tokens: costs.passage(passage),
      ...(leftOut ? { leftOut } : { number: chapter.length + taken.length }),
    });
  }
  if (left < 0 || (taken.length === 0 && chapter.length === 0 && candidates.length > 0)) {
    throw new ModelError(
      'prompt-too-long',
      'The question is too long for this model’s context. Select fewer words, or give the model a larger context in the settings.',
      `context ${context}, reserved ${reserve}, prefix ${prefixCost}, question ${costs.question}`,
    );
  }

  const numbers = layout.numbersOf(taken);
  const current = [...chapter.map((_, index) => index + 1), ...numbers];
  const focus = request.mode === 'quiz' ? quizFocus(focusable(numbers, layout.numbers, chapter), turns) : undefined;
  messages.push({ role: 'user', text: layout.userText(numbers, request.about, currentTask(request, parts, focus)) });
  const { continued } = request;
  if (continued) {
    messages.push({ role: 'assistant', text: answerText(continued, parts.written(continued), layout.byId()) });
  }
  const scores = new Map(candidates.map(({ passage, score }) => [passage.id, score]));
  return {
    messages,
    ...(chapter.length > 0 && { keepMessages: 3 }),
    numbers: layout.numbers,
    current,
    seen: [
      ...chapter.map((passage, index) => ({
        passageId: passage.id,
        chapterTitle: parts.chapterTitle(passage.chapterId),
        heading: passage.heading,
        score: scores.get(passage.id) ?? 0,
        tokens: costs.passage(passage),
        number: index + 1,
      })),
      ...seen,
    ],
    tokens: context - reserve - left,
    earlierTurns: kept.length,
    droppedTurns: earlier.length - kept.length,
  };
}

/** The passages a quiz may ask about: those of the chapter, or those that were looked up; not a chapter's summary. */
function focusable(
  current: readonly number[],
  numbers: ReadonlyMap<number, Passage>,
  chapter: readonly Passage[],
): number[] {
  const all = chapter.length > 0 ? chapter.map((_, index) => index + 1) : current;
  const telling = all.filter((number) => numbers.get(number)?.anchor !== summaryAnchor);
  return telling.length > 0 ? telling : [...all];
}
