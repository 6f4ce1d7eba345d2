// The learner's cards, once their tables are in step with the settings. A bundle of its own: FSRS and the questions to the
// tables are loaded when cards are first asked for.

import { createScheduler, defaultScheduling, parseWeights } from '../../core/study/schedule.ts';
import type { Scheduler, Scheduling } from '../../core/study/schedule.ts';
import { hasScheduling, setScheduling } from '../../store/cardProjection.ts';
import { countDue, nextDueAt } from '../../store/cards.ts';
import type { DueCount, ReviewMoment } from '../../store/cards.ts';
import type { Store } from '../../store/store.ts';
import type { ReviewSettings } from './reviewSettings.ts';

export interface OpenDeck {
  readonly store: Store;
  readonly scheduling: Scheduling;
  readonly scheduler: Scheduler;
  /** Whether the weights in the settings are none of FSRS's. */
  readonly wrongWeights: boolean;
}

/** Brings the schedules in step with the settings where they aren't. */
export function openDeck(store: Store, settings: ReviewSettings): OpenDeck {
  const weights = settings.weights ? parseWeights(settings.weights) : defaultScheduling.weights;
  const scheduling: Scheduling = { retention: settings.retention, weights: weights ?? defaultScheduling.weights };
  if (!store.read((db) => hasScheduling(db, scheduling))) {
    store.remake((db) => {
      setScheduling(db, scheduling);
    });
  }
  return { store, scheduling, scheduler: createScheduler(scheduling), wrongWeights: weights === undefined };
}

/** How many cards are due, and when that changes by itself. */
export function dueNow(deck: OpenDeck, moment: ReviewMoment): { readonly count: DueCount; readonly nextAt?: number } {
  return deck.store.read((db) => {
    const nextAt = nextDueAt(db, moment);
    return { count: countDue(db, moment), ...(nextAt !== undefined && { nextAt }) };
  });
}
