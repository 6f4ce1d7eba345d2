// Where things stand in a prompt: passages with their numbers, selections and tasks.

import type { AnswerMode, Turn } from '../answer.ts';
import type { ChatMessage } from '../model/language.ts';
import { passageText, resourcesAnchor, summaryAnchor, type Passage } from '../passages.ts';
import type { RankedPassage } from '../search/retrieve.ts';
import { taskOf, type EarlierTurn, type WrittenAnswer } from './earlierTurns.ts';
import { asData, marked } from './promptData.ts';
import { chapterRead, referenceText, systemText, systemTextOf, taskText, type Task } from './promptWords.ts';

/** Tokens of each text by itself, in order, from the model's own tokenizer. */
export type CountTokens = (texts: readonly string[]) => Promise<readonly number[]>;

export interface PromptParts {
  readonly passages: ReadonlyMap<string, Passage>;
  readonly chapterTitle: (chapterId: string) => string;
  readonly count: CountTokens;
  /** What the model wrote in an earlier turn, if it is still known. */
  readonly written: (turn: Turn) => WrittenAnswer | undefined;
}

export interface PromptRequest {
  readonly text: string;
  readonly mode: AnswerMode;
  /** The words that were selected; their chapter's id if there are none. */
  readonly about?: { readonly chapterId: string; readonly text: string };
  /** Earlier turns, oldest first. */
  readonly turns: readonly Turn[];
  /** A chapter to be read whole, in order. It must fit. */
  readonly chapter?: readonly Passage[];
  /** Which part of a chapter `candidates` are, where it doesn't fit whole. */
  readonly part?: { readonly n: number; readonly of: number };
  /** What was looked up, best first. */
  readonly candidates: readonly RankedPassage[];
  /** How many of the candidates may come in. */
  readonly mostPassages: number;
  /** The turn whose answer is to be continued. */
  readonly continued?: Turn;
  /** Tokens of the context, and those of them that are kept for the answer. */
  readonly context: number;
  readonly reserve: number;
}

/** The messages with which every question about a chapter begins: worth evaluating before anybody asks. */
export function chapterPrefix(chapter: readonly Passage[], title: string): ChatMessage[] {
  const texts = chapter.map((passage, index) => passageBlock(index + 1, passage, title));
  return [
    { role: 'system', text: systemText },
    { role: 'user', text: `The chapter “${title}”:\n${marked('passages', texts.join('\n\n'))}` },
    { role: 'assistant', text: chapterRead },
  ];
}

/** What a prompt begins with: the chapter if one is read whole; otherwise it says whose the passages are. */
export function beginning(
  { chapter = [], candidates }: Pick<PromptRequest, 'chapter' | 'candidates'>,
  earlier: readonly EarlierTurn[],
  { chapterTitle }: Pick<PromptParts, 'chapterTitle'>,
): ChatMessage[] {
  if (chapter.length > 0) return chapterPrefix(chapter, chapterTitle(chapter[0]?.chapterId ?? ''));
  const passages = [...candidates.map(({ passage }) => passage), ...earlier.flatMap((turn) => turn.passages)];
  const saved = passages.filter(({ document }) => document !== undefined).length;
  return [
    { role: 'system', text: systemTextOf(saved === 0 ? 'handbook' : saved < passages.length ? 'both' : 'library') },
  ];
}

/** The passages of a chapter that are read when it is read whole: all but its list of resources. */
export function wholeChapter(passages: ReadonlyMap<string, Passage>, chapterId: string): Passage[] {
  return [...passages.values()].filter(
    (passage) => passage.chapterId === chapterId && passage.anchor !== resourcesAnchor,
  );
}

export interface Layout {
  readonly numbers: ReadonlyMap<number, Passage>;
  readonly byId: () => ReadonlyMap<string, number>;
  /** The numbers of passages; one that has none yet gets the next. */
  readonly numbersOf: (passages: readonly Passage[]) => number[];
  /** A user's message: passages that are new in full, others by number, then the selection and the task. */
  readonly userText: (numbers: readonly number[], about: PromptRequest['about'], task: Task) => string;
}

export function createLayout({ chapterTitle }: PromptParts, chapter: readonly Passage[]): Layout {
  const numbers = new Map(chapter.map((passage, index) => [index + 1, passage]));
  const byId = new Map(chapter.map((passage, index) => [passage.id, index + 1]));
  const written = new Set(numbers.keys());
  return {
    numbers,
    byId: () => byId,
    numbersOf: (passages) =>
      passages.map((passage) => {
        const number = byId.get(passage.id) ?? numbers.size + 1;
        byId.set(passage.id, number);
        numbers.set(number, passage);
        return number;
      }),
    userText: (wanted, about, task) => {
      const fresh = wanted.filter((number) => !written.has(number));
      const repeated = wanted.filter((number) => written.has(number));
      for (const number of fresh) written.add(number);
      const blocks = fresh.flatMap((number) => {
        const passage = numbers.get(number);
        return passage ? [passageBlock(number, passage, chapterTitle(passage.chapterId))] : [];
      });
      return [
        ...(blocks.length > 0 ? [marked('passages', blocks.join('\n\n'))] : []),
        ...(repeated.length > 0 ? [referenceText(repeated)] : []),
        ...(about && about.text !== '' && task.kind !== 'summarise'
          ? [`The learner selected:\n${marked('selection', asData(about.text))}`]
          : []),
        taskText(task),
      ].join('\n\n');
    },
  };
}

export function passageBlock(number: number, passage: Passage, chapterTitle: string): string {
  // What a summary leaves unquoted are words for the search.
  const unquoted = passage.anchor === summaryAnchor ? '' : passage.unquoted;
  const text = [passageText(passage), unquoted].filter((words) => words !== '').join('\n');
  return `[${number}] ${oneLine(chapterTitle)}: ${oneLine(passage.heading)}\n${asData(text)}`;
}

function oneLine(text: string): string {
  return asData(text).replace(/\s+/g, ' ');
}

/** What the question of a request asks the model to do. */
export function currentTask(
  { text, mode, about, turns, part }: PromptRequest,
  { chapterTitle }: PromptParts,
  focus: number | undefined,
): Task {
  const title = about ? { about: { ...about, chapterTitle: chapterTitle(about.chapterId) } } : {};
  const task = taskOf({ question: text, mode, ...title }, turns, focus);
  return task.kind === 'summarise' && part ? { ...task, part } : task;
}
