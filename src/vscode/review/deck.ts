// The door to the learner's cards. Nothing behind it is loaded before somebody asks for it.

import * as vscode from 'vscode';
import { studyDay } from '../../core/study/days.ts';
import type { Scheduling } from '../../core/study/schedule.ts';
import type { ReviewMoment } from '../../store/cards.ts';
import type { Store } from '../../store/store.ts';
import { learnersOffset } from '../learnersDay.ts';
import type { Problems } from '../problems.ts';
import { readReviewSettings } from '../settings.ts';
import type { Study } from '../study.ts';
import type { OpenDeck } from './openDeck.ts';

/** Steps of learning that are due within this time are taken early rather than waited for. */
const aheadMs = 20 * 60_000;

export class Deck implements vscode.Disposable {
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  #open: Promise<OpenDeck> | undefined;
  #making: Promise<void> | undefined;

  /** The cards, or how they are reviewed, may have changed: here, in another window, or in the settings. */
  readonly onDidChange = this.#changed.event;

  constructor(study: Study, problems: Problems) {
    this.#study = study;
    this.#problems = problems;
    this.#listening = vscode.Disposable.from(
      study.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('handbook.review')) return;
        this.#open = undefined;
        this.#changed.fire(undefined);
      }),
    );
  }

  /** The cards with schedules as the settings say. */
  async open(): Promise<OpenDeck> {
    this.#open ??= this.#opening();
    try {
      return await this.#open;
    } catch (error) {
      this.#open = undefined;
      throw error;
    }
  }

  /** Now, the learner's day and what they want of it. */
  moment(): ReviewMoment {
    const { newPerDay, reviewsPerDay } = readReviewSettings();
    const now = Date.now();
    const offset = learnersOffset();
    return { now, offset, day: studyDay(now, offset), newPerDay, reviewsPerDay, aheadMs };
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  /** Makes all schedules as the settings say, in a thread. Until that is done the old dates are shown. Never rejects. */
  async #reschedule(store: Store, scheduling: Scheduling): Promise<void> {
    const title = vscode.l10n.t('Working out when cards come next…');
    try {
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        this.#study.transfer({ type: 'schedule', scheduling, now: Date.now() }),
      );
      this.#making = undefined;
      // The settings may have changed again meanwhile; whoever opens the cards now sees to that.
      this.#open = undefined;
      store.look();
      this.#changed.fire(undefined);
    } catch (error) {
      // Not at once again: that would go on for ever. The next change of the settings, or window, is soon enough.
      this.#making = undefined;
      this.#problems.report(
        error,
        vscode.l10n.t('The dates of your cards couldn’t be worked out anew; the old ones stay. Nothing is lost.'),
      );
    }
  }

  async #opening(): Promise<OpenDeck> {
    const [store, { openDeck }] = await Promise.all([this.#study.store(), import('./openDeck.ts')]);
    const deck = openDeck(store, readReviewSettings());
    if (deck.wanted) this.#making ??= this.#reschedule(store, deck.wanted);
    if (deck.wrongWeights) {
      this.#problems.tell(
        vscode.l10n.t(
          'The setting “handbook.review.weights” isn’t a list of FSRS’s 21 numbers, so the usual ones are used. Copy them from the optimiser again, or leave the setting empty.',
        ),
      );
    }
    return deck;
  }
}
