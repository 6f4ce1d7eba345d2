// Which states are worth a file. Not being able to keep one costs time later, never an answer now.

import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { ModelCard } from '../../core/model/language.ts';
import type { EngineOptions } from '../engine.ts';
import type { StateFiles } from './stateFiles.ts';

export interface Keeping {
  /** Whether a prefix is to be kept and isn't yet. */
  readonly wants: (tokens: readonly Token[]) => Promise<boolean>;
  /** Whether it is worth a file at all. */
  readonly isWorth: (tokens: readonly Token[]) => boolean;
  /** Writes the state that a sequence has now; call `keep` when nobody waits any more. */
  readonly save: (sequence: LlamaContextSequence, tokens: readonly Token[]) => Promise<{ readonly keep: () => void }>;
  /** Keeps the state of a conversation that makes room for another. */
  readonly park: (sequence: LlamaContextSequence, held: readonly Token[]) => Promise<void>;
}

/** A prefix that is evaluated as fast as it is read from disk isn't worth a file. */
const worthKeeping = 200;

/** A conversation whose state would take more of the quota than this isn't parked. */
const mostParked = 0.25;

/** llama.cpp's own bookkeeping for a token, besides its KV cells. */
const tokenOverhead = 64;

/** @param track Takes what goes on after a request has been answered. */
export function createKeeping(
  files: StateFiles,
  card: ModelCard,
  track: (work: Promise<unknown>) => void,
  log: EngineOptions['log'],
): Keeping {
  const bytesOf = (tokens: readonly Token[]): number => tokens.length * (card.memory.kvBytesPerToken + tokenOverhead);
  const report = (error: unknown): void => {
    log('warn', `A state couldn’t be kept: ${String(error)}`);
  };
  const isWorth: Keeping['isWorth'] = (tokens) => tokens.length >= worthKeeping && files.fits(bytesOf(tokens));

  const save: Keeping['save'] = async (sequence, tokens) => {
    try {
      const saved = await files.save(tokens, (path) => sequence.saveStateToFile(path));
      return {
        keep: () => {
          track(saved.keep().catch(report));
        },
      };
    } catch (error) {
      if (sequence.disposed) throw error;
      report(error);
      return { keep: () => undefined };
    }
  };

  return {
    isWorth,
    save,
    wants: async (tokens) => isWorth(tokens) && !(await files.has(tokens)),
    park: async (sequence, held) => {
      if (bytesOf(held) > files.statistics().quota * mostParked || (await files.has(held))) return;
      (await save(sequence, held)).keep();
    },
  };
}
