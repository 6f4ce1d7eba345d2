// A PDF → runs of text at places, by pdf.js. Nothing of the file is executed: its scripts are never asked for, its images
// never decoded, its fonts never loaded.

import { join } from 'node:path';
import { getDocument, PasswordException } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as pdfjsWorker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.js';
import type { OutlineEntry } from '../../core/library/documentText.ts';
import type { PageText, TextRun } from '../../core/library/layout/pageText.ts';
import { ExtractError } from './extractError.ts';

// pdf.js looks here for the half of it that reads files, and would otherwise load it from a path that a bundle hasn't got.
Object.assign(globalThis, { pdfjsWorker });

export interface PdfPages {
  readonly title?: string;
  readonly pages: readonly PageText[];
  readonly outline: readonly OutlineEntry[];
}

export interface PdfOptions {
  /** The folder with pdf.js's tables of characters, `cmaps`. */
  readonly data: string;
  readonly onPage?: (page: number, pages: number) => void;
}

/** Books have a few hundred pages; a file with more is cut short in no place a learner would miss silently: it is refused. */
const mostPages = 3000;

/** Reads all pages. Throws an ExtractError. */
export async function pdfPages(bytes: Uint8Array, { data, onPage }: PdfOptions): Promise<PdfPages> {
  const task = getDocument({
    data: bytes,
    cMapUrl: `${join(data, 'cmaps')}/`,
    cMapPacked: true,
    // Images are for the reader; here they would only cost time and memory.
    maxImageSize: 1,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    stopAtErrors: false,
    fontExtraProperties: true,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    if (document.numPages > mostPages) throw new ExtractError('too-large', `${document.numPages} pages`);
    const isBold = boldFonts();
    const pages: PageText[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      pages.push(await pageText(page, number, isBold));
      page.cleanup();
      onPage?.(number, document.numPages);
    }
    const title = await titleOf(document);
    return { pages, outline: await outlineOf(document), ...(title !== undefined && { title }) };
  } catch (error) {
    if (error instanceof ExtractError) throw error;
    if (error instanceof PasswordException) throw new ExtractError('password', 'it asks for a password');
    throw new ExtractError('damaged', error instanceof Error ? error.message : String(error));
  } finally {
    await task.destroy();
  }
}

type IsBold = (page: PDFPageProxy, content: TextContent) => Promise<(font: string) => boolean>;

/** Fonts tell their names only where their page's drawing is prepared: once for the pages that bring new fonts. */
function boldFonts(): IsBold {
  const bold = new Map<string, boolean>();
  return async (page, content) => {
    const fonts = Object.keys(content.styles);
    if (fonts.some((font) => !bold.has(font))) {
      await page.getOperatorList();
      for (const font of fonts) {
        const known: unknown = page.commonObjs.has(font) ? page.commonObjs.get(font) : undefined;
        const name = typeof known === 'object' && known !== null && 'name' in known ? String(known.name) : '';
        bold.set(font, /bold|black|heavy|demi|medi(?!um)|-b\b/i.test(name));
      }
    }
    return (font) => bold.get(font) ?? false;
  };
}

async function pageText(page: PDFPageProxy, number: number, bold: IsBold): Promise<PageText> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const isBold = await bold(page, content);
  const runs = content.items.flatMap((item): TextRun[] => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const run = runOf(item, transform, isBold);
    return run ? [run] : [];
  });
  return { page: number, width, height, runs };
}

function runOf(item: TextItem, viewport: readonly number[], isBold: (font: string) => boolean): TextRun | undefined {
  const [a, b, , , x, y] = multiplied(viewport, item.transform as number[]);
  const size = Math.hypot(Number(item.transform[2]), Number(item.transform[3]));
  // What is written sideways (a stamp in the margin, an axis of a drawing) is in no line of the text.
  if (Math.abs(b) > 0.1 * Math.abs(a) || a <= 0 || !Number.isFinite(size) || size <= 0) return undefined;
  const text = item.str.normalize('NFKC');
  return { text, x, y, width: item.width, size, bold: isBold(item.fontName) };
}

type Matrix = readonly [number, number, number, number, number, number];

/** Page units → places from the top left, whichever way the page is turned. */
function multiplied(m: readonly number[], n: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = n;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

async function titleOf(document: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const title = 'Title' in info ? info.Title : undefined;
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 500) : undefined;
}

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;

const mostEntries = 2000;

/** The outline that the file brings; an outline that bites its own tail ends where it is seen again. */
async function outlineOf(document: PDFDocumentProxy): Promise<OutlineEntry[]> {
  const entries: OutlineEntry[] = [];
  const visit = async (nodes: Outline, level: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (entries.length >= mostEntries || level > 10) return;
      const page = await pageOf(document, dest).catch(() => undefined);
      entries.push({ title: title.slice(0, 500), level, ...(page !== undefined && { page }) });
      await visit(items as typeof nodes, level + 1);
    }
  };
  // A file without one says null, whatever the types say.
  const outline: unknown = await document.getOutline().catch(() => null);
  if (Array.isArray(outline)) await visit(outline as Outline, 1);
  return entries;
}

async function pageOf(document: PDFDocumentProxy, dest: unknown): Promise<number | undefined> {
  const place: unknown = typeof dest === 'string' ? await document.getDestination(dest) : dest;
  if (!Array.isArray(place)) return undefined;
  const [target] = place as unknown[];
  if (typeof target === 'number') return target + 1;
  return typeof target === 'object' && target !== null
    ? (await document.getPageIndex(target as Parameters<PDFDocumentProxy['getPageIndex']>[0])) + 1
    : undefined;
}
