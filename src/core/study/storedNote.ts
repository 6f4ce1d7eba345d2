import type { Note } from './studyEvent.ts';

/** A note as it is now, with when it was made and last changed. */
export interface StoredNote extends Note {
  readonly id: string;
  readonly madeAt: number;
  readonly changedAt: number;
}
