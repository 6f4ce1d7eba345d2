// The page of a PDF with a real file on it, and an extension that answers what pdf.js asks for.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import { piecesOf, type DocumentPiece } from '../../src/core/library/pieces.ts';
import type { ShownPdf } from '../../src/protocol/pdf.ts';
import { pdfText } from '../../src/library/extract/pdfText.ts';
import type { OpenOptions, OpenPage, Pages } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** pdf.js's tables, fonts and decoders, as the build copies them. */
const data = join(root, 'node_modules/pdfjs-dist');

export const shownPdf: ShownPdf = {
  documentId: 'd1',
  subject: 'saved:https://example.org/paper.pdf',
  title: 'Notes on Models and What They Cost',
  creators: 'Ann Author, Bo Writer',
  facts: ['3 pages', 'example.org'],
  original: 'Open elsewhere',
  readings: [{ form: 'main', pages: false, label: 'Read as text' }],
  problem: '',
  searchable: true,
  citedBy: [{ chapterId: 'flashattention', title: 'FlashAttention' }],
};

export async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(root, 'test/library/extract/fixtures', name)));
}

/** What the extension knows of the file's text. */
export function textOf(bytes: Uint8Array): Promise<DocumentText> {
  return pdfText(new Uint8Array(bytes), { data });
}

/** The text as the page is given it. */
export function piecesOfText({ passages, between = [] }: DocumentText): DocumentPiece[] {
  return piecesOf(passages, between);
}

export interface OpenPdf extends OpenPage {
  /** Waits until `expression` is true in the page. */
  readonly until: (expression: string) => Promise<void>;
}

export interface PdfOptions extends OpenOptions {
  readonly document?: Partial<ShownPdf>;
  /** Without it, the page has the file alone. */
  readonly text?: DocumentText;
}

/** Opens a file on the page, and closes it after `run`. */
export async function withPdf(
  pages: Pages,
  bytes: Uint8Array,
  run: (opened: OpenPdf) => Promise<void>,
  { document, text, ...options }: PdfOptions = {},
): Promise<void> {
  const opened = await pages.open('pdf', { width: 1000, height: 800, ...options });
  const until = async (expression: string): Promise<void> => {
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      if (await opened.page.evaluate<boolean>(expression)) return;
      await sleep(20);
    }
    throw new Error(`Waited in vain until ${expression}`);
  };
  const closing = new AbortController();
  const answering = answerNeeds(opened, closing.signal);
  try {
    await opened.send({ type: 'open', document: { ...shownPdf, ...document }, bytes: new Uint8Array(bytes) });
    if (text) await opened.send({ type: 'text', pieces: piecesOfText(text) });
    await run({ ...opened, until });
  } finally {
    closing.abort();
    await answering;
    await opened.close();
  }
}

/** Gives pdf.js what it asks for, as the extension would. */
async function answerNeeds({ posted, send }: OpenPage, signal: AbortSignal): Promise<void> {
  for (let answered = 0; !signal.aborted;) {
    const wanted = (await posted('need')).slice(answered);
    answered += wanted.length;
    for (const { request, kind, name } of wanted) {
      await send({ type: 'data', request, ...(await dataOf(String(kind), String(name))) });
    }
    await sleep(10);
  }
}

const folders: Readonly<Record<string, string>> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'standard_fonts',
  wasmUrl: 'wasm',
};

async function dataOf(kind: string, name: string): Promise<{ bytes?: Uint8Array }> {
  const folder = folders[kind];
  if (folder === undefined || !/^[\w-]+(?:\.\w+)?$/.test(name)) return {};
  return readFile(join(data, folder, name)).then(
    (bytes) => ({ bytes: new Uint8Array(bytes) }),
    () => ({}),
  );
}

/** True once a page has been drawn and its words can be selected. */
export const drawn = (page: number): string =>
  `document.querySelector('.page[data-page-number="${page}"] .textLayer .endOfContent') !== null`;
