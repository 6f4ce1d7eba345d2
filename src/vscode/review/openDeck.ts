// The learner's cards, once their tables are in step with the settings. A bundle of its own: FSRS and the questions to the
// tables are loaded when cards are first asked for.

import { createScheduler, defaultScheduling, parseWeights } from '../../core/study/schedule.ts';
import type { Scheduler, Scheduling } from '../../core/study/schedule.ts';
import { countReviews, hasScheduling, readScheduling, setScheduling } from '../../store/cardProjection.ts';
import { countDue, nextDueAt } from '../../store/cards.ts';
import type { DueCount, ReviewMoment } from '../../store/cards.ts';
import type { Store } from '../../store/store.ts';
import type { ReviewSettings } from './reviewSettings.ts';

export interface OpenDeck {
  readonly store: Store;
  /** What the schedules in the tables were made with, and what reviews are graded with. */
  readonly scheduling: Scheduling;
  readonly scheduler: Scheduler;
  /** What the settings ask for, where the schedules are yet to be made with it and that takes long. */
  readonly wanted?: Scheduling;
  /** Whether the weights in the settings are none of FSRS's. */
  readonly wrongWeights: boolean;
}

/** So many reviews are folded before anybody notices. */
const mostAtOnce = 200;

/** The cards; brings their schedules in step with the settings where they aren't, unless that takes long. */
export function openDeck(store: Store, settings: ReviewSettings): OpenDeck {
  const weights = settings.weights ? parseWeights(settings.weights) : defaultScheduling.weights;
  const wanted: Scheduling = { retention: settings.retention, weights: weights ?? defaultScheduling.weights };
  const wrongWeights = weights === undefined;
  if (!store.read((db) => hasScheduling(db, wanted))) {
    if (store.read(countReviews) > mostAtOnce) {
      const scheduling = store.read(readScheduling);
      return { store, scheduling, scheduler: createScheduler(scheduling), wanted, wrongWeights };
    }
    store.remake((db) => {
      setScheduling(db, wanted);
    });
  }
  return { store, scheduling: wanted, scheduler: createScheduler(wanted), wrongWeights };
}

/** How many cards are due, and when that changes by itself. */
export function dueNow(deck: OpenDeck, moment: ReviewMoment): { readonly count: DueCount; readonly nextAt?: number } {
  return deck.store.read((db) => {
    const nextAt = nextDueAt(db, moment);
    return { count: countDue(db, moment), ...(nextAt !== undefined && { nextAt }) };
  });
}
