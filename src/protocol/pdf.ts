// The wire between the extension and the page that shows a saved PDF. Types only.
//
// `open` carries the file. Of a small file it comes with the page; otherwise it answers the page's `ready`. Then comes `text`:
// what the file says, as it was read for the search, with the place of each line. What else pdf.js needs to draw (tables of characters, fonts,
// decoders of pictures) the page asks for piece by piece. So it needs no way out, not even to our own files.

import type { LineBox } from '../core/library/layout/pageText.ts';
import type { LineSpan } from '../core/library/linesOf.ts';
import type { DocumentPiece } from '../core/library/pieces.ts';
import type { PdfPlace } from '../core/library/pdfPlace.ts';
import type { DocumentHead, Reading } from './document.ts';
import type { FromReaderNotes, NoteDraft, ToReaderNotes } from './readerNotes.ts';

export type { LineBox, LineSpan, PdfPlace, Reading };

/** A piece of the PDF's text, with a box for each line, in points from the page's top left. */
export type PdfPiece = Pick<DocumentPiece, 'kind' | 'text' | 'passage' | 'boxes'>;

export interface ShownPdf extends DocumentHead {
  /** Why its text isn't known; empty if it is. */
  readonly problem: string;
  /** Whether there are words on the pages. */
  readonly searchable: boolean;
  /** Where the learner was. */
  readonly place?: PdfPlace;
}

/** The pages as they stand in the window, to be shown at once when they are opened there again. */
export interface SeenPages {
  readonly place: PdfPlace;
  /** The size of the window, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** WebP, of the whole window; transparent where there are no pages. */
  readonly picture: Uint8Array;
}

/** What pdf.js may need besides the file, by the names it has for the folders. */
export type PdfDataKind = 'cMapUrl' | 'standardFontDataUrl' | 'wasmUrl';

export type ToPdf =
  | ToReaderNotes
  /** The bytes are base64 where they come with the page. */
  | { readonly type: 'open'; readonly document: ShownPdf; readonly bytes: Uint8Array | string }
  /** What is known of the document has changed; the file hasn't. */
  | { readonly type: 'update'; readonly document: ShownPdf }
  /** In reading order. */
  | { readonly type: 'text'; readonly pieces: readonly PdfPiece[] }
  /** Shows and highlights a passage; if a sentence in it was cited, its lines most. */
  | { readonly type: 'goTo'; readonly passage: number; readonly lines?: LineSpan }
  /** The answer to `need`; without bytes there is no such thing. */
  | { readonly type: 'data'; readonly request: number; readonly bytes?: Uint8Array }
  /** A command of VS Code wants to ask about the selected words: the page answers `askAbout`. */
  | { readonly type: 'askSelection' };

export type FromPdf =
  | FromReaderNotes
  | { readonly type: 'ready' }
  | { readonly type: 'place'; readonly place: PdfPlace }
  | { readonly type: 'seen'; readonly seen: SeenPages }
  | { readonly type: 'need'; readonly request: number; readonly kind: PdfDataKind; readonly name: string }
  | { readonly type: 'openOriginal' }
  | { readonly type: 'read'; readonly reading: Reading }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'openChapter'; readonly chapterId: string; readonly beside: boolean }
  | { readonly type: 'askAbout'; readonly text: string };

/** What the page keeps with VS Code, to be brought back after a restart. */
export interface KeptPdf {
  readonly documentId: string;
  readonly reading: Reading;
  readonly place?: PdfPlace;
  readonly draft?: NoteDraft;
}
