// The page "Dashboard" in an editor: one panel, told anew whenever something of what it shows may have changed.

import * as vscode from 'vscode';
import type { Dashboard, FromDashboard, PlanToday, ToDashboard } from '../../protocol/dashboard.ts';
import { OnePage } from '../onePage.ts';
import type { Problems } from '../problems.ts';
import type { Deck } from '../review/deck.ts';
import { learnersCalendar } from '../learnersDay.ts';
import type { Study } from '../study.ts';
import { parseFromDashboard } from './dashboardMessages.ts';

export const dashboardPanelType = 'handbook.dashboard';

export interface DashboardPanelParts {
  readonly study: Study;
  readonly deck: Deck;
  readonly problems: Problems;
}

/** What is wanted of others. */
export type DashboardAct = (message: Exclude<FromDashboard, { type: 'ready' | 'drawn' }>) => Promise<void>;

/** Many things change at once: a review session, a history that comes from another machine. */
const settleMs = 150;
/** Cards come due, and days begin, with nothing else happening. */
const freshMs = 60_000;

export class DashboardPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #page: OnePage<ToDashboard>;
  readonly #parts: DashboardPanelParts;
  readonly #act: DashboardAct;
  readonly #listening: vscode.Disposable;
  #shown: Dashboard | undefined;
  #sent = '';
  #soon: NodeJS.Timeout | undefined;
  #openedAt = 0;
  #drawnMs: number | undefined;

  constructor(extension: vscode.Uri, parts: DashboardPanelParts, act: DashboardAct) {
    this.#page = new OnePage(extension, {
      viewType: dashboardPanelType,
      page: 'dashboard',
      icon: 'graph',
      receive: (value) => {
        this.#receive(value);
      },
      onRest: () => {
        clearTimeout(this.#soon);
      },
      onClose: () => {
        this.#shown = undefined;
      },
      first: async () => ({ type: 'show', dashboard: await this.#content() }),
    });
    this.#parts = parts;
    this.#act = act;
    this.#listening = parts.deck.onDidChange(() => {
      this.#showIn(settleMs);
    });
  }

  /** What the page was last told; undefined while there is none. */
  get shown(): Dashboard | undefined {
    return this.#shown;
  }

  /** How long it took from opening the page to its first drawing on the screen. */
  get drawnMs(): number | undefined {
    return this.#drawnMs;
  }

  /** Opens the page, or goes to it. */
  open(): void {
    if (!this.#page.isOpen) this.#begin();
    this.#page.reveal(vscode.l10n.t('Dashboard'));
  }

  /** Brings back the page that was open when the window was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#begin();
    this.#page.adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#page.dispose();
  }

  #begin(): void {
    this.#openedAt = performance.now();
    this.#drawnMs = undefined;
  }

  #receive(value: unknown): void {
    const message = parseFromDashboard(value);
    if (!message) {
      this.#parts.problems.log.warn('The page “Dashboard” sent a message that isn’t one of its own.');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#greet(this.#page.ready());
        break;
      case 'drawn':
        this.#drawnMs ??= performance.now() - this.#openedAt;
        break;
      case 'review':
      case 'continue':
      case 'planGoal':
      case 'quiz':
      case 'openChapter':
      case 'openPassage':
        this.#act(message).catch((error: unknown) => {
          this.#parts.problems.report(
            error,
            vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
          );
        });
    }
  }

  /** The page is there, and shows `first` if that came with it. */
  #greet(first: ToDashboard | undefined): void {
    if (first) {
      this.#shown = first.dashboard;
      this.#sent = JSON.stringify(first.dashboard);
      // Something may have changed since.
      this.#showIn(settleMs);
    } else {
      this.#sent = '';
      void this.#show();
    }
  }

  #showIn(ms: number): void {
    if (!this.#page.listens) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      void this.#show();
    }, ms);
  }

  async #show(): Promise<void> {
    try {
      const dashboard = await this.#content();
      if (!this.#page.listens) return;
      this.#shown = dashboard;
      const text = JSON.stringify(dashboard);
      if (text !== this.#sent) {
        this.#sent = text;
        this.#page.post({ type: 'show', dashboard });
      }
    } catch (error) {
      this.#parts.problems.report(
        error,
        vscode.l10n.t('The dashboard couldn’t be drawn up. Open it again; if it keeps failing, the log says why.'),
      );
    }
    this.#showIn(freshMs);
  }

  async #content(): Promise<Dashboard> {
    const { study, deck } = this.#parts;
    const moment = deck.moment();
    const [{ dashboardContent }, { dueNow }, cards, curriculum, quizzes, plan] = await Promise.all([
      import('./dashboardContent.ts'),
      import('../review/openDeck.ts'),
      deck.open(),
      study.curriculum(),
      study.quizIndex(),
      this.#plan(moment.now),
    ]);
    return dashboardContent({
      store: cards.store,
      curriculum,
      quizzes,
      due: dueNow(cards, moment).count,
      ...(plan && { plan }),
      now: moment.now,
      offset: moment.offset,
    });
  }

  async #plan(now: number): Promise<PlanToday | undefined> {
    const { study } = this.#parts;
    const aim = await study.goal();
    if (!aim) return undefined;
    const [{ planToday }, curriculum, events] = await Promise.all([
      import('./planToday.ts'),
      study.curriculum(),
      study.events(),
    ]);
    return planToday({ ...aim, curriculum, events }, now, learnersCalendar());
  }
}
