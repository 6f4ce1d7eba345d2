// Text → the terms that are indexed and asked for. One road for both sides, so that they always meet.

import lunr from 'lunr';

/** A word as somebody writes it: the parts of a compound in order, and the compound as one word where it has two or three. */
export interface WrittenWord {
  /** Lower-cased, in its own spelling. */
  readonly written: string;
  readonly parts: readonly string[];
  readonly joined?: string;
}

/** The words of a text as they are written, lower-cased, in order; "C++" and "f16" stay words. */
export function writtenWords(text: string): WrittenWord[] {
  const plain = text
    .normalize('NFKC')
    .replace(/[’']s\b/g, '')
    .replace(/[’']/g, '');
  return [...plain.matchAll(/[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*\+{0,2}/gu)].map(([found]) => {
    const parts = found.split(/[-_./]/);
    const word = (part: string): string => american(part.toLowerCase());
    return {
      written: found.toLowerCase(),
      parts: parts.map(word),
      ...(parts.length > 1 && parts.length <= 3 && { joined: word(parts.join('')) }),
    };
  });
}

/**
 * The words of a text, lower-cased, in order. Hyphenated and camel-cased words give their parts and the joined form, so
 * that "k-means", "kmeans" and "k means" meet.
 */
export function wordsOf(text: string): string[] {
  return writtenWords(text).flatMap(({ parts, joined }) => (joined === undefined ? parts : [...parts, joined]));
}

/** One spelling for both: the ending decides, never the meaning ("noise" becomes "noize" on both sides, which is harmless). */
function american(word: string): string {
  return word
    .replace(/is(ation|ations|ing|ed|er|ers|es|e)$/, 'iz$1')
    .replace(/ys(ing|ed|er|es|e)$/, 'yz$1')
    .replace(/(?<=[a-z]{2})our(s|ed|ing|able|ite|ites)?$/, 'or$1')
    .replace(/(?<=[a-z]{2})ll(ing|ed|er)$/, 'l$1');
}

const stopWords = new Set(
  wordsOf(
    'a an the this that these those there here it its itself they them their theirs we us our you your i me my mine he she his her ' +
      'is are was were be been being am do does did done doing have has had having can could will would shall should may might must ' +
      'dont doesnt didnt cant isnt arent wont wouldnt shouldnt im ive id ill youre theyre thats whats hows wheres lets ' +
      'and or but if then else so than as at by for from in into of off on onto out over to too under up with within without about ' +
      'what which who whom whose when where why how not no nor only just also very really actually exactly ' +
      'again once any all both each few more most other some such same own every either neither another still even ever never ' +
      'because while during before after above below between through against until upon per via vs versus ' +
      'get gets got getting go goes going gone make makes made making want wants need needs needed let say says said tell tells told give gives ' +
      'please thanks thank hi hello hey ok okay yes well now thing things something anything everything stuff way ways lot lots kind sort bit ' +
      'mean means meant explain describe define understand know understanding explanation help idea difference',
  ),
);

export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** Stems met before: text repeats its words, and Porter's rules cost more than a look-up. Bounded by starting afresh. */
const stems = new Map<string, string>();
const mostStems = 50_000;

/** The stem of a word as `wordsOf` gives it (Porter's stemmer, as lunr brings it). */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= mostStems) stems.clear();
  const found = lunr.stemmer(new lunr.Token(word, {})).toString();
  stems.set(word, found);
  return found;
}

/** The stemmed terms of a text without stop words, in order, repeats included. */
export function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}
