// How far a card has come. Apart from the scheduler, which brings a package along that readers of events don't need.

/** How far a card has come: `learning` and `relearning` are steps of minutes, `review` is counted in days. */
export const cardStates = ['new', 'learning', 'review', 'relearning'] as const;
export type CardState = (typeof cardStates)[number];

/** What FSRS knows of one card. */
export interface Schedule {
  readonly state: CardState;
  /** Milliseconds since 1970; undefined for a card that was never reviewed. */
  readonly due?: number;
  readonly lastReview?: number;
  /** After this many days nine of ten such cards are remembered. 0 for a new card. */
  readonly stability: number;
  /** From 1 to 10; 0 for a new card. */
  readonly difficulty: number;
  /** The step of learning that comes next. */
  readonly step: number;
  readonly reviews: number;
  /** How often it was forgotten after it had been learnt. */
  readonly lapses: number;
  /** Days from the last review to the next; 0 while that is a matter of minutes. */
  readonly intervalDays: number;
}
