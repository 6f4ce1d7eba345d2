// A turn of a conversation as it is stored: JSON with a version. Read back field by field, since a damaged or foreign row
// must never reach the page. Without its question and its answer a turn is nothing; what is told beside them (the mode, where it was looked for, the
// reasoning, what the model saw) is left out where it can't be read, as a companion of another version may write it.

import type {
  About,
  AnswerBlock,
  AnswerMode,
  AnswerSentence,
  DeclineReason,
  Scope,
  Seen,
  SeenPassage,
  Source,
  Turn,
} from '../core/answer.ts';

export const turnVersion = 1;

/** The most characters kept of a model's reasoning, which may be many times as long as its answer. */
export const longestThought = 50_000;
/** The most passages kept of those that were left out of a prompt. */
export const mostLeftOut = 50;
/** The most characters kept of the reason for a fallback. */
const longestReason = 2000;

/** The JSON of a turn, of version `turnVersion`. */
export function turnJson(turn: Turn): string {
  const { thought, seen, fallback } = turn;
  return JSON.stringify({
    ...turn,
    ...(thought !== undefined && { thought: shortened(thought, longestThought) }),
    ...(seen && { seen: { ...seen, passages: withFewLeftOut(seen.passages) } }),
    ...(fallback !== undefined && { fallback: shortened(fallback, longestReason) }),
  });
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}

/** Every passage of the prompt: a follow-up is laid out after them. */
function withFewLeftOut(passages: readonly SeenPassage[]): readonly SeenPassage[] {
  let leftOut = 0;
  return passages.filter(({ number }) => number !== undefined || ++leftOut <= mostLeftOut);
}

/** Reads a stored turn; undefined if it isn't one. */
export function parseTurn(version: number, json: string): Turn | undefined {
  if (version !== turnVersion) return undefined;
  try {
    return readTurn(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Ends the reading of one row; never leaves this file. */
class Unreadable extends Error {}

const coverages: readonly Turn['coverage'][] = ['covered', 'partly', 'not-covered'];
const speakers: readonly Turn['speaker'][] = ['quotation', 'model', 'plan'];
const endings: readonly Turn['ended'][] = ['finished', 'stopped', 'failed'];
const reasons: readonly DeclineReason[] = ['not-covered', 'not-a-question', 'instruction', 'empty-library'];
const modes: readonly AnswerMode[] = ['answer', 'explain', 'hint', 'compare', 'summarise', 'quiz'];
const scopes: readonly Scope['kind'][] = ['chapter', 'handbook', 'library', 'all'];
const leftOut: readonly NonNullable<SeenPassage['leftOut']>[] = ['no-room', 'low-score', 'too-many'];

function readTurn(value: unknown): Turn {
  const turn = record(value);
  const declined = turn['declined'] === undefined ? undefined : record(turn['declined']);
  const mode = ifReadable(turn['mode'], (value) => oneOf(modes, value));
  const scope = ifReadable(turn['scope'], readScope);
  const thought = ifReadable(turn['thought'], string);
  const seen = ifReadable(turn['seen'], readSeen);
  const fallback = ifReadable(turn['fallback'], string);
  return {
    id: string(turn['id']),
    question: string(turn['question']),
    ...(turn['about'] !== undefined && { about: readAbout(turn['about']) }),
    ...(scope && { scope }),
    askedAt: number(turn['askedAt']),
    coverage: oneOf(coverages, turn['coverage']),
    speaker: oneOf(speakers, turn['speaker']),
    sources: list(turn['sources']).map(readSource),
    sentences: list(turn['sentences']).map(readSentence),
    ...(declined && {
      declined: { reason: oneOf(reasons, declined['reason']), missing: list(declined['missing']).map(string) },
    }),
    ...(turn['blocks'] !== undefined && { blocks: list(turn['blocks']).map(readBlock) }),
    ...(mode !== undefined && { mode }),
    ...(thought !== undefined && { thought }),
    ...(seen && { seen }),
    ...(turn['cut'] === true && { cut: true }),
    ...(fallback !== undefined && { fallback }),
    ended: oneOf(endings, turn['ended']),
  };
}

function ifReadable<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  if (value === undefined) return undefined;
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function readAbout(value: unknown): About {
  const about = record(value);
  return {
    chapterId: string(about['chapterId']),
    chapterTitle: string(about['chapterTitle']),
    text: string(about['text']),
  };
}

function readScope(value: unknown): Scope {
  const scope = record(value);
  const kind = oneOf(scopes, scope['kind']);
  if (kind !== 'chapter') return { kind };
  return { kind, chapterId: string(scope['chapterId']), chapterTitle: string(scope['chapterTitle']) };
}

function readSource(value: unknown): Source {
  const source = record(value);
  return {
    number: number(source['number']),
    passageId: string(source['passageId']),
    chapterId: string(source['chapterId']),
    chapterTitle: string(source['chapterTitle']),
    heading: string(source['heading']),
    ...(source['fromLibrary'] === true && { fromLibrary: true }),
    excerpt: string(source['excerpt']),
    score: number(source['score']),
  };
}

function readSentence(value: unknown): AnswerSentence {
  const sentence = record(value);
  const step = ifReadable(sentence['step'], number);
  return {
    text: string(sentence['text']),
    html: string(sentence['html']),
    citations: list(sentence['citations']).map(number),
    ...(step !== undefined && { step }),
  };
}

function readBlock(value: unknown): AnswerBlock {
  const block = record(value);
  return {
    markdown: string(block['markdown']),
    html: string(block['html']),
    citations: list(block['citations']).map(number),
    unsupported: number(block['unsupported']),
  };
}

function readSeen(value: unknown): Seen {
  const seen = record(value);
  return {
    model: string(seen['model']),
    context: number(seen['context']),
    prompt: number(seen['prompt']),
    reused: number(seen['reused']),
    reserved: number(seen['reserved']),
    passages: list(seen['passages']).map(readSeenPassage),
    earlierTurns: number(seen['earlierTurns']),
    droppedTurns: number(seen['droppedTurns']),
  };
}

function readSeenPassage(value: unknown): SeenPassage {
  const passage = record(value);
  return {
    passageId: string(passage['passageId']),
    chapterTitle: string(passage['chapterTitle']),
    heading: string(passage['heading']),
    score: number(passage['score']),
    tokens: number(passage['tokens']),
    ...(passage['number'] !== undefined && { number: number(passage['number']) }),
    ...(passage['leftOut'] !== undefined && { leftOut: oneOf(leftOut, passage['leftOut']) }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable();
  return value;
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw new Unreadable();
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new Unreadable();
  return value;
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Unreadable();
  return found;
}
