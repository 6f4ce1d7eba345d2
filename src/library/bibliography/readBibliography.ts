// What is in a bibliography's file, whichever of the formats it is in: its content says so, not its name.

import { referenceFromCsl } from '../../core/library/bibliography/cslReference.ts';
import { isRecord } from '../../core/library/bibliography/details.ts';
import { bibtexReferences } from './bibtexReferences.ts';
import type { ReadBibliography, ReadingEnd } from './readingTask.ts';
import { risReferences } from './risReferences.ts';

/** Reads the file of these bytes. */
export function readBibliography(bytes: Uint8Array): ReadingEnd {
  const text = decoded(bytes);
  if (text.trim() === '') return { refused: { reason: 'empty' } };
  const read = readText(text);
  if ('refused' in read || read.references.length > 0) return read;
  const [first] = read.problems;
  return { refused: first ? { reason: 'no-entry', line: first.line } : { reason: 'empty' } };
}

function readText(text: string): ReadingEnd {
  if (/^\s*(?:\[|\{\s*["}])/.test(text)) return cslReferences(text);
  if (/^TY {1,2}- /m.test(text)) return risReferences(text);
  if (/@\s*[A-Za-z]+\s*[{(]/.test(text)) return bibtexReferences(text);
  return { refused: { reason: 'unknown-format' } };
}

function cslReferences(text: string): ReadingEnd {
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch (error) {
    const line = lineOf(text, error);
    return { refused: { reason: 'broken-json', ...(line !== undefined && { line }) } };
  }
  // Some programs put the list into an object, and one entry is no list.
  const list: unknown = isRecord(items) && Array.isArray(items['items']) ? items['items'] : items;
  const all: readonly unknown[] = Array.isArray(list) ? list : [list];
  const read = all.map(referenceFromCsl);
  const problems: ReadBibliography['problems'] = read.flatMap((reference, at) =>
    reference ? [] : [{ line: lineOfItem(text, at), reason: 'no-title' as const }],
  );
  const references = read.flatMap((reference) => (reference ? [{ ...reference, files: [] }] : []));
  return references.length === 0 && !all.some((item) => isRecord(item) && 'type' in item)
    ? { refused: { reason: 'unknown-format' } }
    : { references, problems };
}

/** The line on which V8 stopped. */
function lineOf(text: string, error: unknown): number | undefined {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  // Without a position the text ended too early.
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}

/** Where an item of a list begins, counted by braces outside of texts. */
function lineOfItem(text: string, wanted: number): number {
  let [line, depth, seen] = [1, 0, -1];
  for (const [piece] of text.matchAll(/"(?:\\.|[^"\\])*"|[{}\n]/gs)) {
    if (piece === '\n') line++;
    else if (piece === '{' && depth++ === 0 && ++seen === wanted) return line;
    else if (piece === '}') depth--;
  }
  return line;
}

/** UTF-8, or what older programs wrote before it. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(utf16 ? 'utf-16le' : 'windows-1252').decode(bytes);
  }
}
