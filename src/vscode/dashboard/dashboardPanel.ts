// The page "Dashboard" in an editor: one panel, told anew whenever something of what it shows may have changed.

import * as vscode from 'vscode';
import type { Dashboard, FromDashboard, PlanToday, ToDashboard } from '../../protocol/dashboard.ts';
import { pageHtml, pageOptions } from '../page.ts';
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
  readonly #extension: vscode.Uri;
  readonly #parts: DashboardPanelParts;
  readonly #act: DashboardAct;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  /** What stands in the page from the start, until the page says that it is there. */
  #first: Dashboard | undefined;
  #shown: Dashboard | undefined;
  #sent = '';
  #soon: NodeJS.Timeout | undefined;
  #openedAt = 0;
  #drawnMs: number | undefined;

  constructor(extension: vscode.Uri, parts: DashboardPanelParts, act: DashboardAct) {
    this.#extension = extension;
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
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    this.#openedAt = performance.now();
    this.#adopt(
      vscode.window.createWebviewPanel(
        dashboardPanelType,
        vscode.l10n.t('Dashboard'),
        vscode.ViewColumn.Active,
        pageOptions(this.#extension),
      ),
    );
  }

  /** Brings back the page that was open when the window was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#rest();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#drawnMs = undefined;
    panel.iconPath = new vscode.ThemeIcon('graph');
    panel.webview.options = pageOptions(this.#extension);
    panel.webview.onDidReceiveMessage((value: unknown) => {
      this.#receive(value);
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      this.#rest();
      // A hidden page is thrown away, and made anew from the same text: what that says may be out of date by then.
      panel.webview.html = pageHtml(panel.webview, this.#extension, 'dashboard', panel.title);
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#shown = undefined;
      this.#rest();
    });
    void this.#load(panel);
  }

  /** Drawn up while VS Code makes the webview, what the page shows comes with the page. */
  async #load(panel: vscode.WebviewPanel): Promise<void> {
    // A page without asks for it, and then the learner is told what is wrong.
    const dashboard = await this.#content().catch(() => undefined);
    if (this.#panel !== panel) return;
    this.#first = dashboard;
    const first = dashboard && ({ type: 'show', dashboard } satisfies ToDashboard);
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'dashboard', panel.title, first);
  }

  #receive(value: unknown): void {
    const message = parseFromDashboard(value);
    if (!message) {
      this.#parts.problems.log.warn('The page “Dashboard” sent a message that isn’t one of its own.');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#greet();
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

  #greet(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first) {
      this.#shown = first;
      this.#sent = JSON.stringify(first);
      // Something may have changed since.
      this.#showIn(settleMs);
    } else {
      this.#sent = '';
      void this.#show();
    }
  }

  #rest(): void {
    this.#ready = false;
    clearTimeout(this.#soon);
  }

  #showIn(ms: number): void {
    if (!this.#ready) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      void this.#show();
    }, ms);
  }

  async #show(): Promise<void> {
    try {
      const dashboard = await this.#content();
      if (!this.#ready) return;
      this.#shown = dashboard;
      const text = JSON.stringify(dashboard);
      if (text !== this.#sent) {
        this.#sent = text;
        const message: ToDashboard = { type: 'show', dashboard };
        void this.#panel?.webview.postMessage(message);
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
