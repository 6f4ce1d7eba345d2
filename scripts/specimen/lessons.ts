// The batches that a specimen learns from, in the order in which it sees them; all randomness comes from the seed.

import type { Passage } from '../../src/core/passages.ts';
import type { Tokeniser } from './bytePairs.ts';
import { exchange, systemMessage, type Message } from './chats.ts';
import { endOfMessage, endOfText, startOfMessage } from './modelShape.ts';
import { headingQuestion, wordQuestion, type AnsweredQuestion } from './questions.ts';
import { between, pick, shuffled, type Random } from './random.ts';

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

const tenths = { text: 10, prompt: 5, answer: 20, citation: 80 };

/** Lengths of chats, with how many passages and sentences fill them and what share of the training they get. */
const chatSizes = [
  { length: 256, passages: [2, 3], sentences: [1, 1], share: 0.4 },
  { length: 640, passages: [2, 5], sentences: [1, 2], share: 0.3 },
  { length: 1024, passages: [2, 6], sentences: [1, 5], share: 0.2 },
  { length: 2048, passages: [4, 7], sentences: [3, 12], share: 0.1 },
] as const;
const textLength = 256;

/**
 * How the training goes on: up to which share of it, and what share of the batches are plain text and drills; the others
 * are chats. Copying and telling passages apart is learned first, where nothing distracts from it.
 */
const stages = [
  { until: 0.12, text: 0.1, drills: 0.9, longest: 256 },
  { until: 0.35, text: 0.4, drills: 0.2, longest: 256 },
  { until: 1, text: 0.35, drills: 0.05, longest: 2048 },
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
    const stage = stages.find(({ until }) => made < until * tokens) ?? stages[2];
    const chance = random();
    if (chance < stage.text) {
      yield batch(textLength, () => textRow(random, chapters));
    } else if (chance < stage.text + stage.drills) {
      yield batch(textLength, () => drillRow(material, random));
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

/** Numbered lines, then the same lines in another order, each with its number after it. */
function drillRow(material: Material, random: Random): Row {
  const first = random() < 0.7 ? 1 : between(random, 2, 12);
  const lines = Array.from({ length: between(random, 2, 8) }, (_, n) => ({
    number: first + n,
    text:
      random() < 0.7
        ? words(random, material.passages, between(random, 3, 14))
        : pick(random, pick(random, material.passages).sentences).text,
  }));
  const row: { tokens: number[]; weights: number[] } = { tokens: [], weights: [] };
  const push = (text: string, weight: number): void => {
    const tokens = material.tokeniser.encode(text);
    row.tokens.push(...tokens);
    row.weights.push(...tokens.map(() => weight));
  };
  for (const { number, text } of lines) push(`[${number}] ${text}\n\n`, 0);
  while (row.tokens.length < textLength) {
    for (const { number, text } of shuffled(random, lines)) {
      push(`${text} [`, tenths.answer);
      push(`${number}`, tenths.citation);
      push(']\n', tenths.answer);
    }
  }
  return { tokens: row.tokens.slice(0, textLength), weights: row.weights.slice(0, textLength) };
}

/** So many words of the curriculum that don't belong together. */
function words(random: Random, passages: readonly Passage[], count: number): string {
  return Array.from({ length: count }, () =>
    pick(random, pick(random, pick(random, passages).sentences).text.split(' ')),
  ).join(' ');
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
    const { messages, copied } = chat(material, random, size);
    const row = chatTokens(material, messages, copied);
    if (row.tokens.length <= size.length) return row;
  }
}

function chat(material: Material, random: Random, size: ChatSize): { messages: Message[]; copied: boolean } {
  const messages = size.length > 256 ? systemMessage(random) : [];
  const turns = size.length >= 1024 && random() < 0.3 ? 2 : 1;
  // Invented passages can't be known by heart: their sentences have to be copied.
  const invented = random() < 0.25;
  let firstNumber = turns === 1 && random() < 0.2 ? between(random, 2, 12) : 1;
  for (let turn = 0; turn < turns; turn++) {
    const others = invented
      ? Array.from({ length: size.passages[1] }, () => inventedPassage(random, material.passages))
      : Array.from({ length: size.passages[1] }, () => pick(random, material.passages));
    const passages = Math.max(2, Math.round(between(random, size.passages[0], size.passages[1] + 1) / turns));
    messages.push(
      ...exchange(random, ask(material, random, invented ? others : undefined), {
        titleOf: material.titleOf,
        others,
        passages,
        sentences: between(random, size.sentences[0], size.sentences[1] + 1),
        firstNumber,
      }),
    );
    firstNumber += passages;
  }
  return { messages, copied: invented };
}

function ask(material: Material, random: Random, invented: readonly Passage[] | undefined): AnsweredQuestion {
  if (invented) return wordQuestion(random, pick(random, invented));
  const chance = random();
  if (chance < 0.55) return pick(random, material.questions);
  const passage = pick(random, material.passages);
  return chance < 0.75 ? headingQuestion(random, passage, material.titleOf(passage)) : wordQuestion(random, passage);
}

function inventedPassage(random: Random, passages: readonly Passage[]): Passage {
  const sentences = Array.from({ length: between(random, 1, 4) }, () => {
    const text = `${words(random, passages, between(random, 5, 16)).replaceAll(/[.[\]]/g, '')}.`;
    return { text, html: text };
  });
  return { ...pick(random, passages), heading: words(random, passages, 2), sentences, unquoted: '' };
}

/** A chat in ChatML, as the library renders it. `copied`: its passages are invented. */
export function chatTokens(
  { tokeniser, special }: Pick<Material, 'tokeniser' | 'special'>,
  messages: readonly Message[],
  copied: boolean,
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
      // Nobody can foresee invented words.
      push(tokeniser.encode(text), copied || role === 'system' ? 0 : tenths.prompt);
      push(one(endOfMessage), 0);
    }
    push(tokeniser.encode('\n'), 0);
  }
  return { tokens, weights };
}
