// The page "Map" in an editor: one panel, told anew whenever a mark or the plan changes.

import * as vscode from 'vscode';
import { goalSubject } from '../../core/study/goals.ts';
import type { ChapterMap, ToMapPage } from '../../protocol/map.ts';
import { id } from '../fromPage.ts';
import { pageHtml, pageOptions } from '../page.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { parseFromMapPage } from './mapMessages.ts';

export const mapPanelType = 'handbook.map';

export class MapPanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #openChapter: (chapterId: string, beside: boolean) => Promise<void>;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  #shown: ChapterMap | undefined;
  /** The view to go to once the page is there. */
  #wanted: string | undefined;

  constructor(
    extension: vscode.Uri,
    study: Study,
    problems: Problems,
    openChapter: (chapterId: string, beside: boolean) => Promise<void>,
  ) {
    this.#extension = extension;
    this.#study = study;
    this.#problems = problems;
    this.#openChapter = openChapter;
    this.#listening = study.onDidChange(() => {
      if (this.#ready) void this.#show();
    });
  }

  /** What the page was last told; undefined while there is none. */
  get shown(): ChapterMap | undefined {
    return this.#shown;
  }

  /** Opens the page, or goes to it; at one of its views, if `viewId` names one. */
  open(viewId?: unknown): void {
    this.#wanted = id(viewId);
    if (this.#panel) {
      this.#panel.reveal();
      this.#goToWanted();
      return;
    }
    const title = vscode.l10n.t('Map');
    const panel = vscode.window.createWebviewPanel(mapPanelType, title, vscode.ViewColumn.Active, {
      ...pageOptions(this.#extension),
      retainContextWhenHidden: false,
    });
    this.#panel = panel;
    panel.iconPath = new vscode.ThemeIcon('type-hierarchy');
    panel.webview.onDidReceiveMessage((value: unknown) => {
      void this.receive(value);
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away and says `ready` again.
      if (!panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#shown = undefined;
      this.#ready = false;
    });
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'map', title);
  }

  /** Takes a message of the page, whoever sent it. */
  async receive(value: unknown): Promise<void> {
    const message = parseFromMapPage(value);
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
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
    this.#panel?.dispose();
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
      if (!this.#ready) return;
      this.#shown = chapterMap(curriculum, progress, plan, say);
      this.#post({ type: 'show', map: this.#shown });
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('The map couldn’t be drawn up. Open it again.'));
    }
  }

  #goToWanted(): void {
    if (!this.#ready || this.#wanted === undefined) return;
    this.#post({ type: 'view', viewId: this.#wanted });
    this.#wanted = undefined;
  }

  #post(message: ToMapPage): void {
    void this.#panel?.webview.postMessage(message);
  }
}
