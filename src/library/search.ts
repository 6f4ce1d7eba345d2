// Finds passages of what is saved.

import type { CopyForm } from '../core/library/address.ts';
import { fullTextQuery } from '../core/search/fullText.ts';
import { snippetOf } from '../core/search/snippet.ts';
import type { Shelf } from './shelf/shelf.ts';
import { count, formOf, text } from './shelf/rows.ts';

/** A passage of a saved document that was found. */
export interface SavedHit {
  readonly documentId: string;
  readonly form: CopyForm;
  /** Which passage of the document, from 0. */
  readonly number: number;
  readonly title: string;
  readonly heading: string;
  /** From 1. */
  readonly page?: number;
  readonly seconds?: number;
  readonly text: string;
  /** One line of the passage around the matched words. */
  readonly snippet: string;
  readonly matches: readonly (readonly [number, number])[];
}

/** How much a word in the title, in the heading and in the text weighs. */
const weights = [3, 2, 1] as const;
/** One long book must not crowd out the rest. */
const mostOfOne = 3;
const considered = 60;
/** With so many that hold every word, nothing less is looked for. */
const enough = 3;

/**
 * The passages that answer best to what was typed, best first: those with all of its words before those with some. Of a
 * paper that is kept as PDF and as page only the PDF is searched, if it could be read: its pages are what is cited.
 */
export function searchLibrary(
  shelf: Pick<Shelf, 'ask'>,
  typed: string,
  limit: number,
  { unfinished = true }: { unfinished?: boolean } = {},
): SavedHit[] {
  const query = fullTextQuery(typed, { unfinished });
  if (!query) return [];
  return shelf.ask((db) => {
    const find = db.prepare(
      `SELECT passage.*, document.title AS title FROM
         (SELECT rowid AS id, rank FROM passage_words WHERE passage_words MATCH ? AND rank MATCH 'bm25(${weights.join(', ')})'
          ORDER BY rank LIMIT ${considered}) AS found
       JOIN passage USING (id)
       JOIN document ON document.id = passage.document_id
       WHERE form <> 'html' OR NOT EXISTS (
         SELECT 1 FROM passage AS printed WHERE printed.document_id = passage.document_id AND printed.form = 'main')
       ORDER BY found.rank, passage.id`,
    );
    const hits = new Map<string, SavedHit>();
    const ofOne = new Map<string, number>();
    for (const match of [query.all, query.any]) {
      if (hits.size >= enough) break;
      for (const row of find.all(match)) {
        const [documentId, form, number] = [text(row, 'document_id'), formOf(row), count(row, 'number') ?? 0];
        const key = `${documentId} ${form} ${number}`;
        const before = ofOne.get(documentId) ?? 0;
        if (hits.has(key) || hits.size >= limit || before >= mostOfOne) continue;
        ofOne.set(documentId, before + 1);
        const [page, seconds] = [count(row, 'page'), count(row, 'seconds')];
        hits.set(key, {
          documentId,
          form,
          number,
          title: text(row, 'title'),
          heading: text(row, 'heading'),
          ...(page !== undefined && { page }),
          ...(seconds !== undefined && { seconds }),
          text: text(row, 'text'),
          ...snippetOf(text(row, 'text'), query.isMatch),
        });
      }
    }
    return [...hits.values()];
  });
}
