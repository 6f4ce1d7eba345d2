import { readFile } from 'node:fs/promises';
import { plainText } from '../../core/library/plainText.ts';
import { spokenText } from '../../core/library/spokenText.ts';
import type { DocumentText } from '../../core/library/documentText.ts';
import { ExtractError } from './extractError.ts';
import type { ExtractStart, FromExtract } from './messages.ts';

/** Reads the document of a job; whatever goes wrong is in the answer. */
export async function readDocument(
  { job, data }: ExtractStart,
  post: (message: FromExtract) => void,
): Promise<FromExtract> {
  try {
    const bytes = await readFile(job.path);
    const document = await textOf(bytes);
    return { type: 'done', document };
  } catch (error) {
    if (error instanceof ExtractError) return { type: 'failed', problem: error.problem, detail: error.message };
    // What the readers throw at nonsense: depth, lengths, types.
    return { type: 'failed', problem: 'damaged', detail: error instanceof Error ? (error.stack ?? '') : String(error) };
  }

  async function textOf(bytes: Buffer): Promise<DocumentText> {
    switch (job.format) {
      case 'pdf': {
        const { pdfText } = await import('./pdfText.ts');
        const onPage = (page: number, pages: number): void => {
          post({ type: 'page', page, pages });
        };
        return pdfText(new Uint8Array(bytes), { data, onPage });
      }
      case 'html': {
        const { htmlText } = await import('./htmlText.ts');
        return htmlText(decoded(bytes, job.charset), job.address);
      }
      case 'markdown': {
        const { markdownText } = await import('./markdownText.ts');
        return markdownText(decoded(bytes, job.charset), job.address);
      }
      case 'text':
        return someText(plainText(decoded(bytes, job.charset)));
      case 'transcript':
        return someText(spokenText(decoded(bytes, job.charset)));
    }
  }
}

function someText(document: DocumentText): DocumentText {
  if (document.passages.length === 0) throw new ExtractError('empty', 'no text in the file');
  return document;
}

/** Text in the encoding that its first bytes, the server or the page itself name, otherwise in UTF-8. */
function decoded(bytes: Buffer, charset: string | undefined): string {
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0;
  const head = bytes.subarray(0, 2048).toString('latin1');
  const inPage = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  const named = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : (charset ?? inPage ?? 'utf-8');
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
