// The page "Map" in an editor: one panel, told anew whenever a mark or the plan changes.

import * as vscode from 'vscode';
import { goalSubject } from '../../core/study/goals.ts';
import type { ChapterMap, ToMapPage } from '../../protocol/map.ts';
import { id } from '../fromPage.ts';
import { OnePage } from '../onePage.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { parseFromMapPage } from './mapMessages.ts';

export const mapPanelType = 'handbook.map';

export class MapPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #page: OnePage<ToMapPage>;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #openChapter: (chapterId: string, beside: boolean) => Promise<void>;
  readonly #listening: vscode.Disposable;
  #shown: ChapterMap | undefined;
  /** The view to go to once the page is there. */
  #wanted: string | undefined;

  constructor(
    extension: vscode.Uri,
    study: Study,
    problems: Problems,
    openChapter: (chapterId: string, beside: boolean) => Promise<void>,
  ) {
    this.#page = new OnePage(extension, {
      viewType: mapPanelType,
      page: 'map',
      icon: 'type-hierarchy',
      receive: (value) => {
        void this.receive(value);
      },
      onClose: () => {
        this.#shown = undefined;
      },
    });
    this.#study = study;
    this.#problems = problems;
    this.#openChapter = openChapter;
    this.#listening = study.onDidChange(() => {
      if (this.#page.listens) void this.#show();
    });
  }

  /** What the page was last told; undefined while there is none. */
  get shown(): ChapterMap | undefined {
    return this.#shown;
  }

  /** Opens the page, or goes to it; at one of its views, if `viewId` names one. */
  open(viewId?: unknown): void {
    this.#wanted = id(viewId);
    this.#page.reveal(vscode.l10n.t('Map'));
    this.#goToWanted();
  }

  /** Brings back the page that was open when the window was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#page.adopt(panel);
    return Promise.resolve();
  }

  /** Takes a message of the page, whoever sent it. */
  async receive(value: unknown): Promise<void> {
    const message = parseFromMapPage(value);
    switch (message?.type) {
      case 'ready':
        this.#page.ready();
        await this.#show();
        this.#goToWanted();
        break;
      case 'openChapter':
        try {
          await this.#openChapter(message.chapterId, message.beside);
        } catch (error) {
          this.#problems.report(error, vscode.l10n.t('The chapter couldn’t be opened. Try again.'));
        }
        break;
      case undefined:
        this.#problems.log.warn('The page “Map” sent a message that isn’t one of its own.');
        break;
    }
  }

  dispose(): void {
    this.#listening.dispose();
    this.#page.dispose();
  }

  async #show(): Promise<void> {
    try {
      const [{ chapterMap }, curriculum, progress, chosen] = await Promise.all([
        import('../../core/study/chapterMap.ts'),
        this.#study.curriculum(),
        this.#study.progress(),
        this.#study.goal(),
      ]);
      const plan = chosen && goalSubject(curriculum, chosen.goal);
      if (!this.#page.listens) return;
      this.#shown = chapterMap(curriculum, progress, plan, say);
      this.#page.post({ type: 'show', map: this.#shown });
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('The map couldn’t be drawn up. Open it again.'));
    }
  }

  #goToWanted(): void {
    if (!this.#page.listens || this.#wanted === undefined) return;
    this.#page.post({ type: 'view', viewId: this.#wanted });
    this.#wanted = undefined;
  }
}
