// Prompt look-up: an answer that quotes its passages repeats runs of the prompt. Where the last tokens have occurred before,
// what followed them then is guessed to follow now; the model checks the whole guess in one evaluation.
// Idea: A. Saxena, "Prompt Lookup Decoding" (2023); the resumption after a changed token is our own.

/** Draft tokens of a sequence that grows. */
export interface LookupDraft {
  /** Adds a token that is now part of the sequence. */
  readonly add: (token: number) => void;
  /**
   * What may follow the sequence's end, at most `most` tokens.
   * @returns The guess with how many tokens matched before it; empty where fewer than `fewest` do.
   */
  readonly guess: (most: number, fewest: number) => Guess;
}

export interface Guess {
  readonly tokens: readonly number[];
  /** Tokens that led to it: the longer, the likelier it is right. */
  readonly matched: number;
}

const none: Guess = { tokens: [], matched: 0 };

/** Places looked at for one guess, newest first. */
const placesTried = 24;

/** Longer matches aren't told apart. */
const longestMatch = 32;

/** After so many tokens of a run, one that differs is taken as changed or left out in passing: the run goes on behind it. */
const runToResume = 4;

/** Pairs of tokens as keys: token ids stay below 2^26. */
const pairKey = (a: number, b: number): number => a * 67_108_864 + b;

/** @param prompt Token ids that are there already. */
export function createLookupDraft(prompt: readonly number[]): LookupDraft {
  const tokens: number[] = [];
  /** The last place after each pair, and for each place the one before it with the same pair. */
  const lastPlace = new Map<number, number>();
  const earlierPlace: number[] = [];
  /** Where the sequence has been following an earlier run: the place of the token expected next. */
  let following = -1;
  let run = 0;
  /** It has left the run for one token and is taken to be in it again. */
  let resumed = false;

  /** Follows the run by one token, past one that was changed, left out or put in. */
  const follow = (token: number): void => {
    const expected = tokens[following];
    if (token === expected) {
      run++;
      following++;
    } else if (run >= runToResume) {
      following += token === tokens[following + 1] ? 2 : 1;
      run = 1;
      resumed = true;
    } else if (resumed && run === 1 && token === tokens[following - 1]) {
      // It was taken for changed, but had been put in.
      run++;
    } else {
      following = -1;
    }
  };

  const add = (token: number): void => {
    if (following >= 0) follow(token);
    tokens.push(token);
    const place = tokens.length;
    const before = tokens[place - 2];
    if (before === undefined) return;
    const key = pairKey(before, token);
    earlierPlace[place] = lastPlace.get(key) ?? -1;
    lastPlace.set(key, place);
  };
  for (const token of prompt) add(token);

  /** How many tokens before `place` equal those at the sequence's end. */
  const matchedBefore = (place: number): number => {
    let matched = 0;
    while (
      matched < longestMatch &&
      matched < place &&
      tokens[place - 1 - matched] === tokens[tokens.length - 1 - matched]
    ) {
      matched++;
    }
    return matched;
  };

  return {
    add,
    guess: (most, fewest) => {
      const end = tokens.length;
      const last = tokens[end - 1];
      const before = tokens[end - 2];
      if (most <= 0 || last === undefined || before === undefined) return none;
      let best = -1;
      let matched = 0;
      // The end itself is the newest place of its pair: the one before it is the newest that something follows.
      let place = earlierPlace[end] ?? -1;
      for (let tried = 0; place >= 0 && tried < placesTried; tried++) {
        const length = matchedBefore(place);
        if (length > matched || (length === matched && place === following)) {
          best = place;
          matched = length;
        }
        place = earlierPlace[place] ?? -1;
      }
      if (matched < Math.max(2, fewest) && resumed && following >= 0 && following < end) {
        best = following;
        matched = runToResume;
      }
      if (best < 0 || matched < Math.max(2, fewest)) return none;
      if (best !== following) {
        following = best;
        run = 0;
        resumed = false;
      }
      return { tokens: tokens.slice(best, best + most), matched };
    },
  };
}
