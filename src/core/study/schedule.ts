// When a card is shown again: FSRS-6, through the package ts-fsrs. State in, state out; what is random in it, the spreading
// of long intervals, is drawn from the card's id and its number of reviews, so that every machine that has the same history
// and the same settings sees the same dates.

import {
  checkParameters,
  createEmptyCard,
  default_w,
  fsrs,
  GenSeedStrategyWithCardId,
  migrateParameters,
  Rating as Grade,
  State,
  StrategyMode,
} from 'ts-fsrs';
import type { Card, FSRS } from 'ts-fsrs';
import { cardStates } from './cardSchedule.ts';
import type { CardState, Schedule } from './cardSchedule.ts';
import { dayMs } from './days.ts';
import { ratings } from './studyEvent.ts';
import type { Rating } from './studyEvent.ts';

export { cardStates } from './cardSchedule.ts';
export type { CardState, Schedule } from './cardSchedule.ts';

/** What the learner can set about it. */
export interface Scheduling {
  /** How likely a card is to be remembered when it is shown again; between 0 and 1. */
  readonly retention: number;
  /** FSRS's 21 numbers, as its optimiser fits them to a learner. */
  readonly weights: readonly number[];
}

export const defaultScheduling: Scheduling = { retention: 0.9, weights: [...default_w] };

/** The bounds of retention beyond which the intervals make no sense. */
export const retentionBounds = { least: 0.7, most: 0.99 } as const;

/** Longer than anybody plans. */
const longestDays = 36_500;
export const learningSteps = ['1m', '10m'] as const;
export const relearningSteps = ['10m'] as const;

/**
 * FSRS's weights as its optimiser prints them: 21 numbers, or 19 or 17 of its earlier versions, which are brought to the
 * present form. Undefined if `value` isn't that.
 */
export function parseWeights(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'number')) return undefined;
  try {
    return migrateParameters(checkParameters(value), relearningSteps.length, true);
  } catch {
    return undefined;
  }
}

/** Settings that were written as JSON; undefined if `value` isn't such. */
export function parseScheduling(value: unknown): Scheduling | undefined {
  if (typeof value !== 'object' || value === null || !('retention' in value) || !('weights' in value)) return undefined;
  const weights = parseWeights(value.weights);
  const { retention } = value;
  return weights && typeof retention === 'number' && retention > 0 && retention < 1
    ? { retention, weights }
    : undefined;
}

export const newSchedule: Schedule = {
  state: 'new',
  stability: 0,
  difficulty: 0,
  step: 0,
  reviews: 0,
  lapses: 0,
  intervalDays: 0,
};

export interface Scheduler {
  /** The schedule of a card after it was graded at `now`; a `now` before the last review counts as that moment. */
  readonly grade: (schedule: Schedule, cardId: string, rating: Rating, now: number) => Schedule;
  /** What each of the four grades would make of it. */
  readonly preview: (schedule: Schedule, cardId: string, now: number) => Readonly<Record<Rating, Schedule>>;
  /** How likely the card is to be remembered at `now`, from 0 to 1; undefined for a new card. */
  readonly recall: (schedule: Schedule, now: number) => number | undefined;
}

/** A card as the package wants it, with its id for the seed. */
type SeededCard = Card & { readonly card_id: string };

/** Makes a scheduler; the same settings make the same one. */
export function createScheduler({ retention, weights }: Scheduling): Scheduler {
  const algorithm: FSRS = fsrs({
    request_retention: Math.min(retentionBounds.most, Math.max(retentionBounds.least, retention)),
    maximum_interval: longestDays,
    w: [...weights],
    enable_fuzz: true,
    enable_short_term: true,
    learning_steps: [...learningSteps],
    relearning_steps: [...relearningSteps],
  }).useStrategy(StrategyMode.SEED, GenSeedStrategyWithCardId('card_id'));
  const timeOf = (schedule: Schedule, now: number): number => Math.max(now, schedule.lastReview ?? 0);
  const grade: Scheduler['grade'] = (schedule, cardId, rating, now) => {
    const at = timeOf(schedule, now);
    return fromCard(algorithm.next(toCard(schedule, cardId, at), new Date(at), packageGrades[rating]).card);
  };
  return {
    grade,
    preview: (schedule, cardId, now) => {
      const [again, hard, good, easy] = ratings.map((rating) => grade(schedule, cardId, rating, now));
      if (!again || !hard || !good || !easy) throw new Error('there are four grades');
      return { 1: again, 2: hard, 3: good, 4: easy };
    },
    recall: (schedule, now) =>
      schedule.lastReview === undefined || schedule.stability <= 0
        ? undefined
        : algorithm.forgetting_curve(daysSince(schedule, now), schedule.stability),
  };
}

/** Days since the last review, with their fractions; 0 for a new card and for a clock that went back. */
export function daysSince(schedule: Schedule, now: number): number {
  return schedule.lastReview === undefined ? 0 : Math.max(0, now - schedule.lastReview) / dayMs;
}

function toCard(schedule: Schedule, cardId: string, now: number): SeededCard {
  const { due, lastReview } = schedule;
  return {
    ...createEmptyCard(new Date(now)),
    card_id: cardId,
    due: new Date(due ?? now),
    stability: schedule.stability,
    difficulty: schedule.difficulty,
    scheduled_days: schedule.intervalDays,
    learning_steps: schedule.step,
    reps: schedule.reviews,
    lapses: schedule.lapses,
    state: packageStates[schedule.state],
    ...(lastReview !== undefined && { last_review: new Date(lastReview) }),
  };
}

const packageStates: Readonly<Record<CardState, State>> = {
  new: State.New,
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
};

const packageGrades = { 1: Grade.Again, 2: Grade.Hard, 3: Grade.Good, 4: Grade.Easy } as const satisfies Record<
  Rating,
  Grade
>;

function fromCard(card: Card): Schedule {
  return {
    state: cardStates[card.state],
    due: card.due.getTime(),
    ...(card.last_review && { lastReview: card.last_review.getTime() }),
    stability: card.stability,
    difficulty: card.difficulty,
    step: card.learning_steps,
    reviews: card.reps,
    lapses: card.lapses,
    intervalDays: card.scheduled_days,
  };
}
