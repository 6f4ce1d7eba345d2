// Papers as PDF files: two columns, headings, words as common and as rare as the handbook's.

import { pdfOf, stream, type PdfObjects } from '../test/library/extract/tinyPdf.ts';

/** A page of letter paper with two columns, in points. */
const page = { width: 612, height: 792, top: 730, bottom: 60, lineHeight: 11, size: 9 };
const columns = [54, 315] as const;
/** About as many letters of Helvetica fit into a line of a column. */
const lettersOfLine = 54;
const linesOfColumn = Math.floor((page.top - page.bottom) / page.lineHeight);
const linesOfSection = 40;

/**
 * A paper of so many pages.
 * @param title letters and spaces only, as all words must be
 */
export function paperPdf(title: string, pages: number, nextWord: () => string): Buffer {
  const objects: Record<number, string | Buffer> = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    3: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    4: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>',
  };
  const ids = Array.from({ length: pages }, (_, n) => 5 + 2 * n);
  let line = 0;
  for (const [n, id] of ids.entries()) {
    const shown = n === 0 ? [`BT /F2 16 Tf 54 750 Td (${title}) Tj ET`] : [];
    for (const x of columns) {
      shown.push(`BT ${page.lineHeight} TL ${x} ${page.top} Td`);
      for (let row = 0; row < linesOfColumn; row++, line++) {
        const heading = line % linesOfSection === 0;
        const words = heading ? `${line / linesOfSection + 1} ${nextWord()} ${nextWord()}` : lineOf(nextWord);
        shown.push(`/${heading ? 'F2' : 'F1'} ${page.size} Tf (${words}) Tj T*`);
      }
      shown.push('ET');
    }
    objects[id] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] ` +
      `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${id + 1} 0 R >>`;
    objects[id + 1] = stream(shown.join('\n'));
  }
  objects[2] = `<< /Type /Pages /Kids [${ids.map((id) => `${id} 0 R`).join(' ')}] /Count ${pages} >>`;
  return pdfOf(objects satisfies PdfObjects);
}

function lineOf(nextWord: () => string): string {
  let text = nextWord();
  for (;;) {
    const word = nextWord();
    if (text.length + 1 + word.length > lettersOfLine) return text;
    text += ` ${word}`;
  }
}
