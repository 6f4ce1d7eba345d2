// The page "Model" in an editor: one panel, told anew whenever something about the model changes.

import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import { parsePassageId } from '../../core/passages.ts';
import { findChapter } from '../../core/lookUp.ts';
import type { ModelPage, ModelPageAction, ToModelPage } from '../../protocol/modelPage.ts';
import { OnePage } from '../onePage.ts';
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

export class ModelPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #page: OnePage<ToModelPage>;
  readonly #model: LocalModel;
  readonly #gpu: GpuSupport;
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #actions: ModelPanelActions;
  readonly #listening: vscode.Disposable;
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
    this.#page = new OnePage(extension, {
      viewType: modelPanelType,
      page: 'model',
      icon: 'hubot',
      receive: (value) => {
        this.#receive(value);
      },
      onRest: () => {
        this.#rest();
      },
      onClose: () => {
        this.#shown = undefined;
      },
    });
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
    this.#page.reveal(vscode.l10n.t('Model'));
  }

  /** Brings back the page that was open when the window was closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#page.adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#page.dispose();
  }

  #receive(value: unknown): void {
    const message = parseFromModelPage(value);
    if (!message) {
      this.#problems.log.warn('The page “Model” sent a message that isn’t one of its own.');
      return;
    }
    switch (message.type) {
      case 'ready':
        this.#page.ready();
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
    clearTimeout(this.#soon);
    clearTimeout(this.#again);
    this.#soon = undefined;
  }

  #showSoon(): void {
    if (!this.#page.listens || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      void this.#show();
    }, settleMs);
  }

  async #show(): Promise<void> {
    clearTimeout(this.#again);
    try {
      const page = await this.#content();
      if (!this.#page.listens) return;
      this.#shown = page;
      this.#page.post({ type: 'show', page });
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('The model card couldn’t be drawn up. Open it again.'));
    }
    if (this.#page.listens && this.#model.state().type === 'ready') {
      clearTimeout(this.#again);
      this.#again = setTimeout(() => {
        void this.#show();
      }, freshMs);
    }
  }

  async #content(): Promise<ModelPage> {
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
