// What a sentence claims: its words, its numbers, and whether it denies something.

import { isStopWord, stem, wordsOf } from '../search/words.ts';

export interface Claim {
  /** Stemmed content words. */
  readonly terms: ReadonlySet<string>;
  /** Terms written as names are: with a capital inside a sentence, in capitals, with a digit. */
  readonly names: ReadonlySet<string>;
  /** Numbers as plain digits. */
  readonly numbers: ReadonlySet<string>;
  /** How often it says no. */
  readonly denials: number;
}

const numberWords = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, n) => [word, String(n)]),
);

const denial =
  /\b(?:not|never|no|none|neither|nor|cannot|without|nothing|nobody|nowhere|hardly|instead of|rather than|fails? to)\b|n[’']t\b|\b(?:un|in)(?:able|changed|related|dependent)\b/gi;

/** Reads a sentence of plain text. */
export function readClaim(text: string): Claim {
  const names = [
    ...text.matchAll(
      /(?<=[\p{L}\p{N},;:)] )\p{Lu}[\p{L}\p{N}-]*|\b(?=\p{N}*\p{Lu})[\p{Lu}\p{N}]{2,}s?\b|\b\p{L}+\d[\p{L}\d]*/gu,
    ),
  ];
  return {
    terms: new Set(contentTerms(text)),
    names: new Set(names.flatMap(([name]) => contentTerms(name))),
    numbers: numbersOf(text),
    denials: [...text.matchAll(denial)].length,
  };
}

/** The numbers a text has, those in words up to twelve included. */
export function numbersOf(text: string, inWords = false): Set<string> {
  const plain = text.normalize('NFKC').replace(/(?<=\d)[,\u202f\u00a0 ](?=\d{3}\b)/g, '');
  const digits = [...plain.matchAll(/(?<![\p{L}\d_.]|\p{L}-)\d+(?:\.\d+)?(?![\p{L}_]*\d)/gu)].map(([found]) =>
    String(Number(found)),
  );
  const words = inWords ? wordsOf(text).flatMap((word) => numberWords.get(word) ?? []) : [];
  return new Set([...digits, ...words]);
}

/** Stemmed content words. Bare numbers are looked at by themselves; single letters are variables, which anybody may rename. */
export function contentTerms(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word) && !/^(?:[\d.,]+|.)$/u.test(word))
    .map(stem);
}

/** Sentences that state nothing about the subject: what they say of the passages or to the learner needs no support. */
const asides = [
  /\?["'”’)\]]*$/,
  /\b(?:passages?|handbook|chapters?|sources?|material)\b.{0,40}\b(?:not|no|nothing)\b|n[’']t\b.{0,40}\b(?:passages?|handbook|chapters?|sources?|material)\b/i,
  /\b(?:passages?|handbook|chapters?|sources?|material)\b.{0,20}n[’']t\b/i,
  /^(?:hint\b|think|try|look|re-?read|consider|ask yourself|let me|let[’']s|your (?:reply|answer)|you (?:are|were|have)|you[’'](?:re|ve)|that[’']?s? (?:is )?(?:right|correct|wrong|not))/i,
];

/** Whether a sentence claims anything that a passage would have to carry. */
export function isClaim(text: string, claim: Claim): boolean {
  if (asides.some((aside) => aside.test(text))) return false;
  const told = claim.terms.size + claim.numbers.size;
  // "In short:", "The differences are:"
  return told >= (text.endsWith(':') ? 6 : 3);
}
