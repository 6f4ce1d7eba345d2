// When to guess ahead, and how far. Checking a guess costs the time of two to five single steps, whether it holds or not:
// so what guessing has cost and gained is kept as a balance, in single steps, and guessing pauses while it is in the red.

export interface DraftPolicy {
  /** How many tokens to guess at most, and how many tokens must have matched before; undefined: don't guess now. */
  readonly next: () => { readonly most: number; readonly fewest: number } | undefined;
  /** Whether a guess that rests on so many tokens is worth checking. */
  readonly accepts: (matched: number) => boolean;
  /** A single step was taken instead. */
  readonly stepped: () => void;
  /** A guess was checked: how much of it held, and what that cost in single steps, if that is known. */
  readonly checked: (drafted: number, accepted: number, cost?: number) => void;
}

const shortest = 4;
const first = 7;

/** The share of all steps that guessing may waste: below it, an answer that quotes nothing loses less than 1 in 20. */
const wasteful = 0.02;

/** Steps that a guess on a long match may cost beyond that: such a match is seldom chance. */
const trustInLongMatch = 2.5;
const longMatch = 6;

/** Gains beyond this aren't saved up, so that the end of a run is noticed soon; it is what the longest guess may lose. */
const mostSaved = 12;

/**
 * What checking `drafted` guessed tokens and the one before them costs, in single steps. Measured on a CPU, for 8-bit and
 * 4-bit weights: half a step for a second row at all, and a quarter for each more.
 */
export function expectedCost(drafted: number): number {
  return drafted === 0 ? 1 : 1.5 + drafted / 4;
}

/**
 * @param longest Tokens guessed at most. Guesses grow while all of them hold; once it is seen how long runs last, they go
 *   as far as the run is expected to.
 */
export function createDraftPolicy(longest: number): DraftPolicy {
  let generated = 0;
  let balance = 0;
  let length = first;
  /** Tokens that have held since the last that didn't, and how many that usually are. */
  let run = 0;
  let usualRun: number | undefined;
  const allowed = (matched: number): boolean =>
    balance >= -wasteful * generated - (matched >= longMatch ? trustInLongMatch : 0);
  return {
    next: () => (allowed(longMatch) ? { most: Math.min(longest, length), fewest: balance > 0 ? 2 : 3 } : undefined),
    accepts: allowed,
    stepped: () => {
      generated++;
    },
    checked: (drafted, accepted, cost = expectedCost(drafted)) => {
      generated += accepted + 1;
      balance = Math.min(mostSaved, balance + accepted + 1 - cost);
      if (accepted === drafted) {
        run += accepted + 1;
      } else {
        run += accepted;
        usualRun = usualRun === undefined ? run : Math.ceil((usualRun + run) / 2);
        run = 0;
      }
      // A token more than expected costs little, and may show that the run goes on.
      const left = usualRun === undefined ? 0 : usualRun - run + 2;
      const grown = accepted === drafted ? drafted * 2 + 1 : 0;
      length = Math.min(longest, Math.max(shortest, left > 2 ? left : grown));
    },
  };
}
