// What the page of a PDF is given: the file, its text, and what pdf.js needs to draw it.

import { readFile } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { piecesOf } from '../../core/library/pieces.ts';
import { linesOnPage } from '../../core/library/sketch.ts';
import type { StoredText } from '../../library/shelf/texts.ts';
import type { FromPdf, PdfPlace, SeenPages, ShownPdf, ToPdf } from '../../protocol/pdf.ts';
import type { Behind, PageExtras } from '../page.ts';
import { asSeen, asSketched } from './behindPdf.ts';
import type { SeenDocuments } from './seenDocuments.ts';

/** A file, by where it lies and the hash of its bytes. */
export interface PdfFile {
  readonly path: string;
  readonly hash: string;
}

/** In bytes. A larger file would hold up the page that is to say that it is coming. */
const mostWithPage = 2e6;

export class PdfFace {
  readonly #extension: vscode.Uri;
  readonly #documentId: string;
  readonly #seenDocuments: SeenDocuments;
  readonly #post: (message: ToPdf) => void;
  /** What the page was last told. */
  #shown: ShownPdf | undefined;
  /** The hash of the file on the page, and its text that is there. */
  #fileThere: string | undefined;
  #textThere: string | undefined;
  /** What the page that is being loaded has from the start. */
  #coming: { readonly hash: string; readonly shown: ShownPdf } | undefined;

  /** `post` reaches a page that listens, and is nothing while there is none. */
  constructor(extension: vscode.Uri, documentId: string, seen: SeenDocuments, post: (message: ToPdf) => void) {
    this.#extension = extension;
    this.#documentId = documentId;
    this.#seenDocuments = seen;
    this.#post = post;
  }

  get shown(): ShownPdf | undefined {
    return this.#shown;
  }

  /** Whether the page can go to passages and notes. */
  get hasText(): boolean {
    return this.#textThere !== undefined;
  }

  /** The page has told how it looks. */
  keepSeen(seen: SeenPages): void {
    if (this.#fileThere !== undefined) this.#seenDocuments.keep(this.#documentId, this.#fileThere, seen);
  }

  /** What stands there when the page is made anew at `place`. To be asked before `forget`. */
  behind(place: PdfPlace | undefined): Behind | undefined {
    return this.#fileThere === undefined ? undefined : this.#seen(this.#fileThere, place);
  }

  /** The page is gone. */
  forget(): void {
    this.#fileThere = undefined;
    this.#textThere = undefined;
    this.#coming = undefined;
  }

  /**
   * What a new page is to have from the start: the file, if that isn't too much, and what stands there until it is drawn,
   * unless it is opened at a passage.
   */
  async extras(
    shown: ShownPdf,
    { path, hash }: PdfFile,
    text: StoredText | undefined,
    atPassage: boolean,
  ): Promise<PageExtras> {
    const behind = atPassage ? undefined : (this.#seen(hash, shown.place) ?? sketchOf(text, shown.place));
    const bytes = await readFile(path);
    if (bytes.length > mostWithPage) return { behind };
    this.#coming = { hash, shown };
    return { first: { type: 'open', document: shown, bytes: bytes.toString('base64') } satisfies ToPdf, behind };
  }

  /** The new page is there. */
  greet(): void {
    this.#fileThere = this.#coming?.hash;
    this.#shown = this.#coming?.shown;
    this.#textThere = undefined;
    this.#coming = undefined;
  }

  /** Tells a page that listens what isn't there yet, or isn't what it was told. Whether it was given a text. */
  async show(shown: ShownPdf, file: PdfFile, text: StoredText | undefined): Promise<boolean> {
    if (this.#fileThere !== file.hash) {
      const bytes = await readFile(file.path);
      this.#fileThere = file.hash;
      this.#textThere = undefined;
      this.#post({ type: 'open', document: shown, bytes: new Uint8Array(bytes) });
    } else if (withoutPlace(shown) !== withoutPlace(this.#shown)) this.#post({ type: 'update', document: shown });
    this.#shown = shown;
    if (!text) return false;
    const pieces = piecesOf(text.passages, text.between);
    const there = JSON.stringify(pieces);
    if (this.#textThere === there) return false;
    this.#textThere = there;
    this.#post({ type: 'text', pieces });
    return true;
  }

  /** Gives the page what pdf.js asks for. */
  async give({ request, kind, name }: Extract<FromPdf, { type: 'need' }>): Promise<void> {
    const { readPdfData } = await import('./pdfData.ts');
    const bytes = await readPdfData(this.#extension, kind, name);
    this.#post({ type: 'data', request, ...(bytes && { bytes }) });
  }

  #seen(hash: string, place: PdfPlace | undefined): Behind | undefined {
    const seen = this.#seenDocuments.find(this.#documentId, hash, place);
    return seen && asSeen(seen);
  }
}

/** The first page in words, if it is to be opened there. Of slides pdf.js fits the height, which no style knows: they wait for it. */
function sketchOf(text: StoredText | undefined, place: PdfPlace | undefined): Behind | undefined {
  const start = !place || (place.page === 1 && place.fraction === 0 && place.zoom === 'auto');
  const size = text?.firstPage;
  if (!start || !size || size.width > size.height) return undefined;
  return asSketched({ ...size, lines: linesOnPage(piecesOf(text.passages, text.between), 1) });
}

/** Where the learner is, the page knows best. */
function withoutPlace(shown: ShownPdf | undefined): string {
  return JSON.stringify({ ...shown, place: undefined });
}
