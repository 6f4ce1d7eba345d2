import { copyForms } from '../../core/library/address.ts';
import { isZoom } from '../../core/library/pdfPlace.ts';
import type { FromDocument, KeptDocument, Reading } from '../../protocol/document.ts';
import type { FromPdf, PdfPlace, SeenPages } from '../../protocol/pdf.ts';
import { fieldsOf, id, oneOf, text } from '../fromPage.ts';
import type { Fields } from '../fromPage.ts';
import { parseNoteMessage } from '../notes/noteMessages.ts';

const dataKinds = ['cMapUrl', 'standardFontDataUrl', 'wasmUrl'] as const;

/** The message that the page of a saved text sent, or undefined if it isn't one. */
export function parseFromDocument(value: unknown): FromDocument | undefined {
  const fields = fieldsOf(value);
  if (fields?.['type'] === 'position') {
    const form = oneOf(copyForms, fields['form']);
    const position = fieldsOf(fields['position']);
    const [anchor, fraction] = [id(position?.['anchor']), shareOf(position?.['fraction'])];
    return form === undefined || anchor === undefined || fraction === undefined
      ? undefined
      : { type: 'position', form, position: { anchor, fraction } };
  }
  return fields && parseCommon(fields);
}

/** The message that the page of a PDF sent, or undefined if it isn't one. */
export function parseFromPdf(value: unknown): FromPdf | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'place': {
      const place = parsePlace(fields['place']);
      return place && { type: 'place', place };
    }
    case 'seen': {
      const seen = parseSeen(fields['seen']);
      return seen && { type: 'seen', seen };
    }
    case 'need': {
      const { request } = fields;
      const kind = oneOf(dataKinds, fields['kind']);
      const name = text(fields['name'], 100);
      return typeof request !== 'number' || !kind || name === undefined || !/^[\w-]+(?:\.\w+)?$/.test(name)
        ? undefined
        : { type: 'need', request, kind, name };
    }
    default:
      return fields && parseCommon(fields);
  }
}

/** What the pages of both have to say. */
function parseCommon(fields: Fields): Exclude<FromDocument, { type: 'position' }> | undefined {
  switch (fields['type']) {
    case 'ready':
    case 'openOriginal':
      return { type: fields['type'] };
    case 'read': {
      const reading = parseReading(fields['reading']);
      return reading && { type: 'read', reading };
    }
    case 'openLink': {
      const url = text(fields['url'], 4000);
      return url === undefined ? undefined : { type: 'openLink', url };
    }
    case 'openChapter': {
      const chapterId = id(fields['chapterId']);
      return chapterId === undefined
        ? undefined
        : { type: 'openChapter', chapterId, beside: fields['beside'] === true };
    }
    case 'askAbout': {
      const selected = text(fields['text'], 20_000);
      return selected === undefined ? undefined : { type: 'askAbout', text: selected };
    }
    default:
      return parseNoteMessage(fields);
  }
}

/** What a page kept over a restart, if it did. */
export function parseKeptDocument(
  value: unknown,
): (Pick<KeptDocument, 'documentId'> & Partial<KeptDocument>) | undefined {
  const fields = fieldsOf(value);
  const documentId = id(fields?.['documentId']);
  const reading = parseReading(fields?.['reading']);
  return documentId === undefined ? undefined : { documentId, ...(reading && { reading }) };
}

function parseReading(value: unknown): Reading | undefined {
  const fields = fieldsOf(value);
  const form = oneOf(copyForms, fields?.['form']);
  return form && { form, pages: fields?.['pages'] === true };
}

function parsePlace(value: unknown): PdfPlace | undefined {
  const fields = fieldsOf(value);
  const page = fields?.['page'];
  const [fraction, zoom] = [shareOf(fields?.['fraction']), text(fields?.['zoom'], 20)];
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 1 || page > 999_999) return undefined;
  return fraction === undefined || zoom === undefined || !isZoom(zoom) ? undefined : { page, fraction, zoom };
}

/** In bytes. A window of text takes some hundred thousand. */
const largestPicture = 4e6;

function parseSeen(value: unknown): SeenPages | undefined {
  const fields = fieldsOf(value);
  const place = parsePlace(fields?.['place']);
  const [width, height] = [sizeOf(fields?.['width']), sizeOf(fields?.['height'])];
  const picture = fields?.['picture'];
  return !place || !width || !height || !(picture instanceof Uint8Array) || picture.length > largestPicture
    ? undefined
    : { place, width, height, picture };
}

/** A whole number of pixels. */
function sizeOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 20_000 ? value : undefined;
}

/** A number from 0 to 1. */
function shareOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
