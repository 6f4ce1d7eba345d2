// The earlier turns of a conversation as they stood in the prompts before: their passages, their task, and what was answered.

import type { Turn } from '../answer.ts';
import type { Passage } from '../passages.ts';
import { partText } from './answerMarks.ts';
import { createCitationStream } from './citationStream.ts';
import { asData, marked } from './promptData.ts';
import type { Task } from './promptWords.ts';

/** A turn that the model can be reminded of. */
export interface EarlierTurn {
  readonly turn: Turn;
  /** The passages that were looked up for it, in the order of their numbers; without those of a chapter that was read whole. */
  readonly passages: readonly Passage[];
  /** The chapter that it was about as a whole. */
  readonly chapterId: string | undefined;
}

/** What a model wrote, with the passages that its numbers stood for. */
export interface WrittenAnswer {
  readonly text: string;
  readonly passageIds: ReadonlyMap<number, string>;
}

/** The turns with an answer; a question that was declined never reached the model. */
export function earlierTurns(turns: readonly Turn[], passages: ReadonlyMap<string, Passage>): EarlierTurn[] {
  return turns.filter(isAnswered).map((turn) => {
    const chapterId = wholeChapterOf(turn);
    const seen = turn.seen?.passages.filter(({ number }) => number !== undefined);
    const ids = seen ? seen.map(({ passageId }) => passageId) : turn.sources.map(({ passageId }) => passageId);
    return {
      turn,
      passages: ids.flatMap((id) => {
        const passage = passages.get(id);
        return passage && passage.chapterId !== chapterId ? [passage] : [];
      }),
      chapterId,
    };
  });
}

/** The chapter a turn is about as a whole, if it is. */
export function wholeChapterOf({ about, mode }: Pick<Turn, 'about' | 'mode'>): string | undefined {
  return about && (about.text === '' || mode === 'summarise') ? about.chapterId : undefined;
}

function isAnswered(turn: Turn): boolean {
  return !turn.declined && ((turn.blocks?.length ?? 0) > 0 || turn.sentences.length > 0);
}

/** Whether what is typed after `turns` in quiz mode is a reply to a question of the companion's. */
export function awaitsReply(turns: readonly Turn[], text: string): boolean {
  const last = turns.findLast((turn) => !turn.declined);
  if (last?.mode !== 'quiz' || !last.blocks || last.cut) return false;
  if (/^\s*(please\s+)?(quiz|ask|test)\s+(me|us)\b|\b(another|next|new) (question|quiz)\b/i.test(text)) return false;
  return last.blocks.some(({ markdown }) => markdown.includes('?'));
}

/** The task of a turn that was asked after `before`. `focus` is the number of the passage that a quiz question is about. */
export function taskOf(
  { question, mode = 'answer', about }: Pick<Turn, 'question' | 'mode' | 'about'>,
  before: readonly Turn[],
  focus: number | undefined,
): Task {
  switch (mode) {
    case 'summarise':
      return { kind: mode, chapterTitle: about?.chapterTitle ?? question };
    case 'quiz': {
      const focused = focus === undefined ? {} : { focus };
      return awaitsReply(before, question)
        ? { kind: 'judge', reply: marked('reply', asData(question)), ...focused }
        : { kind: 'quiz', ...focused };
    }
    case 'answer':
    case 'explain':
    case 'hint':
    case 'compare':
      return { kind: mode, question: asData(question) };
  }
}

/** Which of the passages a quiz question is about: each in turn, so that no question comes twice. */
export function quizFocus(numbers: readonly number[], before: readonly Turn[]): number | undefined {
  const asked = before.filter(({ mode }) => mode === 'quiz').length;
  return numbers.length === 0 ? undefined : numbers[asked % numbers.length];
}

/**
 * What was answered, with the numbers that its passages have in the prompt now; `written` is the model's own text, if it is
 * still known. Citations of passages that are not in the prompt are left out.
 */
export function answerText(
  turn: Turn,
  written: WrittenAnswer | undefined,
  numberOf: ReadonlyMap<string, number>,
): string {
  if (written && [...written.passageIds].every(([number, id]) => numberOf.get(id) === number)) return written.text;
  if (written) return renumbered(written.text, (number) => numberOf.get(written.passageIds.get(number) ?? ''));
  const shown = new Map(turn.sources.map(({ number, passageId }) => [number, passageId]));
  const renumber = (number: number): number | undefined => numberOf.get(shown.get(number) ?? '');
  const blocks = turn.blocks ?? [];
  if (blocks.length > 0) return renumbered(blocks.map(({ markdown }) => markdown).join('\n\n'), renumber);
  return turn.sentences
    .map(({ text, citations }) => [text, ...citations.flatMap((number) => citation(renumber(number)))].join(' '))
    .join(' ');
}

function renumbered(markdown: string, numberOf: (number: number) => number | undefined): string {
  const stream = createCitationStream((number) => numberOf(number) !== undefined);
  return [...stream.append(markdown), ...stream.flush()]
    .map((part) => (part.type === 'citation' ? citation(numberOf(part.number)).join('') : partText(part)))
    .join('');
}

function citation(number: number | undefined): string[] {
  return number === undefined ? [] : [`[${number}]`];
}
