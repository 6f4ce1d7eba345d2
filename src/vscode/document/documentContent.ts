// What the pages of a saved document show, decided without VS Code.

import { citedBy } from '../../core/library/citedBy.ts';
import { piecesOf, type DocumentPiece } from '../../core/library/pieces.ts';
import { presentAddress } from '../../core/library/savedDocument.ts';
import { clockTime } from '../../core/library/clockTime.ts';
import { pdfPlaceOf } from '../../core/library/pdfPlace.ts';
import { problemWords } from '../../core/library/problemWords.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import type { Position } from '../../core/progress.ts';
import { documentSubject } from '../../core/study/documentSubject.ts';
import type { Translate } from '../../core/translate.ts';
import type { StoredPassage, StoredText } from '../../library/shelf/texts.ts';
import type { DocumentBody, ShownDocument, ShownPiece } from '../../protocol/document.ts';
import type { ShownPdf } from '../../protocol/pdf.ts';
import { isPdf, otherReadings } from './reading.ts';
import type { ReadingChoice } from './reading.ts';

export interface DocumentParts extends Pick<ReadingChoice, 'pages' | 'forms'> {
  readonly document: SavedDocument;
  readonly position: Position | undefined;
  readonly curriculum: Curriculum;
  readonly t: Translate;
}

/** All that the page of a text is told. */
export function shownDocument({ text, ...parts }: DocumentParts & { readonly text: StoredText }): ShownDocument {
  const { document, position, t } = parts;
  const { form } = text;
  return {
    ...shownHead(parts),
    form,
    facts: [
      isPdf(document, form) ? t('The text of a PDF: formulas, tables and pictures look right on its pages only') : '',
      ...factsOf(document, t),
    ].filter((fact) => fact !== ''),
    readings: otherReadings(document, parts, { form, pages: false }, t),
    body: bodyOf(text),
    ...(position && { position }),
  };
}

/** All that the page of a PDF is told, besides the file and its text. */
export function shownPdf(parts: DocumentParts): ShownPdf {
  const { document, position, t } = parts;
  const problem = document.copies.find(({ form }) => form === 'main')?.problem;
  const place = position && pdfPlaceOf(position);
  return {
    ...shownHead(parts),
    facts: factsOf(document, t),
    readings: otherReadings(document, parts, { form: 'main', pages: true }, t),
    problem:
      problem === 'scanned'
        ? t('These are pictures of pages, without text: there is nothing to search, to select or to ask about.')
        : problem
          ? problemWords(problem, t)
          : '',
    searchable: problem !== 'scanned',
    ...(place && { place }),
  };
}

/** A text as its page is given it. */
export function bodyOf({ html, passages, between }: StoredText): DocumentBody {
  return html === undefined
    ? { type: 'pieces', pieces: piecesOf(passages, between).map((piece) => shownPiece(piece, passages)) }
    : { type: 'html', html, anchors: passages.map(({ anchor = '' }) => anchor) };
}

function shownPiece({ boxes, ...piece }: DocumentPiece, passages: readonly StoredPassage[]): ShownPiece {
  const page = boxes[0]?.page;
  const seconds = passages[piece.passage]?.seconds;
  return {
    ...piece,
    ...(page !== undefined && { page }),
    ...(seconds !== undefined && { time: clockTime(seconds) }),
  };
}

function shownHead({ document, curriculum, t }: DocumentParts) {
  const { id, title, creators, address } = document;
  return {
    documentId: id,
    subject: documentSubject(document),
    title,
    creators,
    original: isPdf(document, 'main')
      ? t('Open elsewhere')
      : address === ''
        ? t('Open the file')
        : t('Open in the browser'),
    citedBy: citedBy(curriculum, address),
  };
}

function factsOf(document: SavedDocument, t: Translate): string[] {
  const pages = document.copies.find((copy) => copy.pages !== undefined)?.pages;
  return [
    pages === undefined ? '' : pages === 1 ? t('1 page') : t('{0} pages', pages),
    hostOf(presentAddress(document)),
  ].filter((fact) => fact !== '');
}

function hostOf(address: string): string {
  return /^https?:\/\/([^/:?#]+)/.exec(address)?.[1] ?? '';
}
