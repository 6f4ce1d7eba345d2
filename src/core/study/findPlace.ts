// Finding the place of a note again, in the chapter as it is now: the same words where they were, the same words
// elsewhere, or nearly the same words. Which of several it is, and whether short or changed words are the place at all, is
// for the words around them to say. In doubt there is no place: a note that stands beside the wrong words misleads, one
// that is listed as not found is still there.

import search from 'approx-string-match';
import { anchorAt, type ChapterWords } from './chapterWords.ts';
import type { Quote } from './studyEvent.ts';

export interface FoundPlace {
  readonly start: number;
  readonly end: number;
  /** `moved`: the same words in another passage. `changed`: words nearly the same. */
  readonly how: 'same' | 'moved' | 'changed';
}

/** How many characters of the text around a quote are kept with it, on each side. */
export const contextLength = 64;

/** So many of them, the nearest, are compared. */
const nearby = 32;
/** Words of that length are hardly there twice by chance: where they stand once, they are found whatever is around them. */
const longEnough = 40;
/** The share of its characters that a quote may have lost or gained. */
const mostChanged = 0.35;
/** Changed words shorter than this say too little. */
const leastChangeable = 16;
/** Where a word stands that often, only its nearest occurrences are looked at. */
const mostOccurrences = 400;

interface Candidate {
  readonly start: number;
  readonly end: number;
  /** How alike what stands beside it is to what stood there, from 0 to 1. */
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

/** The quote of the characters from `start` to `end`. */
export function quoteAt(words: ChapterWords, start: number, end: number): Quote {
  const { text } = words;
  return {
    anchor: anchorAt(words, start),
    quote: text.slice(start, end).toWellFormed(),
    before: text.slice(Math.max(0, start - contextLength), start).toWellFormed(),
    after: text.slice(end, end + contextLength).toWellFormed(),
  };
}

/** Where the quote is in the chapter now; undefined if that can't be told. */
export function findPlace(words: ChapterWords, quote: Quote): FoundPlace | undefined {
  const wanted = folded(quote.quote);
  if (wanted.trim() === '') return undefined;
  const text = foldedText(words);
  const start = unchanged(text, quote) ?? bestOf(sameWords(words, text, wanted, quote))?.start;
  if (start !== undefined) {
    const how = anchorAt(words, start) === quote.anchor ? 'same' : 'moved';
    return { start, end: start + wanted.length, how };
  }
  const near = bestOf(changedWords(words, text, wanted, quote));
  return near && { start: near.start, end: near.end, how: 'changed' };
}

/** Where the quote stands with all that was around it: most notes, most of the time. */
function unchanged(text: string, quote: Quote): number | undefined {
  const whole = folded(quote.before + quote.quote + quote.after);
  const at = text.indexOf(whole);
  return at >= 0 && !text.includes(whole, at + 1) ? at + quote.before.length : undefined;
}

function sameWords(words: ChapterWords, text: string, wanted: string, quote: Quote): Candidate[] {
  const starts: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (cutsNoWord(text, at, at + wanted.length, quote)) starts.push(at);
  }
  const home = words.passages.find(({ anchor }) => anchor === quote.anchor)?.start ?? 0;
  const near = starts.sort((a, b) => Math.abs(a - home) - Math.abs(b - home)).slice(0, mostOccurrences);
  const candidates = near.map((start) => candidate(words, text, quote, start, start + wanted.length, 0));
  const only = candidates.length === 1 && wanted.length >= longEnough;
  const gone = isCutOut(text, quote);
  return candidates.filter(
    ({ start, before, after }) =>
      only || (isConvincing(before, after, wanted.length, gone) && !isAnother(text, wanted, start, quote)),
  );
}

function changedWords(words: ChapterWords, text: string, wanted: string, quote: Quote): Candidate[] {
  if (wanted.length < leastChangeable || wanted.length > text.length * (1 + mostChanged)) return [];
  const most = Math.floor(wanted.length * mostChanged);
  const gone = isCutOut(text, quote);
  return search(text, wanted, most).flatMap(({ start, end, errors }) => {
    const whole = wholeWords(text, start, end);
    const changed = errors / wanted.length;
    const found = candidate(words, text, quote, whole.start, whole.end, changed);
    // The more the words themselves have changed, the more those around them have to say.
    return isConvincing(found.before - changed / 2, found.after - changed / 2, wanted.length, gone) ? [found] : [];
  });
}

function candidate(
  words: ChapterWords,
  text: string,
  quote: Quote,
  start: number,
  end: number,
  changed: number,
): Candidate {
  const there = {
    before: text.slice(Math.max(0, start - contextLength), start),
    after: text.slice(end, end + contextLength),
  };
  const before = likeness(reversed(folded(quote.before)), reversed(there.before));
  const after = likeness(folded(quote.after), there.after);
  const home = anchorAt(words, start) === quote.anchor ? 0.1 : 0;
  return { start, end, before, after, score: before + after + home - changed };
}

/** Whether what stands beside them makes `length` characters the place that was meant. */
function isConvincing(before: number, after: number, length: number, gone: boolean): boolean {
  const [most, least] = before > after ? [before, after] : [after, before];
  if (most + least >= 1.5) return true;
  if (gone) return false;
  if (length < 4) return most >= 0.9 && least >= 0.3;
  return most >= (length < 16 ? 0.85 : 0.7);
}

/**
 * Whether the words that were around the quote now follow one another: then it was taken out, and the same words nearby
 * are others.
 */
function isCutOut(text: string, quote: Quote): boolean {
  const [before, after] = [quote.before.slice(-nearby).trimEnd(), quote.after.slice(0, nearby).trimStart()];
  return before !== '' && after !== '' && text.includes(folded(`${before} ${after}`));
}

/**
 * Whether the words at `start` are some that stood beside the quote when it was made: a heading whose first word the text
 * below repeats.
 */
function isAnother(text: string, wanted: string, start: number, quote: Quote): boolean {
  const [before, after] = [folded(quote.before), folded(quote.after)];
  const end = start + wanted.length;
  const own = likeness(after, text.slice(end, end + contextLength));
  const ownBefore = likeness(reversed(before), reversed(text.slice(Math.max(0, start - contextLength), start)));
  for (let at = after.indexOf(wanted); at >= 0; at = after.indexOf(wanted, at + 1)) {
    const rest = after.slice(at + wanted.length);
    if (likeness(rest, text.slice(end, end + contextLength)) > own + 0.2) return true;
  }
  for (let at = before.indexOf(wanted); at >= 0; at = before.indexOf(wanted, at + 1)) {
    const rest = before.slice(0, at);
    const there = text.slice(Math.max(0, start - contextLength), start);
    if (likeness(reversed(rest), reversed(there)) > ownBefore + 0.2) return true;
  }
  return false;
}

/**
 * How alike two texts are from their start on, from 0 to 1; how `there` goes on after the likeness doesn't count.
 * Edit distance, of which approx-string-match has only the kind that may start anywhere.
 */
function likeness(wanted: string, there: string): number {
  const pattern = wanted.slice(0, nearby);
  // Where the chapter starts or ends.
  if (pattern.trim() === '') return there.trim() === '' ? 1 : 0;
  let row = Array.from({ length: there.length + 1 }, (_, at) => at);
  for (let i = 1; i <= pattern.length; i++) {
    const next = [i];
    for (let j = 1; j <= there.length; j++) {
      const same = pattern.charCodeAt(i - 1) === there.charCodeAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j - 1] ?? 0) + same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.max(0, 1 - Math.min(...row) / pattern.length);
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, next) => (best && best.score >= next.score ? best : next),
    undefined,
  );
}

/** Whether the ends of a place are ends of words, where those of the quote were. */
function cutsNoWord(text: string, start: number, end: number, quote: Quote): boolean {
  const joins = (one: string, other: string): boolean => letter.test(one) && letter.test(other);
  const joinsBefore = joins(quote.before.slice(-1), quote.quote.charAt(0));
  const joinsAfter = joins(quote.quote.slice(-1), quote.after.charAt(0));
  return (
    joins(text.charAt(start - 1), text.charAt(start)) === joinsBefore &&
    joins(text.charAt(end - 1), text.charAt(end)) === joinsAfter
  );
}

const letter = /[\p{L}\p{N}]/u;

/** Widened so that it cuts no word in two, and narrowed past white space. */
function wholeWords(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  const isLetter = (at: number): boolean => letter.test(text.charAt(at));
  let [start, end] = [from, to];
  while (start < end && text.charAt(start) === ' ') start++;
  while (end > start && text.charAt(end - 1) === ' ') end--;
  while (start > 0 && isLetter(start) && isLetter(start - 1)) start--;
  while (end < text.length && isLetter(end - 1) && isLetter(end)) end++;
  return { start, end };
}

const alike: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '—': '-' };

const foldedTexts = new WeakMap<ChapterWords, string>();

/** A chapter's text folded, once for all its notes. */
function foldedText(words: ChapterWords): string {
  const text = foldedTexts.get(words) ?? folded(words.text);
  foldedTexts.set(words, text);
  return text;
}

/** White space, quotation marks and dashes made alike, character by character. */
function folded(text: string): string {
  return text.replace(/\s/g, ' ').replace(/[’‘“”–—]/g, (mark) => alike[mark] ?? mark);
}
