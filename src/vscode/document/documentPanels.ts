// Saved documents in editors: a panel each, told anew whenever the library has changed.

import * as vscode from 'vscode';
import type { Reading, ShownDocument } from '../../protocol/document.ts';
import type { ShownPdf } from '../../protocol/pdf.ts';
import { messageHtml, pageOptions } from '../page.ts';
import { parseKeptDocument } from './documentMessages.ts';
import type { DocumentPanel, DocumentPanelActions, DocumentPanelParts } from './documentPanel.ts';
import type { DocumentPlace, HighlightedPassage } from './documentPlace.ts';
import { createSeenDocuments } from './seenDocuments.ts';

export const documentPanelType = 'handbook.document';

export class DocumentPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #parts: DocumentPanelParts;
  readonly #actions: DocumentPanelActions;
  readonly #seen = createSeenDocuments();
  readonly #open = new Map<string, DocumentPanel>();
  /** Those whose code is still being loaded. */
  readonly #coming = new Map<string, { readonly panel: vscode.WebviewPanel; place: DocumentPlace | undefined }>();
  readonly #listening: vscode.Disposable;

  constructor(extension: vscode.Uri, parts: DocumentPanelParts, actions: DocumentPanelActions) {
    this.#extension = extension;
    this.#parts = parts;
    this.#actions = actions;
    this.#listening = parts.library.onDidChange(() => {
      for (const open of [...this.#open.values()]) if (open.shown) void open.show();
    });
  }

  /** The document in which the learner is, if any. */
  get active(): DocumentPanel | undefined {
    return [...this.#open.values()].find(({ panel }) => panel.active);
  }

  /** What the page of a document's text was last told; undefined while there is none. */
  shown(documentId: string): ShownDocument | undefined {
    const shown = this.#open.get(documentId)?.shown;
    return shown && 'body' in shown ? shown : undefined;
  }

  /** What the page of a PDF was last told; undefined while there is none. */
  shownPdf(documentId: string): ShownPdf | undefined {
    const shown = this.#open.get(documentId)?.shown;
    return shown && !('body' in shown) ? shown : undefined;
  }

  /** What the page of a document was last told to highlight. */
  highlighted(documentId: string): HighlightedPassage | undefined {
    return this.#open.get(documentId)?.highlighted;
  }

  /** Opens a document, or goes to it; at a place in it, if `place` names one. */
  open(documentId: string, { place, beside = false }: { place?: DocumentPlace; beside?: boolean } = {}): void {
    const there = this.#open.get(documentId);
    if (there) {
      there.panel.reveal();
      void there.show(place);
      return;
    }
    const coming = this.#coming.get(documentId);
    if (coming) {
      coming.panel.reveal();
      coming.place = place ?? coming.place;
      return;
    }
    const column = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(documentPanelType, vscode.l10n.t('Saved document'), column, {
      ...pageOptions(this.#extension),
      enableFindWidget: true,
      retainContextWhenHidden: false,
    });
    this.#adopt(documentId, panel, { ...(place && { place }) }).catch((error: unknown) => {
      panel.dispose();
      this.#parts.problems.report(error, vscode.l10n.t('The document couldn’t be shown. Open it again.'));
    });
  }

  /** Brings back a page that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseKeptDocument(state);
    const { shelf } = await this.#parts.library.open();
    if (
      kept &&
      shelf.document(kept.documentId) &&
      !this.#open.has(kept.documentId) &&
      !this.#coming.has(kept.documentId)
    ) {
      await this.#adopt(kept.documentId, panel, kept);
    } else {
      panel.webview.html = messageHtml(panel.webview, vscode.l10n.t('This document isn’t in your library any more.'));
    }
  }

  /** Takes a message of a document's page, whoever sent it. */
  async receive(documentId: string, value: unknown): Promise<void> {
    await this.#open.get(documentId)?.receive(value);
  }

  dispose(): void {
    this.#listening.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  async #adopt(
    documentId: string,
    panel: vscode.WebviewPanel,
    { place, reading }: { readonly place?: DocumentPlace; readonly reading?: Reading },
  ): Promise<void> {
    const coming = { panel, place };
    this.#coming.set(documentId, coming);
    panel.onDidDispose(() => {
      this.#coming.delete(documentId);
      this.#open.get(documentId)?.dispose();
      this.#open.delete(documentId);
    });
    const { DocumentPanel } = await import('./documentPanel.ts');
    // Closed already.
    if (this.#coming.get(documentId) !== coming) return;
    this.#coming.delete(documentId);
    const parts = { ...this.#parts, seen: this.#seen };
    const open = new DocumentPanel(documentId, panel, this.#extension, parts, this.#actions, reading);
    this.#open.set(documentId, open);
    await open.show(coming.place);
  }
}
