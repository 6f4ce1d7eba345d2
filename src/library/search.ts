// Finds passages of what is saved, in a database that may hold a hundred thousand of them.
//
// Ranking costs a look at every passage that has a word, so the words that few passages have are ranked by, and a word that
// half the library has only tells apart what those have found. Where all words are common an even sample is ranked.

import type { DatabaseSync } from 'node:sqlite';
import { asPassage } from '../core/library/asPassage.ts';
import { parseSavedPassageId } from '../core/library/savedPassage.ts';
import type { SavedFinds, SavedPassage, SavedPlace } from '../core/library/savedPassage.ts';
import type { Passage } from '../core/passages.ts';
import { fullTextTerms, type FullTextTerm } from '../core/search/fullText.ts';
import { rankSaved, type Sought } from '../core/search/rankSaved.ts';
import { snippetOf, type Snippet } from '../core/search/snippet.ts';
import type { Translate } from '../core/translate.ts';
import { count, formOf, text, type Row } from './shelf/rows.ts';

/** A passage of a saved document that was found, with the line of it that shows why. */
export interface SavedHit extends SavedPassage, Snippet {}

interface SearchOptions {
  readonly limit: number;
  /** The last word may go on. */
  readonly unfinished: boolean;
  /** One long book must not crowd out the rest. */
  readonly mostOfOne: number;
}

/** How much a word in the title, in the heading and in the text weighs. */
const weights = [3, 2, 1] as const;
/** So many passages are ranked by the index at most, and so many of those looked at word by word. */
const most = { ranked: 3000, considered: 40 };
/** Of a word that more passages have it is estimated how many do. */
const countedTo = 1000;
/** With so many that hold every word, nothing less is looked for. */
const enough = 8;

/** What the search box lists for what is being typed. */
export function searchLibrary(db: DatabaseSync, typed: string, limit: number): SavedHit[] {
  const terms = fullTextTerms(typed, { unfinished: true });
  return findPassages(db, typed, { limit, unfinished: true, mostOfOne: 3 }).found.map(({ passage }) => ({
    ...passage,
    ...snippetOf(passage.text, (word, stemmed) => terms.some(({ isMatch }) => isMatch(word, stemmed))),
  }));
}

/** What a question is answered from, with how rare its words are. */
export function findForQuestion(db: DatabaseSync, question: string, limit: number): SavedFinds {
  // One document may well be what answers it.
  return findPassages(db, question, { limit, unfinished: false, mostOfOne: 6 });
}

/**
 * The passages that answer best to what was typed, best first. Of a paper that is kept as PDF and as page only the PDF is
 * searched, if it could be read: its pages are what is cited.
 */
function findPassages(db: DatabaseSync, typed: string, options: SearchOptions): SavedFinds {
  const terms = fullTextTerms(typed, options);
  const last = lastId(db);
  const sought = terms.map((term) => ({ term, passages: countPassages(db, term, last) }));
  const ids = candidates(
    db,
    sought.filter(({ passages }) => passages > 0).sort((a, b) => a.passages - b.passages),
  );
  const ranked = rankSaved(readPassages(db, ids), sought, last);
  const ofOne = new Map<string, number>();
  const found = ranked.filter(({ passage: { documentId } }) => {
    const before = ofOne.get(documentId) ?? 0;
    ofOne.set(documentId, before + 1);
    return before < options.mostOfOne;
  });
  return {
    found: found.slice(0, options.limit),
    words: sought.map(({ term: { word, stem }, passages }) => ({ word, stem, passages })),
    passages: last,
  };
}

/** About how many passages there are: ids are given in order, and few of them are taken back. */
function lastId(db: DatabaseSync): number {
  return Number(db.prepare('SELECT max(id) AS last FROM passage').get()?.['last'] ?? 0);
}

/** In how many passages a word stands: counted up to a limit, beyond it estimated by how far the count has come. */
function countPassages(db: DatabaseSync, { match }: FullTextTerm, last: number): number {
  const row = db
    .prepare(
      'SELECT count(*) AS n, max(rowid) AS reached FROM (SELECT rowid FROM passage_words WHERE passage_words MATCH ? LIMIT ?)',
    )
    .get(match, countedTo);
  const [n, reached] = [Number(row?.['n'] ?? 0), Number(row?.['reached'] ?? 0)];
  return n < countedTo || reached === 0 ? n : Math.round((n * last) / reached);
}

/** The ids of the passages to be looked at, for words that the library has, rarest first. */
function candidates(db: DatabaseSync, sought: readonly Sought[]): readonly number[] {
  if (sought.length === 0) return [];
  const all = rankedIds(db, sought.map(({ term }) => term.match).join(' AND '), sought[0]?.passages ?? 0);
  if (all.length >= enough || sought.length === 1) return all;
  const telling: Sought[] = [];
  let ranked = 0;
  for (const one of sought) {
    if (telling.length > 0 && ranked + one.passages > most.ranked) break;
    telling.push(one);
    ranked += one.passages;
  }
  const some = rankedIds(db, telling.map(({ term }) => term.match).join(' OR '), ranked);
  return [...new Set([...all, ...some])];
}

/** The passages that a query finds, by BM25, best first. `expected` is how many there may be. */
function rankedIds(db: DatabaseSync, match: string, expected: number): number[] {
  const every = Math.max(1, Math.ceil(expected / most.ranked));
  return db
    .prepare(
      `SELECT id FROM (SELECT rowid AS id, bm25(passage_words, ${weights.join(', ')}) AS score FROM passage_words
       WHERE passage_words MATCH ? AND (? = 1 OR rowid % ? = 0)) ORDER BY score, id LIMIT ${most.considered}`,
    )
    .all(match, every, every)
    .map((row) => Number(row['id']));
}

/** The passages with these ids, in their order; those that aren't there any more, or aren't searched, are left out. */
export function readPassages(db: DatabaseSync, ids: readonly number[]): SavedPassage[] {
  const read = db.prepare(
    `SELECT passage.*, document.title AS title FROM passage JOIN document ON document.id = document_id
     WHERE passage.id = ? AND (form <> 'html' OR NOT EXISTS (
       SELECT 1 FROM passage AS printed WHERE printed.document_id = passage.document_id AND printed.form = 'main'))`,
  );
  return ids.flatMap((id) => {
    const row = read.get(id);
    return row ? [savedPassage(row)] : [];
  });
}

/** A passage by its place; undefined if it isn't there any more. */
export function readPassage(db: DatabaseSync, { documentId, form, number }: SavedPlace): SavedPassage | undefined {
  const row = db
    .prepare(
      `SELECT passage.*, document.title AS title FROM passage JOIN document ON document.id = document_id
       WHERE document_id = ? AND form = ? AND number = ?`,
    )
    .get(documentId, form, number);
  return row && savedPassage(row);
}

/** The passages with these ids, as they are cited; those that aren't there any more are left out. */
export function passagesById(db: DatabaseSync, ids: readonly string[], t: Translate): Passage[] {
  return ids.flatMap((id) => {
    const place = parseSavedPassageId(id);
    const passage = place && readPassage(db, place);
    return passage ? [asPassage(passage, t)] : [];
  });
}

function savedPassage(row: Row): SavedPassage {
  const [page, seconds] = [count(row, 'page'), count(row, 'seconds')];
  return {
    documentId: text(row, 'document_id'),
    form: formOf(row),
    number: count(row, 'number') ?? 0,
    title: text(row, 'title'),
    heading: text(row, 'heading'),
    ...(page !== undefined && { page }),
    ...(seconds !== undefined && { seconds }),
    text: text(row, 'text'),
  };
}
