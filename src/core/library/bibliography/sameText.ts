// Whether two references are about one text: by DOI, by arXiv's number, by address, or by title and first author.

import { arxivId } from '../../resourceLinks.ts';
import { savedAs, strictRules } from '../address.ts';
import type { AddressRules, SavedAs } from '../address.ts';
import { familyOf } from './creators.ts';
import type { Reference } from './reference.ts';

/** Where a text is to be had, as the shelf knows addresses; undefined if it names no address that is fetched. */
export function whereItIs({ arxiv, url, doi }: Reference, rules: AddressRules = strictRules): SavedAs | undefined {
  const addresses = [
    arxiv === undefined ? undefined : `https://arxiv.org/abs/${arxiv}`,
    // What a list of years ago calls http is https today, or can't be fetched.
    url?.replace(/^http:/i, 'https:'),
    doi === undefined ? undefined : `https://doi.org/${doi}`,
  ];
  for (const address of addresses) {
    const as = address === undefined ? undefined : savedAs(address, rules);
    if (as) return as;
  }
  return undefined;
}

/** Finds, among `all`, what is about the same text. */
export function findSame<T>(
  all: readonly T[],
  referenceOf: (one: T) => Reference,
): { readonly find: (reference: Reference) => T | undefined; readonly add: (one: T) => void } {
  const marks = new Map<string, T>();
  const add = (one: T): void => {
    for (const mark of marksOf(referenceOf(one))) if (!marks.has(mark)) marks.set(mark, one);
  };
  for (const one of all) add(one);
  return {
    add,
    find: (reference) => {
      for (const mark of marksOf(reference)) {
        const found = marks.get(mark);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** What two references to one text have in common, the surest first. */
function marksOf(reference: Reference): string[] {
  const { doi, url, title, creators } = reference;
  const arxiv = reference.arxiv ?? arxivId(url?.replace(/^http:/i, 'https:') ?? '');
  const [first] = creators ?? [];
  const words = wordsOf(title);
  const author = first === undefined ? '' : (wordsOf(familyOf(first)).split(' ').at(-1) ?? '');
  return [
    ...(doi === undefined ? [] : [`doi ${doi.toLowerCase()}`]),
    ...(arxiv === undefined ? [] : [`arxiv ${arxiv}`]),
    ...(url === undefined ? [] : [`url ${url.replace(/^https?:\/\/(?:www\.)?|\/$|#.*$/gi, '')}`]),
    // "Introduction" is the title of many.
    ...(words.includes(' ') ? [`title ${words} by ${author}`] : []),
  ];
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
