// Lets node-llama-cpp, without anything of ours between, do a job in a process of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ChatMessage } from '../../../src/core/model/language.ts';

export interface LanguageJob {
  readonly kind: 'language';
  readonly path: string;
  /** Texts to tokenise. */
  readonly tokenise?: readonly string[];
  /** Texts to go on from, greedily. */
  readonly continue?: readonly string[];
  /** Texts in which each token is to be foreseen from those before. */
  readonly foresee?: readonly string[];
  /** Chats to be answered, greedily. */
  readonly answer?: readonly (readonly ChatMessage[])[];
  /** The most tokens to write. */
  readonly tokens?: number;
}

export interface LanguageResult {
  readonly tokenised: readonly (readonly number[])[];
  readonly continued: readonly { readonly tokens: readonly number[]; readonly text: string }[];
  /** For each token but a text's first: how likely it was (natural logarithm), and which was likeliest. */
  readonly foreseen: readonly (readonly { readonly logProbability: number; readonly likeliest: number }[])[];
  readonly answered: readonly { readonly text: string; readonly finished: boolean }[];
}

export interface EmbeddingJob {
  readonly kind: 'embedding';
  readonly path: string;
  readonly texts: readonly string[];
}

export interface RankingJob {
  readonly kind: 'ranking';
  readonly path: string;
  readonly questions: readonly { readonly question: string; readonly passages: readonly string[] }[];
}

export type Job = LanguageJob | EmbeddingJob | RankingJob;

/** Vectors of the texts, or scores from 0 to 1 of each question's passages. */
export type Numbers = readonly (readonly number[])[];

export async function inLlama(job: LanguageJob): Promise<LanguageResult>;
export async function inLlama(job: EmbeddingJob | RankingJob): Promise<Numbers>;
export async function inLlama(job: Job): Promise<unknown> {
  const child = fork(join(import.meta.dirname, 'llamaChild.ts'), {
    execArgv: [],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1', GGML_NO_BACKTRACE: '1' },
  });
  try {
    child.send(job);
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The process with the model ended: ${String(code ?? signal)}`);
    });
    const [result] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
    return result;
  } finally {
    child.kill();
  }
}
