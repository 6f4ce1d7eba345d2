// Who wrote it: from one line, as the handbook's lists have it, to names that a bibliography can sort, and back.

import type { Creator, Details } from './reference.ts';
import { oneLine } from '../../oneLine.ts';

/** The names in a line like "Tri Dao, Daniel Y. Fu et al. (Stanford)". Separated by ";" where there is one, since "Last, First" has a comma of its own. */
export function parseCreators(line: string): Pick<Details, 'creators' | 'others'> {
  // Who employs them stands in brackets at the end of a name; "Yuxi (Hayden) Liu" keeps his.
  const bare = oneLine(line).replace(/\s*\([^()]*\)\s*(?=$|[;,])/g, '');
  const parts = bare
    .split(bare.includes(';') ? ';' : /,(?!\s*(?:Inc|Ltd|LLC|Jr|Sr|II|III)\b)/)
    .map((part) => part.trim());
  const names = parts.map((part) => part.replace(/\s*\bet al\.?$/i, '')).filter((name) => /[\p{L}\p{N}]/u.test(name));
  if (names.length === 0) return {};
  const others = parts.some((part) => /\bet al\.?$/i.test(part));
  return { creators: names.map(creatorOf), ...(others && { others }) };
}

const organisation =
  /\b(?:AI|TV|Face|University|College|School|Institute|Labs?|Research|Foundation|Team|Group|Project|Safety|Finance|Insider|DeepMind|Sigma|Company|Inc|Ltd|LLC|Press|Learning|Science|at|for|of|the|and|authors|contributors|developers)\b/;

/** A name as one writes it, "Leandro von Werra" or "Werra, Leandro von". */
export function creatorOf(name: string): Creator {
  if (!name.includes(' ') || organisation.test(name) || /\band\b/i.test(name)) return { name };
  const suffix = /^(.+?),?\s+(Jr|Sr|II|III|IV)\.?$/.exec(name);
  const whole = suffix?.[1] ?? name;
  const found =
    /^(?<family>[^,]+),\s*(?<given>.+)$/.exec(whole) ??
    // What is written small belongs to the family's name.
    /^(?<given>.+?)\s+(?<family>(?:\p{Ll}[\p{L}'’]*\s+)*\S+)$/u.exec(whole);
  const { family = whole, given } = found?.groups ?? {};
  return { family, ...(given !== undefined && { given }), ...(suffix?.[2] !== undefined && { suffix: suffix[2] }) };
}

/** The name as one says it. */
export function spokenName(creator: Creator): string {
  if ('name' in creator) return creator.name;
  const { given, family, suffix } = creator;
  return [given, family, suffix].filter((part) => part !== undefined).join(' ');
}

/** By which it stands in a sorted list. */
export function familyOf(creator: Creator): string {
  return 'name' in creator ? creator.name : creator.family;
}

/** "Tri Dao, Daniel Y. Fu et al."; the line that `parseCreators` reads. */
export function creatorsLine({ creators = [], others }: Pick<Details, 'creators' | 'others'>): string {
  const names = creators.map(spokenName);
  const line = names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');
  return others && line !== '' ? `${line} et al.` : line;
}

/** "Dao et al. 2022", for a row. */
export function shortCreators({ creators = [], others }: Pick<Details, 'creators' | 'others'>): string {
  const [first, second, ...more] = creators.map(familyOf);
  if (first === undefined) return '';
  if (second === undefined) return others ? `${first} et al.` : first;
  return more.length > 0 || others ? `${first} et al.` : `${first} & ${second}`;
}
