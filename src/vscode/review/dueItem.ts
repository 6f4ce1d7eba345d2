// How many cards are due: the badge of the view "Chapters" and an item in the status bar, which is there only while some are.

import * as vscode from 'vscode';
import { cardCount } from '../../core/study/timeWords.ts';
import type { CommandId } from '../commandIds.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import { readReviewSettings } from '../settings.ts';
import type { Deck } from './deck.ts';

/** Other extensions start too: counting can wait until they have. */
const idleMs = 2000;
/** Longer than a timer can wait. */
const longestMs = 24 * 60 * 60 * 1000;
/** Many things change at once; what is due is counted after the last. */
const settleMs = 50;

export class DueItem implements vscode.Disposable {
  readonly #deck: Deck;
  readonly #problems: Problems;
  readonly #badge: (badge: vscode.ViewBadge | undefined) => void;
  readonly #item: vscode.StatusBarItem;
  readonly #listening: vscode.Disposable;
  #timer: NodeJS.Timeout;
  #due = 0;
  #disposed = false;

  /** `badge` sets the badge of the view. */
  constructor(deck: Deck, problems: Problems, badge: (badge: vscode.ViewBadge | undefined) => void) {
    this.#deck = deck;
    this.#problems = problems;
    this.#badge = badge;
    this.#item = vscode.window.createStatusBarItem('handbook.due', vscode.StatusBarAlignment.Left, -11);
    this.#item.name = vscode.l10n.t('Handbook cards to review');
    const command: CommandId = 'handbook.review';
    this.#item.command = command;
    this.#listening = vscode.Disposable.from(
      deck.onDidChange(() => {
        this.#countIn(settleMs);
      }),
      // A machine that slept has missed its timer.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#countIn(settleMs);
      }),
    );
    this.#timer = setTimeout(() => {
      void this.#count();
    }, idleMs);
  }

  /** How many cards are due, as it is shown. */
  get due(): number {
    return this.#due;
  }

  /** What the item says. */
  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#item.dispose();
  }

  #countIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#count();
    }, ms);
  }

  async #count(): Promise<void> {
    try {
      if (!readReviewSettings().showDue) {
        this.#show(0);
        return;
      }
      const [deck, { dueNow }] = await Promise.all([this.#deck.open(), import('./openDeck.ts')]);
      const moment = this.#deck.moment();
      const { count, nextAt } = dueNow(deck, moment);
      if (this.#disposed) return;
      this.#show(count.learning + count.review + count.new);
      // The one moment at which more become due by themselves: no looking in between.
      if (nextAt !== undefined) this.#countIn(Math.min(longestMs, Math.max(1000, nextAt - moment.now + 1)));
    } catch (error) {
      // Whoever reviews is told; here is nobody to tell.
      this.#problems.log.error(error instanceof Error ? error : String(error));
      if (!this.#disposed) this.#show(0);
    }
  }

  #show(due: number): void {
    this.#due = due;
    const words = vscode.l10n.t('{0} to review', cardCount(due, say));
    this.#badge(due > 0 ? { value: due, tooltip: words } : undefined);
    this.#item.text = due > 0 ? `$(layers) ${vscode.l10n.t('{0} due', due)}` : '';
    this.#item.tooltip = `${vscode.l10n.t('Generative AI Handbook')}: ${words}`;
    this.#item.accessibilityInformation = { label: `${vscode.l10n.t('Handbook')}: ${words}`, role: 'button' };
    if (due > 0) this.#item.show();
    else this.#item.hide();
  }
}
