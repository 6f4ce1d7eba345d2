// Where else a text may be had whose address is dead.

import { addressOf } from '../curriculum.ts';
import type { Curriculum } from '../curriculum.ts';
import { fetchAddress, savedAs } from './address.ts';
import type { AddressRules, SavedAs } from './address.ts';
import { documentReference, resourceReference } from './bibliography/describe.ts';
import { findSame } from './bibliography/sameText.ts';
import { presentAddress } from './savedDocument.ts';
import type { SavedDocument } from './savedDocument.ts';

export interface Replacement {
  readonly source: 'handbook' | 'arxiv' | 'doi' | 'bibliography' | 'archive';
  readonly as: SavedAs;
}

/**
 * The other addresses of a document that are known, the most likely first; last the web archive's, of the year in which the
 * document was still there. None of them was asked.
 */
export function replacementsFor(document: SavedDocument, curriculum: Curriculum, rules: AddressRules): Replacement[] {
  const { arxiv, doi, url } = documentReference({ ...document, copies: [] });
  const found: Replacement[] = [];
  const now = presentAddress(document);
  const add = (source: Replacement['source'], address: string | undefined): void => {
    const as = address === undefined ? undefined : savedAs(address, rules);
    if (!as || as.copies.length === 0 || as.address === now) return;
    if (!found.some((other) => other.as.address === as.address)) found.push({ source, as });
  };
  for (const address of inHandbook(document, curriculum, rules)) add('handbook', address);
  if (arxiv !== undefined) add('arxiv', `https://arxiv.org/abs/${arxiv}`);
  if (doi !== undefined) add('doi', `https://doi.org/${doi}`);
  add('bibliography', url?.replace(/^http:/i, 'https:'));
  const original = fetchAddress(document.address, rules);
  if (original !== undefined) add('archive', `https://web.archive.org/web/${seenIn(document)}/${original}`);
  return found;
}

/** Where the handbook says the text is: it knows of moves, and may list it from another place. */
function inHandbook(document: SavedDocument, curriculum: Curriculum, rules: AddressRules): string[] {
  const resources = Object.values(curriculum.resources);
  const moved = resources.filter(
    (resource) => resource.replacement !== undefined && savedAs(resource.url, rules)?.address === document.address,
  );
  const same = findSame(resources, (resource) => resourceReference(resource)).find(
    documentReference({ ...document, copies: [] }),
  );
  return [...moved, ...(same ? [same] : [])].map(addressOf);
}

function seenIn({ copies, addedAt, details }: SavedDocument): number {
  const times = copies.map(({ checkedAt, content }) => checkedAt ?? content?.savedAt ?? 0);
  const last = Math.max(0, ...times);
  if (last > 0) return new Date(last).getUTCFullYear();
  return details?.year ?? new Date(addedAt).getUTCFullYear();
}
