// A model that says what a test wants, in tokens of a few characters; everything around it is real.

import type { AnswerEvent, Turn } from '../../../src/core/answer.ts';
import {
  createAnswerMemory,
  createModelAnswerer,
  type ModelAnswererParts,
} from '../../../src/core/answer/modelAnswerer.ts';
import type { GenerateEvent, GenerateRequest } from '../../../src/core/model/language.ts';
import type { Question } from '../../../src/core/question.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { beginTurn, continueTurn } from '../../../src/core/turn.ts';
import { study } from '../study.ts';

/** About as many tokens as a real tokenizer finds in English. */
export function countTokens(texts: readonly string[]): Promise<readonly number[]> {
  return Promise.resolve(texts.map((text) => text.match(/\p{L}{1,6}|\p{N}|[^\s\p{L}\p{N}]/gu)?.length ?? 0));
}

export interface Script {
  readonly contextTokens?: number;
  readonly thinks?: boolean;
  /** What is said to a prompt; whatever it throws, the generation throws. */
  readonly say: (
    request: GenerateRequest,
  ) => string | { text?: string; thought?: string; reason?: 'length' | 'stopped' };
  readonly openError?: Error;
}

export interface Scripted {
  readonly stream: (question: Partial<Question> & { readonly text: string }) => AsyncIterable<AnswerEvent>;
  readonly ask: (question: Partial<Question> & { readonly text: string }) => Promise<AnswerEvent[]>;
  readonly requests: GenerateRequest[];
  /** How many generations were left before their end. */
  readonly left: () => number;
}

export function scripted(script: Script, more: Partial<ModelAnswererParts> = {}): Scripted {
  const requests: GenerateRequest[] = [];
  let left = 0;
  async function* generate(request: GenerateRequest): AsyncGenerator<GenerateEvent> {
    requests.push(request);
    const said = script.say(request);
    const { text = '', thought = '', reason = 'finished' } = typeof said === 'string' ? { text: said } : said;
    const counted = await countTokens(request.messages.map((message) => message.text));
    const tokens = counted.reduce((sum, count) => sum + count, 0);
    let ended = false;
    try {
      yield { type: 'prompt', tokens, reused: 7 };
      yield { type: 'prefill', evaluated: tokens, total: tokens };
      for (const piece of thought.match(/[\s\S]{1,5}/g) ?? []) yield { type: 'text', segment: 'thought', text: piece };
      for (const piece of text.match(/[\s\S]{1,3}/g) ?? []) yield { type: 'text', segment: 'answer', text: piece };
      ended = true;
      const statistics = {
        promptTokens: tokens,
        reusedTokens: 7,
        restoredTokens: 0,
        generatedTokens: 1,
        prefillMs: 1,
        generateMs: 1,
        firstTokenMs: 1,
        draftedTokens: 0,
        acceptedTokens: 0,
      };
      yield { type: 'end', reason, statistics };
    } finally {
      if (!ended) left++;
    }
  }
  const answer = createModelAnswerer({
    curriculum: study.curriculum,
    index: study.index,
    passages: study.passages,
    retrieve: study.retrieve,
    lookUp: study.lookUp,
    quote: study.answer,
    memory: createAnswerMemory(),
    t: inEnglish,
    model: {
      name: 'Scripted 1B',
      // eslint-disable-next-line @typescript-eslint/require-await -- a real one waits
      open: async function* () {
        yield { phase: 'loading', fraction: 0.5 } as const;
        if (script.openError) throw script.openError;
        return { contextTokens: script.contextTokens ?? 8192, thinks: script.thinks ?? false, countTokens, generate };
      },
    },
    ...more,
  });
  const stream: Scripted['stream'] = (question) => answer({ history: [], ...question });
  return { stream, ask: (question) => Array.fromAsync(stream(question)), requests, left: () => left };
}

/** The turn that a question's events make. */
export function turnFrom(
  question: Partial<Question> & { readonly text: string },
  events: readonly AnswerEvent[],
  id = 't',
): Turn {
  const about = question.about && {
    ...question.about,
    chapterTitle: study.curriculum.chapters[question.about.chapterId]?.title ?? '',
  };
  const turn = events.reduce(continueTurn, beginTurn(id, question.text, 0, { ...question, about }));
  return { ...turn, ended: 'finished' };
}

/** A source of numbers between 0 and 1 that gives the same ones each time. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A text in pieces of random length, 1 to `most` characters. */
export function inPieces(text: string, random: () => number, most = 12): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(random() * most);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** A text character by character. */
export function characters(text: string): string[] {
  return Array.from(text);
}
