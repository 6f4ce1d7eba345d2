// The batches that a specimen learns from, in the order in which it sees them; all randomness comes from the seed.

import type { Passage } from '../../src/core/passages.ts';
import type { Tokeniser } from './bytePairs.ts';
import { exchange, systemMessage, type Message } from './chats.ts';
import { endOfMessage, endOfText, startOfMessage } from './modelShape.ts';
import { headingQuestion, wordQuestion, type AnsweredQuestion } from './questions.ts';
import { between, pick, type Random } from './random.ts';

export interface Material {
  readonly tokeniser: Tokeniser;
  readonly special: ReadonlyMap<string, number>;
  readonly passages: readonly Passage[];
  readonly questions: readonly AnsweredQuestion[];
  readonly titleOf: (passage: Passage) => string;
  /** Every chapter's whole text. */
  readonly chapters: readonly string[];
}

/** Rows of one length; `weights` are tenths: how much a token counts as something to predict. */
export interface Batch {
  readonly rows: number;
  readonly length: number;
  readonly tokens: Uint16Array;
  readonly weights: Uint8Array;
}

export interface Row {
  readonly tokens: readonly number[];
  readonly weights: readonly number[];
}

const tenths = { text: 10, prompt: 4, answer: 30, citation: 80 };

/**
 * Lengths of chats, with how many passages and sentences fill them and what share of the training they get. The companion's
 * own prompts are of the last two kinds.
 */
const chatSizes = [
  { length: 256, passages: [2, 3], sentences: [1, 1], share: 0.2 },
  { length: 640, passages: [2, 5], sentences: [1, 2], share: 0.25 },
  { length: 1024, passages: [2, 6], sentences: [1, 5], share: 0.25 },
  { length: 2048, passages: [4, 7], sentences: [3, 12], share: 0.3 },
] as const;
const textLength = 256;

/**
 * How the training goes on: up to which share of it, what share of the batches are plain text, the others being chats, and
 * how long these are at most. Words are learned on short rows, which cost least.
 */
const stages = [
  { until: 0.35, text: 0.55, longest: 256 },
  { until: 1, text: 0.3, longest: 2048 },
] as const;

/** Batches of about `batchTokens` tokens, `tokens` in all. */
export function* languageLessons(
  material: Material,
  random: Random,
  { tokens, batchTokens }: { readonly tokens: number; readonly batchTokens: number },
): Generator<Batch> {
  const chapters = material.chapters.map((text) => material.tokeniser.encode(text));
  const batch = (length: number, row: () => Row): Batch =>
    batchOf(length, Array.from({ length: Math.max(1, Math.floor(batchTokens / length)) }, row));
  for (let made = 0; made < tokens; made += batchTokens) {
    const stage = stages.find(({ until }) => made < until * tokens) ?? stages[1];
    if (random() < stage.text) {
      yield batch(textLength, () => textRow(random, chapters));
    } else {
      const size = sizeUpTo(random, stage.longest);
      yield batch(size.length, () => chatRow(material, random, size));
    }
  }
}

function sizeUpTo(random: Random, longest: number): ChatSize {
  const sizes = chatSizes.filter(({ length }) => length <= longest);
  let rest = random() * sizes.reduce((sum, { share }) => sum + share, 0);
  return sizes.find(({ share }) => (rest -= share) < 0) ?? chatSizes[0];
}

/** Rows padded with zeros to one length. */
export function batchOf(length: number, rows: readonly Row[]): Batch {
  const size = rows.length * length;
  const batch = { rows: rows.length, length, tokens: new Uint16Array(size), weights: new Uint8Array(size) };
  for (const [n, { tokens, weights }] of rows.entries()) {
    batch.tokens.set(tokens, n * length);
    batch.weights.set(weights, n * length);
  }
  return batch;
}

function textRow(random: Random, chapters: readonly (readonly number[])[]): Row {
  const chapter = pick(random, chapters);
  const from = between(random, 0, Math.max(1, chapter.length - textLength / 2));
  const tokens = chapter.slice(from, from + textLength);
  return { tokens, weights: tokens.map(() => tenths.text) };
}

type ChatSize = (typeof chatSizes)[number];

/** A chat that fits; one that turns out too long is made again. */
function chatRow(material: Material, random: Random, size: ChatSize): Row {
  for (;;) {
    const row = chatTokens(material, chat(material, random, size));
    if (row.tokens.length <= size.length) return row;
  }
}

function chat(material: Material, random: Random, size: ChatSize): Message[] {
  const messages = size.length > 256 ? systemMessage(random) : [];
  const turns = size.length >= 1024 && random() < 0.3 ? 2 : 1;
  let firstNumber = turns === 1 && random() < 0.2 ? between(random, 2, 12) : 1;
  for (let turn = 0; turn < turns; turn++) {
    const passages = Math.max(2, Math.round(between(random, size.passages[0], size.passages[1] + 1) / turns));
    messages.push(
      ...exchange(random, ask(material, random), {
        titleOf: material.titleOf,
        others: Array.from({ length: size.passages[1] }, () => pick(random, material.passages)),
        passages,
        sentences: between(random, size.sentences[0], size.sentences[1] + 1),
        firstNumber,
      }),
    );
    firstNumber += passages;
  }
  return messages;
}

function ask(material: Material, random: Random): AnsweredQuestion {
  const chance = random();
  if (chance < 0.55) return pick(random, material.questions);
  const passage = pick(random, material.passages);
  return chance < 0.75 ? headingQuestion(random, passage, material.titleOf(passage)) : wordQuestion(random, passage);
}

/** A chat in ChatML, as the library renders it. */
export function chatTokens(
  { tokeniser, special }: Pick<Material, 'tokeniser' | 'special'>,
  messages: readonly Message[],
): Row {
  const tokens: number[] = [];
  const weights: number[] = [];
  const push = (ids: readonly number[], weight: number): void => {
    tokens.push(...ids);
    weights.push(...ids.map(() => weight));
  };
  const one = (token: string): number[] => [special.get(token) ?? 0];
  push(one(endOfText), 0);
  for (const { role, text } of messages) {
    push([...one(startOfMessage), ...tokeniser.encode(`${role}\n`)], 0);
    if (role === 'assistant') {
      for (const part of text.split(/(?<= \[)(?=\d)|(?<=\d)(?=\])/)) {
        push(tokeniser.encode(part), /^\d+$/.test(part) ? tenths.citation : tenths.answer);
      }
      push(one(endOfMessage), tenths.answer);
    } else {
      push(tokeniser.encode(text), role === 'system' ? 0 : tenths.prompt);
      push(one(endOfMessage), 0);
    }
    push(tokeniser.encode('\n'), 0);
  }
  return { tokens, weights };
}
