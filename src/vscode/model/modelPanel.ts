// The page "Model" in an editor: one panel, told anew whenever something about the model changes.

import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import { parsePassageId } from '../../core/passages.ts';
import { findChapter } from '../../core/lookUp.ts';
import type { ModelPage, ModelPageAction, ToModelPage } from '../../protocol/modelPage.ts';
import { pageHtml, pageOptions } from '../page.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import type { LocalModel } from './localModel.ts';
import { parseFromModelPage } from './modelPageMessages.ts';
import type { GpuSupport } from './gpuSupport.ts';

export const modelPanelType = 'handbook.model';

/** What is wanted of others. */
export interface ModelPanelActions {
  readonly act: (action: ModelPageAction) => Promise<void>;
  readonly openPassage: (passageId: string) => Promise<void>;
}

/** Numbers that change by themselves: memory, windows, state files. */
const freshMs = 2000;
/** A load reports progress more often than anybody looks. */
const settleMs = 60;

export class ModelPanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #model: LocalModel;
  readonly #gpu: GpuSupport;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #actions: ModelPanelActions;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  #shown: ModelPage | undefined;
  #soon: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(
    extension: vscode.Uri,
    parts: {
      readonly model: LocalModel;
      readonly gpu: GpuSupport;
      readonly study: Study;
      readonly problems: Problems;
    },
    actions: ModelPanelActions,
  ) {
    this.#extension = extension;
    this.#model = parts.model;
    this.#gpu = parts.gpu;
    this.#study = parts.study;
    this.#problems = parts.problems;
    this.#actions = actions;
    this.#listening = vscode.Disposable.from(
      parts.model.onDidChange(() => {
        this.#showSoon();
      }),
      parts.gpu.onDidChange(() => {
        this.#showSoon();
      }),
    );
  }

  /** What the page was last told; undefined while there is none. */
  get shown(): ModelPage | undefined {
    return this.#shown;
  }

  /** Opens the page, or goes to it. */
  open(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const title = vscode.l10n.t('Model');
    const panel = vscode.window.createWebviewPanel(modelPanelType, title, vscode.ViewColumn.Active, {
      ...pageOptions(this.#extension),
      retainContextWhenHidden: false,
    });
    this.#panel = panel;
    panel.iconPath = new vscode.ThemeIcon('hubot');
    panel.webview.onDidReceiveMessage((value: unknown) => {
      this.#receive(value);
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away and says `ready` again.
      if (!panel.visible) this.#rest();
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#shown = undefined;
      this.#rest();
    });
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'model', title);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#rest();
    this.#panel?.dispose();
  }

  #receive(value: unknown): void {
    const message = parseFromModelPage(value);
    if (!message) {
      this.#problems.log.warn('The page “Model” sent a message that isn’t one of its own.');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        void this.#show();
        break;
      case 'act':
        this.#answer(this.#actions.act(message.action));
        break;
      case 'openPassage':
        this.#answer(this.#actions.openPassage(message.passageId));
        break;
    }
  }

  #answer(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#problems.report(
        error,
        vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
      );
    });
  }

  #rest(): void {
    this.#ready = false;
    clearTimeout(this.#soon);
    clearTimeout(this.#again);
    this.#soon = undefined;
  }

  #showSoon(): void {
    if (!this.#ready || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      void this.#show();
    }, settleMs);
  }

  async #show(): Promise<void> {
    clearTimeout(this.#again);
    try {
      const page = await this.#page();
      if (!this.#ready) return;
      this.#shown = page;
      const message: ToModelPage = { type: 'show', page };
      void this.#panel?.webview.postMessage(message);
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('The model card couldn’t be drawn up. Open it again.'));
    }
    if (this.#ready && this.#model.state().type === 'ready') {
      clearTimeout(this.#again);
      this.#again = setTimeout(() => {
        void this.#show();
      }, freshMs);
    }
  }

  async #page(): Promise<ModelPage> {
    const state = this.#model.state();
    const [{ modelPage }, curriculum, statistics, gpu] = await Promise.all([
      import('./modelPageContent.ts'),
      this.#study.curriculum(),
      // A process that is just dying has no statistics; the state says the rest.
      this.#model.statistics(AbortSignal.timeout(freshMs)).catch(() => undefined),
      this.#gpu.line(),
    ]);
    const { lastAnswer } = this.#model;
    return modelPage({
      state,
      settings: this.#model.settings.engine,
      cores: availableParallelism(),
      ...(statistics && { statistics }),
      ...(lastAnswer && { lastAnswer }),
      ...(gpu && { gpu }),
      taught: (passageId) => {
        const chapter = findChapter(curriculum, parsePassageId(passageId)?.chapterId);
        return chapter && { passageId, title: chapter.title };
      },
      t: say,
    });
  }
}
