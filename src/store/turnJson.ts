// A turn of a conversation as it is stored: JSON with a version. Read back field by field, since a damaged or foreign row
// must never reach the page.

import type { About, AnswerSentence, DeclineReason, Source, Turn } from '../core/answer.ts';

export const turnVersion = 1;

/** The JSON of a turn, of version `turnVersion`. */
export function turnJson(turn: Turn): string {
  return JSON.stringify(turn);
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
const speakers: readonly Turn['speaker'][] = ['quotation', 'model'];
const endings: readonly Turn['ended'][] = ['finished', 'stopped', 'failed'];
const reasons: readonly DeclineReason[] = ['not-covered', 'not-a-question', 'instruction'];

function readTurn(value: unknown): Turn {
  const turn = record(value);
  const declined = turn['declined'] === undefined ? undefined : record(turn['declined']);
  return {
    id: string(turn['id']),
    question: string(turn['question']),
    ...(turn['about'] !== undefined && { about: readAbout(turn['about']) }),
    askedAt: number(turn['askedAt']),
    coverage: oneOf(coverages, turn['coverage']),
    speaker: oneOf(speakers, turn['speaker']),
    sources: list(turn['sources']).map(readSource),
    sentences: list(turn['sentences']).map(readSentence),
    ...(declined && {
      declined: { reason: oneOf(reasons, declined['reason']), missing: list(declined['missing']).map(string) },
    }),
    ended: oneOf(endings, turn['ended']),
  };
}

function readAbout(value: unknown): About {
  const about = record(value);
  return {
    chapterId: string(about['chapterId']),
    chapterTitle: string(about['chapterTitle']),
    text: string(about['text']),
  };
}

function readSource(value: unknown): Source {
  const source = record(value);
  return {
    number: number(source['number']),
    passageId: string(source['passageId']),
    chapterId: string(source['chapterId']),
    chapterTitle: string(source['chapterTitle']),
    heading: string(source['heading']),
    excerpt: string(source['excerpt']),
    score: number(source['score']),
  };
}

function readSentence(value: unknown): AnswerSentence {
  const sentence = record(value);
  return {
    text: string(sentence['text']),
    html: string(sentence['html']),
    citations: list(sentence['citations']).map(number),
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
