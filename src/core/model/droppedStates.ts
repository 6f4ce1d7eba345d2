// When two conversations take turns on one sequence, each drops the other's state. Writing every dropped state to disk would
// wear it out for nothing, since most are never wanted again: so a state is parked only after dropping one has proved a mistake.

import { sharedPrefix } from './prefixPlan.ts';

export interface DroppedStates {
  readonly recent: readonly (readonly number[])[];
  /** So many of the next drops are parked. */
  readonly toPark: number;
}

export const nothingDropped: DroppedStates = { recent: [], toPark: 0 };

const remembered = 4;

/** Losing fewer tokens than this isn't worth a file. */
const worthParking = 256;

/** One mistake makes so many drops be parked: the length of an exchange between two windows. */
const parkedAfterMistake = 16;

/** Looks whether a prompt would have begun with a state that was dropped. `reuse` is what it can still take over. */
export function rememberPrompt(dropped: DroppedStates, prompt: readonly number[], reuse: number): DroppedStates {
  const lost = Math.max(0, ...dropped.recent.map((tokens) => sharedPrefix(prompt, tokens))) - reuse;
  return lost < worthParking ? dropped : { ...dropped, toPark: parkedAfterMistake };
}

/**
 * A state is about to be cut back to `kept` tokens. Says whether it is to be parked first.
 * @returns What to remember from now on, and whether to park.
 */
export function dropState(
  dropped: DroppedStates,
  held: readonly number[],
  kept: number,
): { readonly dropped: DroppedStates; readonly park: boolean } {
  if (held.length - kept < worthParking) return { dropped, park: false };
  const recent = [held, ...dropped.recent].slice(0, remembered);
  return dropped.toPark > 0
    ? { dropped: { recent, toPark: dropped.toPark - 1 }, park: true }
    : { dropped: { recent, toPark: 0 }, park: false };
}
