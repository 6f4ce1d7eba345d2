import { cutPassages } from '../../core/library/cutPassages.ts';
import type { DocumentText, OutlineEntry } from '../../core/library/documentText.ts';
import type { Block } from '../../core/library/block.ts';
import { readPages } from '../../core/library/layout/readPages.ts';
import { ExtractError } from './extractError.ts';
import { pdfPages } from './pdfPages.ts';
import type { PdfOptions } from './pdfPages.ts';

/** What a PDF says. Throws an ExtractError. */
export async function pdfText(bytes: Uint8Array, options: PdfOptions): Promise<DocumentText> {
  const { pages, title, outline } = await pdfPages(bytes, options);
  const letters = pages.reduce((sum, { runs }) => sum + runs.reduce((all, { text }) => all + text.length, 0), 0);
  if (letters < 20 * pages.length) {
    throw new ExtractError(letters === 0 ? 'scanned' : 'empty', `${letters} letters on ${pages.length} pages`);
  }
  const blocks = readPages(pages);
  const printed = blocks.find(({ kind }) => kind === 'heading')?.text;
  const known = printed ?? title;
  const [first] = pages;
  return {
    ...(known !== undefined && { title: known }),
    pages: pages.length,
    ...(first && { firstPage: { width: first.width, height: first.height } }),
    outline: outline.length > 0 ? outline : headings(blocks),
    ...cutPassages(blocks),
  };
}

function headings(blocks: readonly Block[]): OutlineEntry[] {
  return blocks.flatMap(({ kind, text, level = 1, boxes: [first] }) =>
    kind === 'heading' ? [{ title: text, level, ...(first && { page: first.page }) }] : [],
  );
}
