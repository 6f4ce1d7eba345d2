// Where guesses come from while a model generates: runs of the prompt, or a smaller model.

import type { Token } from 'node-llama-cpp';
import { createDraftPolicy, expectedCost } from '../../core/model/draftPolicy.ts';
import { createLookupDraft } from '../../core/model/lookupDraft.ts';
import type { DraftModel } from './draftModel.ts';

export interface Guessing {
  /** Tokens that may come next, at most `most`; none where guessing doesn't pay now. */
  readonly guess: (most: number, signal: AbortSignal) => Promise<readonly Token[]>;
  /** What came, how much had been guessed, how much of that held, and how long that took with the guessing, if it was measured. */
  readonly came: (tokens: readonly Token[], drafted: number, accepted: number, ms?: number) => void;
}

export const noGuessing: Guessing = { guess: () => Promise.resolve([]), came: () => undefined };

/** How much a new measurement of a single step counts. */
const newest = 0.2;

/** A small model's guesses cost it a step each, and go astray sooner than a quotation. */
const longestDraft = 15;

/**
 * @param longest Tokens guessed at most.
 * @param draftModel Asked where the prompt has nothing alike.
 */
export function createGuessing(prompt: readonly Token[], longest: number, draftModel?: DraftModel): Guessing {
  const lookup = createLookupDraft(prompt);
  const policy = createDraftPolicy(longest);
  const draftPolicy = createDraftPolicy(Math.min(longest, longestDraft));
  const tokens = [...prompt];
  let usesDraftModel = false;
  let stepMs: number | undefined;
  return {
    guess: async (most, signal) => {
      usesDraftModel = false;
      const next = policy.next();
      if (next) {
        const guess = lookup.guess(Math.min(most, next.most), next.fewest);
        // All of these were tokens of the same vocabulary before.
        if (guess.tokens.length > 0 && policy.accepts(guess.matched)) return guess.tokens as readonly Token[];
      }
      const drafted = draftModel && draftPolicy.next();
      if (!drafted || most < 1) return [];
      usesDraftModel = true;
      return draftModel.guess(tokens, Math.min(most, drafted.most), signal);
    },
    came: (came, drafted, accepted, ms) => {
      for (const token of came) {
        lookup.add(token);
        tokens.push(token);
      }
      if (drafted === 0) {
        if (ms !== undefined) stepMs = stepMs === undefined ? ms : stepMs + (ms - stepMs) * newest;
        policy.stepped();
        draftPolicy.stepped();
        return;
      }
      const [asked, other] = usesDraftModel ? [draftPolicy, policy] : [policy, draftPolicy];
      // What a draft model costs is measured; a look-up costs nothing, and a measurement would only add the machine's noise.
      const cost = usesDraftModel && ms !== undefined && stepMs !== undefined ? ms / stepMs : undefined;
      asked.checked(drafted, accepted, cost === undefined ? undefined : Math.min(cost, mostDraftCost(drafted)));
      for (let count = 0; count <= accepted; count++) other.stepped();
    },
  };
}

/** A single slow guess, when another program had the machine, must not end guessing: a small model never costs more than this. */
function mostDraftCost(drafted: number): number {
  return expectedCost(drafted) + drafted;
}
