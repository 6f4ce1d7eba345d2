// The keys by which texts are cited: "vaswani2017attention".

import type { Curriculum } from '../../curriculum.ts';
import { familyOf } from './creators.ts';
import type { Details, Reference } from './reference.ts';
import { resourceReference } from './describe.ts';

/** Small words that say nothing of a title. */
const small = new Set(
  'a an the and or of on in at to for from with by as is are be do does how what why when can into it its your you we not'.split(
    ' ',
  ),
);

/** A key made of the first creator, the year and the first telling word of the title; `more` words of it to tell two apart. */
function madeKey({ creators = [], year, title }: Reference, more = 0): string {
  const [first] = creators;
  const name = first ? (letters('name' in first ? first.name.split(' ')[0] : familyOf(first)) ?? '') : '';
  const words = title.split(/[^\p{L}\p{N}\p{M}]+/u).flatMap((word) => letters(word) ?? []);
  const telling = words.filter((word) => !small.has(word));
  const chosen = (telling.length > 0 ? telling : words).slice(0, more + 1);
  return `${name}${year ?? ''}${chosen.join('')}` || 'untitled';
}

/** What of a word may stand in a key: Latin letters without their marks, and digits. */
function letters(word: string | undefined): string | undefined {
  const plain = (word ?? '')
    .toLowerCase()
    .replace(/[ßøłđæœı]/g, (letter) => others[letter] ?? '')
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '');
  return plain === '' ? undefined : plain;
}

const others: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/**
 * A key for each reference, in their order: its own if it has one that nobody before it has, else one that is made, and
 * different from all others and from those `taken`.
 */
export function citationKeys(references: readonly Reference[], taken: Iterable<string> = []): string[] {
  // BibTeX takes "Dao2022" and "dao2022" for the same.
  const used = new Set([...taken].map((key) => key.toLowerCase()));
  const claim = (key: string): boolean => {
    if (used.has(key.toLowerCase())) return false;
    used.add(key.toLowerCase());
    return true;
  };
  // Keys that are in use somewhere must stay, whatever is made for the others.
  const own = references.map(({ key }) => (isKey(key) && claim(key) ? key : undefined));
  return references.map((reference, at) => own[at] ?? makeKey(reference, claim));
}

function makeKey(reference: Reference, claim: (key: string) => boolean): string {
  for (let more = 0; more < 3; more++) {
    const key = madeKey(reference, more);
    if (claim(key)) return key;
  }
  for (let number = 2; ; number++) {
    const key = `${madeKey(reference)}-${number}`;
    if (claim(key)) return key;
  }
}

/** Whether every format takes it for a key. */
export function isKey(key: Details['key']): key is string {
  return key !== undefined && /^[\p{L}\p{N}_:.+/-]{1,200}$/u.test(key);
}

/** The key of every resource of the handbook, by the resource's id; the same whatever part of it is written. */
export function resourceKeys(curriculum: Curriculum): ReadonlyMap<string, string> {
  const ids = Object.keys(curriculum.resources).sort();
  const references = ids.flatMap((id) => {
    const resource = curriculum.resources[id];
    return resource ? [resourceReference(resource)] : [];
  });
  const keys = citationKeys(references, [handbookKey]);
  return new Map(ids.map((id, at) => [id, keys[at] ?? id]));
}

/** The key of the handbook itself. */
export const handbookKey = 'brown2024generative';
