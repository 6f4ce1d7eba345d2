// node-llama-cpp called directly, with the best settings and nothing of ours between: what our process is compared with.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { processEnvironment } from '../../src/model/launch.ts';
import type { Clock } from './quiet.ts';

export interface DirectSettings {
  readonly file: string;
  readonly threads: number;
  readonly contextTokens: number;
  readonly batchTokens: number;
}

export interface DirectJob {
  readonly text: string;
  /** So many tokens that were evaluated before are kept, as ours keeps what two prompts begin with. */
  readonly heldTokens: number;
  /** Evaluated behind those: the text is repeated or cut to so many tokens. */
  readonly promptTokens: number;
  readonly maxTokens: number;
}

/** Timed where the tokens are made, by both clocks. */
export interface DirectResult {
  readonly firstMs: Readonly<Record<Clock, number>>;
  readonly restMs: Readonly<Record<Clock, number>>;
  readonly generatedTokens: number;
}

export interface Direct {
  readonly loadMs: number;
  readonly ask: (job: DirectJob) => Promise<DirectResult>;
  readonly close: () => Promise<void>;
}

export async function openDirect(settings: DirectSettings): Promise<Direct> {
  const startedAt = performance.now();
  const child = fork(join(import.meta.dirname, 'directChild.ts'), {
    execArgv: [],
    env: processEnvironment(process.env),
  });
  const ended = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const death = ended.then(([code, signal]) => {
      throw new Error(`node-llama-cpp's process ended: ${String(code ?? signal)}`);
    });
    const [message] = (await Promise.race([once(child, 'message'), death])) as [unknown];
    return message;
  };
  child.send(settings);
  await answer();
  return {
    loadMs: performance.now() - startedAt,
    ask: (job) => {
      child.send(job);
      return answer() as Promise<DirectResult>;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
}
