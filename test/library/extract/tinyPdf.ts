// PDFs made object by object, for files that no printer would make.

import { deflateSync } from 'node:zlib';

/** Objects by number, without their `n 0 obj` and `endobj`. Object 1 is the catalogue. */
export type PdfObjects = Readonly<Record<number, string | Buffer>>;

export function pdfOf(objects: PdfObjects): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const places = new Map<number, number>();
  let length = parts[0]?.length ?? 0;
  const add = (bytes: Buffer): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [number, body] of Object.entries(objects)) {
    places.set(Number(number), length);
    add(Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  }
  const size = Math.max(...places.keys()) + 1;
  const xref = length;
  const rows = Array.from({ length: size }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  add(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

export function stream(bytes: Buffer | string, dictionary = ''): Buffer {
  const data = deflateSync(bytes);
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} /Filter /FlateDecode ${dictionary} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** The text of a page: a few lines, enough to count as text. */
export const lines =
  'BT /F1 12 Tf 72 700 Td 14 TL (The quick brown fox jumps over the lazy dog.) Tj T* (It does so again on the second line of the page.) Tj ET';

export const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

interface OnePage {
  readonly catalogue?: string;
  readonly page?: string;
  readonly objects?: PdfObjects;
  readonly content?: Buffer;
}

/** A document of one page with that text; `catalogue` and `page` are added to those objects. */
export function onePage({ catalogue = '', page = '', objects = {}, content = stream(lines) }: OnePage): Buffer {
  return pdfOf({
    1: `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R ${page} >>`,
    4: content,
    5: font,
    ...objects,
  });
}
