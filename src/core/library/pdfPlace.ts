// Where a learner is in a PDF, also in the words in which places of texts are kept: an anchor and a fraction.

import type { Position } from '../progress.ts';

export interface PdfPlace {
  /** From 1. */
  readonly page: number;
  /** How much of the page is above the window, from 0 to 1. */
  readonly fraction: number;
  /** A fitting ("auto", "page-width", "page-fit"), or a factor as a decimal number. */
  readonly zoom: string;
}

const fittings = ['auto', 'page-width', 'page-fit'];

/** A zoom that the pages can be shown with. */
export function isZoom(value: string): boolean {
  return (
    fittings.includes(value) || (/^\d{1,2}(?:\.\d{1,6})?$/.test(value) && Number(value) >= 0.1 && Number(value) <= 25)
  );
}

/** A place as a position, to be kept. */
export function positionOfPdf({ page, fraction, zoom }: PdfPlace): Position {
  return { anchor: `page-${page}:${zoom}`, fraction };
}

/** The place that a position is; undefined if it is one in a text. */
export function pdfPlaceOf({ anchor, fraction }: Position): PdfPlace | undefined {
  const [, page = '', zoom = ''] = /^page-(\d{1,6}):([\w.-]+)$/.exec(anchor) ?? [];
  return page !== '' && isZoom(zoom) ? { page: Number(page), fraction, zoom } : undefined;
}
