// Saved documents in editors: a panel each, told anew whenever the document has changed.

import * as vscode from 'vscode';
import type { CopyForm } from '../../core/library/address.ts';
import type { Position, ShownDocument, ToDocument } from '../../protocol/document.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import { messageHtml, pageHtml, pageOptions } from '../page.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { parseFromDocument, parseKeptDocument } from './documentMessages.ts';

export const documentPanelType = 'handbook.document';

export interface DocumentPanelParts {
  readonly library: LocalLibrary;
  readonly study: Study;
  readonly problems: Problems;
}

/** What is wanted of others. */
export interface DocumentPanelActions {
  readonly openChapter: (chapterId: string, beside: boolean) => Promise<void>;
  readonly openLink: (url: string) => Promise<void>;
  readonly openOriginal: (documentId: string) => Promise<void>;
}

/** A passage of a document. */
export interface DocumentPlace {
  readonly form: CopyForm;
  /** From 0. */
  readonly passage: number;
}

interface OpenDocument {
  readonly panel: vscode.WebviewPanel;
  readonly documentId: string;
  form: CopyForm | undefined;
  ready: boolean;
  /** The passage to go to once the page is there. */
  wanted: number | undefined;
  highlighted: number | undefined;
  shown: ShownDocument | undefined;
  /** Where the learner is, until it is kept. */
  position: { readonly form: CopyForm; readonly position: Position } | undefined;
}

export class DocumentPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.Uri;
  readonly #parts: DocumentPanelParts;
  readonly #actions: DocumentPanelActions;
  readonly #open = new Map<string, OpenDocument>();
  readonly #listening: vscode.Disposable;

  constructor(extension: vscode.Uri, parts: DocumentPanelParts, actions: DocumentPanelActions) {
    this.#extension = extension;
    this.#parts = parts;
    this.#actions = actions;
    this.#listening = parts.library.onDidChange(() => {
      for (const open of [...this.#open.values()]) if (open.ready) void this.#show(open, true);
    });
  }

  /** What the page of a document was last told; undefined while there is none. */
  shown(documentId: string): ShownDocument | undefined {
    return this.#open.get(documentId)?.shown;
  }

  /** The passage that the page of a document was last told to highlight. */
  highlighted(documentId: string): number | undefined {
    return this.#open.get(documentId)?.highlighted;
  }

  /** Opens a document that has been read, or goes to it; at one of its passages, if `place` names one. */
  open(documentId: string, { place, beside = false }: { place?: DocumentPlace; beside?: boolean } = {}): void {
    const there = this.#open.get(documentId);
    const open =
      there ??
      this.#adopt(
        documentId,
        vscode.window.createWebviewPanel(
          documentPanelType,
          vscode.l10n.t('Saved document'),
          beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
          { ...pageOptions(this.#extension), enableFindWidget: true, retainContextWhenHidden: false },
        ),
      );
    open.wanted = place?.passage;
    const otherForm = place !== undefined && place.form !== open.form;
    if (place) open.form = place.form;
    if (there) there.panel.reveal();
    if (there?.ready === true) void this.#show(open, !otherForm);
  }

  /** Brings back a page that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseKeptDocument(state);
    const { shelf } = await this.#parts.library.open();
    if (kept && shelf.document(kept.documentId) && !this.#open.has(kept.documentId)) {
      this.#adopt(kept.documentId, panel);
    } else {
      panel.webview.html = messageHtml(panel.webview, vscode.l10n.t('This document isn’t in your library any more.'));
    }
  }

  /** Takes a message of a document's page, whoever sent it. */
  async receive(documentId: string, value: unknown): Promise<void> {
    const open = this.#open.get(documentId);
    const message = parseFromDocument(value);
    if (!open || !message) {
      this.#parts.problems.log.warn('The page of a saved document sent a message that isn’t one of its own.');
      return;
    }
    try {
      switch (message.type) {
        case 'ready':
          open.ready = true;
          await this.#show(open, false);
          break;
        case 'position':
          open.position = { form: message.form, position: message.position };
          break;
        case 'openOriginal':
          await this.#actions.openOriginal(documentId);
          break;
        case 'openForm':
          await this.#keepPosition(open);
          open.form = message.form;
          await this.#show(open, false);
          break;
        case 'openLink':
          await this.#actions.openLink(message.url);
          break;
        case 'openChapter':
          await this.#actions.openChapter(message.chapterId, message.beside);
          break;
      }
    } catch (error) {
      this.#parts.problems.report(
        error,
        vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
      );
    }
  }

  dispose(): void {
    this.#listening.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #adopt(documentId: string, panel: vscode.WebviewPanel): OpenDocument {
    const open: OpenDocument = {
      panel,
      documentId,
      form: undefined,
      ready: false,
      wanted: undefined,
      highlighted: undefined,
      shown: undefined,
      position: undefined,
    };
    this.#open.set(documentId, open);
    panel.webview.options = pageOptions(this.#extension);
    panel.iconPath = new vscode.ThemeIcon('library');
    panel.webview.onDidReceiveMessage((value: unknown) => {
      void this.receive(documentId, value);
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away and says `ready` again.
      if (panel.visible) return;
      open.ready = false;
      void this.#keepPosition(open);
    });
    panel.onDidDispose(() => {
      this.#open.delete(documentId);
      void this.#keepPosition(open);
    });
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'document', panel.title);
    return open;
  }

  /** Tells the page what it shows, unless it has been told so, and where to go. */
  async #show(open: OpenDocument, onlyChanges: boolean): Promise<void> {
    try {
      const [{ shelf }, { shownDocument }, { readDocumentText, readForms, readPosition }, curriculum] =
        await Promise.all([
          this.#parts.library.open(),
          import('./documentContent.ts'),
          import('../../library/shelf/texts.ts'),
          this.#parts.study.curriculum(),
        ]);
      const document = shelf.document(open.documentId);
      if (!document) {
        open.panel.dispose();
        return;
      }
      const forms = shelf.ask((db) => readForms(db, document.id));
      const form = forms.find((each) => each === open.form) ?? forms[0];
      const text = form && shelf.ask((db) => readDocumentText(db, document.id, form));
      // It is being read anew.
      if (!text || !open.ready) return;
      const position =
        open.position?.form === form ? open.position.position : shelf.ask((db) => readPosition(db, document.id, form));
      const shown = shownDocument({ document, text, forms, position, curriculum, t: say });
      if (
        !onlyChanges ||
        JSON.stringify({ ...shown, position: 0 }) !== JSON.stringify({ ...open.shown, position: 0 })
      ) {
        open.form = form;
        open.shown = shown;
        open.panel.title = document.title.slice(0, 60);
        this.#post(open, { type: 'show', document: shown });
      }
      if (open.wanted === undefined) return;
      open.highlighted = open.wanted;
      this.#post(open, { type: 'goTo', passage: open.wanted });
      open.wanted = undefined;
    } catch (error) {
      this.#parts.problems.report(error, vscode.l10n.t('The document couldn’t be shown. Open it again.'));
    }
  }

  async #keepPosition(open: OpenDocument): Promise<void> {
    const { position, documentId } = open;
    open.position = undefined;
    if (!position) return;
    try {
      const [{ shelf }, { keepPosition }] = await Promise.all([
        this.#parts.library.open(),
        import('../../library/shelf/texts.ts'),
      ]);
      shelf.within((db) => {
        keepPosition(db, documentId, position);
      });
    } catch (error) {
      this.#parts.problems.log.warn(`The place in a saved document wasn’t kept: ${String(error)}`);
    }
  }

  #post(open: OpenDocument, message: ToDocument): void {
    void open.panel.webview.postMessage(message);
  }
}
