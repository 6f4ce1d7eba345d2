// The prebuilt index: three lunr indexes (chapters, passages, the questions that chapters answer) and the words they know.
//
// Why three: a question finds its chapter by the chapter's title, keywords and whole text, its passage by the passage's own
// words, and what it has no words for by a question that somebody has put before (document expansion).

import lunr from 'lunr';
import { chaptersInOrder, type Curriculum } from '../curriculum.ts';
import { passageText, type Passage } from '../passages.ts';
import { nearestWord, vocabularyOf, type Vocabulary } from './typos.ts';
import { fieldLogOdds, inverseDocumentFrequencies, type EnglishBand } from './termWeights.ts';
import { isStopWord, stem, termsOf, wordsOf } from './words.ts';

/** Raised when the files that this version of the build writes change their form. */
export const searchIndexVersion = 1;

export interface SerializedSearchIndex {
  readonly version: number;
  readonly chapters: object;
  readonly passages: object;
  readonly questions: object;
  /** Every word of the curriculum, unstemmed, with the number of times it stands there. */
  readonly words: Readonly<Record<string, number>>;
  /** Every stemmed term of the curriculum with its inverse document frequency over the passages. */
  readonly terms: Readonly<Record<string, number>>;
  /** The summed term weight of each question in `questions`. */
  readonly questionWeights: Readonly<Record<string, number>>;
  /** See `fieldLogOdds`. */
  readonly fieldLogOdds: Readonly<Record<string, number>>;
  /** English words that the curriculum doesn't use but that are one or two letters from a word it uses: not typos. */
  readonly otherWords: readonly string[];
}

export interface SearchIndex {
  readonly chapters: lunr.Index;
  readonly passages: lunr.Index;
  /** Its documents are `chapterId?n`. */
  readonly questions: lunr.Index;
  readonly words: ReadonlyMap<string, number>;
  readonly vocabulary: Vocabulary;
  /** Every stemmed term of the curriculum with its inverse document frequency over the passages. */
  readonly terms: ReadonlyMap<string, number>;
  readonly questionWeights: ReadonlyMap<string, number>;
  /** How much commoner a stemmed term is here than in English, as a logarithm; terms that are in neither are missing. */
  readonly fieldLogOdds: ReadonlyMap<string, number>;
  readonly otherWords: ReadonlySet<string>;
  /** The weight of a term that no passage has. */
  readonly unknownWeight: number;
}

interface Document {
  readonly ref: string;
  readonly [field: string]: string;
}

/**
 * One lunr index. Text is taken apart by `terms`, before lunr sees it: `termsOf` for questions; the search box also asks
 * the twin field `exact`, whose words are not stemmed, because prefixes and typos of a stem find too little.
 */
function buildIndex(fields: Readonly<Record<string, number>>, documents: readonly Document[]): lunr.Index {
  const builder = new lunr.Builder();
  builder.ref('ref');
  for (const [field, boost] of Object.entries(fields)) builder.field(field, { boost });
  builder.tokenizer = Object.assign(
    (text: unknown) =>
      String(text)
        .split(' ')
        .filter(Boolean)
        .map((term) => new lunr.Token(term, {})),
    {
      separator: / /,
    },
  );
  for (const document of documents) builder.add(document);
  return builder.build();
}

const stemmed = (...texts: readonly string[]): string => texts.flatMap(termsOf).join(' ');
const exact = (...texts: readonly string[]): string =>
  texts
    .flatMap(wordsOf)
    .filter((word) => !isStopWord(word))
    .join(' ');

/**
 * Builds the index of a book.
 * @param english words of ordinary English, commonest first
 */
export function buildSearchIndex(
  curriculum: Curriculum,
  passages: readonly Passage[],
  english: readonly EnglishBand[],
): SerializedSearchIndex {
  const chapters = chaptersInOrder(curriculum);
  const textOf = (chapterId: string): string[] =>
    passages
      .filter((passage) => passage.chapterId === chapterId)
      .flatMap((passage) => [passage.heading, passageText(passage), passage.unquoted]);
  const resourcesOf = (chapterId: string): string[] =>
    (curriculum.chapters[chapterId]?.resources ?? []).flatMap(({ resourceId, note }) => {
      const resource = curriculum.resources[resourceId];
      return resource ? [resource.title, resource.creators, note] : [];
    });

  const words = new Map<string, number>();
  const count = (...texts: readonly string[]): void => {
    for (const word of texts.flatMap(wordsOf)) words.set(word, (words.get(word) ?? 0) + 1);
  };
  for (const { id, title, summary, objectives, keywords, questions, phrases } of chapters) {
    count(title, summary, ...objectives, ...keywords, ...questions, ...phrases, ...textOf(id), ...resourcesOf(id));
  }

  const vocabulary = vocabularyOf(words);
  const terms = inverseDocumentFrequencies([...words.keys()].map(stem), passages);
  const questionDocuments = chapters.flatMap(({ id, questions, phrases }) =>
    [...questions, ...phrases].map((question, n) => ({ ref: `${id}?${n}`, question: stemmed(question) })),
  );
  const weightOf = (text: string): number =>
    [...new Set(text.split(' '))].reduce((sum, term) => sum + (terms.get(term) ?? 0), 0);
  return {
    version: searchIndexVersion,
    terms: Object.fromEntries(terms),
    questionWeights: Object.fromEntries(questionDocuments.map(({ ref, question }) => [ref, weightOf(question)])),
    chapters: buildIndex(
      { title: 4, keywords: 3, questions: 2, summary: 2, text: 0.5, resources: 0.5 },
      chapters.map(({ id, title, summary, objectives, keywords, questions, phrases }) => ({
        ref: id,
        title: stemmed(title),
        keywords: stemmed(...keywords),
        questions: stemmed(...questions, ...phrases),
        summary: stemmed(summary, ...objectives),
        text: stemmed(...textOf(id)),
        resources: stemmed(...resourcesOf(id)),
      })),
    ).toJSON(),
    passages: buildIndex(
      { heading: 2, text: 1, exactHeading: 2, exact: 1 },
      passages.map((passage) => ({
        ref: passage.id,
        heading: stemmed(passage.heading),
        text: stemmed(passageText(passage), passage.unquoted),
        exactHeading: exact(passage.heading),
        exact: exact(passageText(passage), passage.unquoted),
      })),
    ).toJSON(),
    questions: buildIndex({ question: 1 }, questionDocuments).toJSON(),
    words: Object.fromEntries(words),
    fieldLogOdds: Object.fromEntries(
      fieldLogOdds(
        chapters.flatMap(({ id, title, keywords, questions }) => [title, ...keywords, ...questions, ...textOf(id)]),
        english,
      ),
    ),
    otherWords: otherWords(english, words, vocabulary),
  };
}

function otherWords(
  english: readonly EnglishBand[],
  words: ReadonlyMap<string, number>,
  vocabulary: Vocabulary,
): string[] {
  const all = new Set(english.flatMap((band) => band.words.flatMap(wordsOf)));
  return [...all].filter((word) => !words.has(word) && nearestWord(word, vocabulary) !== undefined);
}

/** Brings a prebuilt index to life. Throws if another version of the build wrote it. */
export function loadSearchIndex(serialized: SerializedSearchIndex): SearchIndex {
  if (serialized.version !== searchIndexVersion)
    throw new Error(`The search index has version ${serialized.version}, not ${searchIndexVersion}.`);
  const words = new Map(Object.entries(serialized.words));
  return {
    chapters: lunr.Index.load(serialized.chapters),
    passages: lunr.Index.load(serialized.passages),
    questions: lunr.Index.load(serialized.questions),
    words,
    vocabulary: vocabularyOf(words),
    fieldLogOdds: new Map(Object.entries(serialized.fieldLogOdds)),
    otherWords: new Set(serialized.otherWords),
    terms: new Map(Object.entries(serialized.terms)),
    questionWeights: new Map(Object.entries(serialized.questionWeights)),
    unknownWeight: greatest(Object.values(serialized.terms)),
  };
}

/** The greatest of any number of values, at least 0. (Spread into Math.max, a large book's values overflow the stack.) */
export function greatest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** A stemmed term with its weight in the question. */
export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

export interface Hit {
  readonly score: number;
  /** The terms of the query that the document has. */
  readonly matched: readonly string[];
}

/**
 * The documents of an index that have any of the weighted terms. The terms go in one by one, never as a query string:
 * lunr's query syntax throws on ordinary punctuation.
 */
export function hits(index: lunr.Index, terms: readonly WeightedTerm[], fields: readonly string[]): Map<string, Hit> {
  if (terms.length === 0) return new Map();
  const results = index.query((query) => {
    for (const { term, weight } of terms) query.term(term, { fields: [...fields], boost: weight, usePipeline: false });
  });
  return new Map(
    results.map(({ ref, score, matchData }) => [ref, { score, matched: Object.keys(matchData.metadata) }]),
  );
}
