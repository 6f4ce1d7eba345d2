// A page of ours in an editor, of which there is one at a time: made, gone to, brought back after a reload, told things.

import { setTimeout as nextTimer } from 'node:timers/promises';
import * as vscode from 'vscode';
import { pageHtml, pageOptions } from './page.ts';
import type { PageName } from './page.ts';

export interface OnePageOptions<Message extends object> {
  readonly viewType: string;
  readonly page: PageName;
  /** A codicon. */
  readonly icon: string;
  /** Takes what the page sends, which may be anything. */
  readonly receive: (value: unknown) => void;
  /** The page listens no more: it was hidden, which throws it away, or closed. */
  readonly onRest?: () => void;
  /** The learner has closed it. */
  readonly onClose: () => void;
  /** Drawn up while VS Code makes the webview, this message comes with the page, which then needn't ask for it. */
  readonly first?: () => Promise<Message | undefined>;
}

export class OnePage<Message extends object> implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #options: OnePageOptions<Message>;
  #panel: vscode.WebviewPanel | undefined;
  #listens = false;
  /** What came with the page, until the page says that it is there. */
  #first: Message | undefined;

  constructor(extension: vscode.Uri, options: OnePageOptions<Message>) {
    this.#extension = extension;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Whether the page is there and told things. */
  get listens(): boolean {
    return this.#listens;
  }

  set title(title: string) {
    if (this.#panel) this.#panel.title = title;
  }

  /** Goes to the page; makes it, with this title, if there is none. */
  reveal(title: string): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const { viewType } = this.#options;
    this.adopt(
      vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, pageOptions(this.#extension)),
    );
  }

  /** Takes a panel over: a new one, or one that was open when the window was closed. There is one page: another one goes. */
  adopt(panel: vscode.WebviewPanel): void {
    const before = this.#panel;
    this.#panel = panel;
    this.#listens = false;
    before?.dispose();
    panel.iconPath = new vscode.ThemeIcon(this.#options.icon);
    panel.webview.options = pageOptions(this.#extension);
    panel.webview.onDidReceiveMessage((value: unknown) => {
      this.#options.receive(value);
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible || this.#panel !== panel) return;
      this.#rest();
      // It is made anew from the same text when it is shown again: what that said may be out of date by then.
      if (this.#options.first) this.#load(panel, undefined);
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#rest();
      this.#options.onClose();
    });
    void this.#loadWithFirst(panel);
  }

  /**
   * The page has said that it is there: from now on it is told things.
   * @returns What came with it, which it has shown by now.
   */
  ready(): Message | undefined {
    this.#listens = true;
    const first = this.#first;
    this.#first = undefined;
    return first;
  }

  /** Tells the page; nothing happens while there is none that listens. */
  post(message: Message): void {
    if (this.#listens) void this.#panel?.webview.postMessage(message);
  }

  close(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.#rest();
    this.#panel?.dispose();
  }

  #rest(): void {
    this.#listens = false;
    this.#first = undefined;
    this.#options.onRest?.();
  }

  async #loadWithFirst(panel: vscode.WebviewPanel): Promise<void> {
    const { first: drawUp } = this.#options;
    let first: Message | undefined;
    if (drawUp) {
      // What VS Code has been asked for leaves this process with the next timer: only then is there time for other things.
      await nextTimer();
      // A page that has nothing from the start asks, and then the learner is told what is wrong.
      first = await drawUp().catch(() => undefined);
    }
    if (this.#panel !== panel) return;
    this.#first = first;
    this.#load(panel, first);
  }

  #load(panel: vscode.WebviewPanel, first: Message | undefined): void {
    panel.webview.html = pageHtml(panel.webview, this.#extension, this.#options.page, panel.title, { first });
  }
}
