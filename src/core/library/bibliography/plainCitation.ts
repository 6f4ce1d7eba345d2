// Entries as one reads them: names, year, title, where.

import type { Creator, KeyedReference } from './reference.ts';

/** One entry as a line of text. */
export function plainCitation(reference: KeyedReference): string {
  const { creators = [], others, year, title, venue, publisher, arxiv, doi, url } = reference;
  const names = creators.map(initialled);
  const shown = names.length > 8 ? [...names.slice(0, 6), '…', ...names.slice(-1)] : names;
  const who = [shown.slice(0, -1).join(', '), shown.at(-1)].filter((part) => part !== '' && part !== undefined);
  const where = [venue, publisher, arxiv === undefined ? undefined : `arXiv:${arxiv}`].filter(
    (part) => part !== undefined,
  );
  const address = doi === undefined ? url : `https://doi.org/${doi}`;
  return [
    `${who.join(others ? ', ' : ' & ')}${others ? ' et al.' : ''}${year === undefined ? '' : ` (${year})`}`.trim(),
    title,
    where.join(', '),
  ]
    .filter((part) => part !== '')
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .concat(address ?? [])
    .join(' ');
}

/** "Dao, T."; "Fu, D. Y." */
function initialled(creator: Creator): string {
  if ('name' in creator) return creator.name;
  const initials = (creator.given ?? '').split(/\s+/).flatMap((part) => {
    const letter = /\p{L}/u.exec(part)?.[0];
    return letter === undefined ? [] : [`${letter}.`];
  });
  return [creator.family, initials.join(' '), creator.suffix]
    .filter((part) => part !== '' && part !== undefined)
    .join(', ');
}
