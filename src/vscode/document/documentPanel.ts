// One saved document in an editor: its text, or the pages of its PDF. The two are pages of ours of their own; which of them
// the panel holds follows what the learner reads.
//
// A hidden page is thrown away by VS Code and says `ready` anew when it comes back, so this side always knows what the page
// should be showing and sends all of it again.

import * as vscode from 'vscode';
import type { Curriculum } from '../../core/curriculum.ts';
import { linesOf } from '../../core/library/linesOf.ts';
import { pdfPlaceOf, positionOfPdf } from '../../core/library/pdfPlace.ts';
import type { Shelf } from '../../library/shelf/shelf.ts';
import type { StoredText } from '../../library/shelf/texts.ts';
import type { FromDocument, Reading, ShownDocument, ToDocument } from '../../protocol/document.ts';
import type { FromPdf, ShownPdf, ToPdf } from '../../protocol/pdf.ts';
import type { SelectionAction } from '../../protocol/readerNotes.ts';
import type { LocalLibrary } from '../library/localLibrary.ts';
import type { Notes } from '../notes/notes.ts';
import { ReaderNotes, type NotedSubject } from '../notes/readerNotes.ts';
import { messageHtml, pageHtml, pageOptions, type PageExtras } from '../page.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { parseFromDocument, parseFromPdf } from './documentMessages.ts';
import type { DocumentPlace, HighlightedPassage } from './documentPlace.ts';
import { KeptPlace } from './keptPlace.ts';
import { PdfFace } from './pdfFace.ts';
import { chosenReading, placeFor, readingOf } from './reading.ts';
import type { SeenDocuments } from './seenDocuments.ts';

export interface DocumentPanelParts {
  readonly library: LocalLibrary;
  readonly study: Study;
  readonly notes: Notes;
  readonly problems: Problems;
}

/** Parts that outlive a panel. */
type PanelParts = DocumentPanelParts & { readonly seen: SeenDocuments };

/** What is wanted of others. */
export interface DocumentPanelActions {
  readonly openChapter: (chapterId: string, beside: boolean) => Promise<void>;
  readonly openLink: (url: string) => Promise<void>;
  readonly openOriginal: (documentId: string) => Promise<void>;
  /** Asks about words of a document; without words, lets the learner ask. */
  readonly ask: (words: string) => Promise<void>;
}

export class DocumentPanel implements vscode.Disposable {
  readonly documentId: string;
  readonly panel: vscode.WebviewPanel;
  readonly #extension: vscode.Uri;
  readonly #parts: PanelParts;
  readonly #actions: DocumentPanelActions;
  readonly #pdf: PdfFace;
  readonly #notes: ReaderNotes;
  readonly #place: KeptPlace;
  readonly #listening: readonly Pick<vscode.Disposable, 'dispose'>[];
  /** What the learner wants to read it as. */
  #wanted: Reading | undefined;
  /** What is read, and which of our pages is there for it. */
  #reading: Reading | undefined;
  #ready = false;
  #goTo: DocumentPlace | undefined;
  #highlighted: HighlightedPassage | undefined;
  #text: ShownDocument | undefined;
  #showing: Promise<void> = Promise.resolve();

  constructor(
    documentId: string,
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    parts: PanelParts,
    actions: DocumentPanelActions,
    wanted: Reading | undefined,
  ) {
    this.documentId = documentId;
    this.panel = panel;
    this.#extension = extension;
    this.#parts = parts;
    this.#actions = actions;
    this.#wanted = wanted;
    this.#place = new KeptPlace(documentId, parts.library, parts.problems);
    const post = (message: ToDocument | ToPdf): void => {
      this.#post(message);
    };
    this.#pdf = new PdfFace(extension, documentId, parts.seen, post);
    this.#notes = new ReaderNotes(parts.study, parts.notes, parts.problems, () => this.#noted, post);
    panel.webview.options = pageOptions(extension);
    panel.iconPath = new vscode.ThemeIcon('library');
    this.#listening = [
      this.#notes,
      panel.webview.onDidReceiveMessage((value: unknown) => {
        void this.receive(value);
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible) return;
        this.#hide();
        void this.#place.keep();
      }),
    ];
  }

  /** What the page was last told: of a text, or of the pages of a PDF. */
  get shown(): ShownDocument | ShownPdf | undefined {
    return this.#reading?.pages === true ? this.#pdf.shown : this.#text;
  }

  /** What the page was last told to highlight. */
  get highlighted(): HighlightedPassage | undefined {
    return this.#highlighted;
  }

  /** Goes to a place, or shows the document as it is now. Resolves when the page has been told, or isn't there yet. */
  async show(place?: DocumentPlace): Promise<void> {
    if (place) this.#goTo = place;
    this.#showing = this.#showing.then(() => this.#show());
    await this.#showing;
  }

  /** Has the page do something with the words selected in it. */
  actOnSelection(action: SelectionAction): void {
    this.#post({ type: 'actOnSelection', action });
  }

  /** Asks the page for the words selected in it; it answers `askAbout`. */
  askSelection(): void {
    this.#post({ type: 'askSelection' });
  }

  /** Takes a message of the page, whoever sent it. */
  async receive(value: unknown): Promise<void> {
    const message = this.#reading?.pages === true ? parseFromPdf(value) : parseFromDocument(value);
    if (!message) {
      this.#parts.problems.log.warn('The page of a saved document sent a message that isn’t one of its own.');
      return;
    }
    try {
      await this.#do(message);
    } catch (error) {
      this.#parts.problems.report(
        error,
        vscode.l10n.t('That didn’t work. Try again; if it keeps failing, the log says why.'),
      );
    }
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
    void this.#place.keep();
  }

  async #do(message: FromDocument | FromPdf): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#text = undefined;
        this.#pdf.greet();
        await this.show();
        return;
      case 'position':
        this.#place.note(message);
        return;
      case 'place':
        this.#place.note({ form: 'main', position: positionOfPdf(message.place) });
        return;
      case 'seen':
        this.#pdf.keepSeen(message.seen);
        return;
      case 'read':
        this.#wanted = message.reading;
        await this.show();
        return;
      case 'openOriginal':
        await this.#actions.openOriginal(this.documentId);
        return;
      case 'openLink':
        await this.#actions.openLink(message.url);
        return;
      case 'openChapter':
        await this.#actions.openChapter(message.chapterId, message.beside);
        return;
      case 'askAbout':
        await this.#actions.ask(message.text);
        return;
      case 'need':
        await this.#pdf.give(message);
        return;
      case 'keepNote':
      case 'deleteNote':
      case 'restoreNote':
      case 'readNotes':
      case 'copyNote':
      case 'makeCard':
        await this.#notes.handle(message);
    }
  }

  async #show(): Promise<void> {
    try {
      const [{ shelf }, curriculum] = await Promise.all([this.#parts.library.open(), this.#parts.study.curriculum()]);
      await this.#showNow(shelf, curriculum);
    } catch (error) {
      this.#parts.problems.report(error, vscode.l10n.t('The document couldn’t be shown. Open it again.'));
    }
  }

  async #showNow(shelf: Shelf, curriculum: Curriculum): Promise<void> {
    const [{ shownDocument, shownPdf }, { readDocumentText, readForms }] = await Promise.all([
      import('./documentContent.ts'),
      import('../../library/shelf/texts.ts'),
    ]);
    const document = shelf.document(this.documentId);
    if (!document) {
      this.panel.dispose();
      return;
    }
    const main = document.copies.find(({ form }) => form === 'main')?.content;
    const path = main?.type === 'pdf' ? shelf.pathOf(document) : undefined;
    const file = main && path !== undefined ? { path, hash: main.hash } : undefined;
    // A note is in the pages of a PDF and in its text: whichever is read stays.
    if (this.#goTo && !(this.#goTo.note && this.#reading?.form === this.#goTo.form)) {
      this.#wanted = readingOf(document, this.#goTo.form);
    }
    const last = await this.#place.read();
    const forms = shelf.ask((db) => readForms(db, document.id));
    const choice = { wanted: this.#wanted, last, pages: file !== undefined, forms };
    const reading = chosenReading(choice);
    this.panel.title = document.title.slice(0, 60);
    if (!reading) {
      // It is being read anew, or its file is gone.
      const nothing = vscode.l10n.t('There is nothing to be read of this document yet.');
      if (!this.#reading) this.panel.webview.html = messageHtml(this.panel.webview, nothing);
      return;
    }
    const other = this.#reading?.pages !== reading.pages;
    if (this.#reading?.form !== reading.form) this.#text = undefined;
    this.#reading = reading;
    const text = shelf.ask((db) => readDocumentText(db, document.id, reading.form));
    const parts = { document, ...choice, position: placeFor(reading, last, text), curriculum, t: say };
    if (reading.pages && file) {
      const shown = shownPdf(parts);
      if (other) this.#setPage('pdf', await this.#pdf.extras(shown, file, text, this.#goTo !== undefined));
      if (this.#ready && (await this.#pdf.show(shown, file, text))) await this.#notes.start();
    } else {
      if (other) this.#setPage('document');
      if (text && this.#ready && this.#showText(shownDocument({ ...parts, text }))) await this.#notes.start();
    }
    this.#goWhereWanted(text);
  }

  /** False if the page shows it already. */
  #showText(shown: ShownDocument): boolean {
    if (JSON.stringify({ ...shown, position: 0 }) === JSON.stringify({ ...this.#text, position: 0 })) return false;
    this.#text = shown;
    this.#post({ type: 'show', document: shown });
    return true;
  }

  /** What the page shows that notes can be on. */
  get #noted(): NotedSubject | undefined {
    const { shown } = this;
    if (!this.#ready || !shown || (this.#reading?.pages === true && !this.#pdf.hasText)) return undefined;
    return { id: shown.subject, form: 'form' in shown ? shown.form : 'main' };
  }

  #goWhereWanted(text: StoredText | undefined): void {
    const { passage, sentence, note } = this.#goTo ?? {};
    if (!this.#noted) return;
    const pages = this.#reading?.pages === true;
    this.#goTo = undefined;
    if (passage !== undefined) {
      const cited = text?.passages[passage];
      const lines = cited && sentence !== undefined ? linesOf(cited, sentence) : undefined;
      this.#highlighted = { passage, ...(sentence !== undefined && { sentence }) };
      this.#post(pages ? { type: 'goTo', passage, ...(lines && { lines }) } : { type: 'goTo', ...this.#highlighted });
    }
    if (note) this.#notes.open(note);
  }

  #setPage(name: 'pdf' | 'document', extras?: PageExtras): void {
    this.#ready = false;
    const { webview, title } = this.panel;
    webview.html = pageHtml(webview, this.#extension, name, title, extras);
  }

  /** A hidden page is made anew from the same text: what came with that may be out of date by then. */
  #hide(): void {
    this.#ready = false;
    const behind = this.#pdf.behind(this.#place.noted && pdfPlaceOf(this.#place.noted.position));
    this.#pdf.forget();
    if (this.#reading) this.#setPage(this.#reading.pages ? 'pdf' : 'document', { behind });
  }

  #post(message: ToDocument | ToPdf): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}
