// What the handbook and the shelf know, as entries of a bibliography.

import { addressOf } from '../../curriculum.ts';
import type { Curriculum, Resource } from '../../curriculum.ts';
import { arxivId, httpsOnly } from '../../resourceLinks.ts';
import type { SavedDocument } from '../savedDocument.ts';
import { parseCreators } from './creators.ts';
import { oneLine } from '../../oneLine.ts';
import type { Details, Publication, Reference } from './reference.ts';

/** A resource of the handbook; `note` says what a chapter lists it for. */
export function resourceReference(resource: Resource, note?: string): Reference {
  const { kind, year } = resource;
  const url = httpsOnly(addressOf(resource));
  return {
    kind,
    title: oneLine(resource.title),
    ...parseCreators(resource.creators),
    ...(year !== undefined && { year }),
    ...addressDetails(url, kind === 'paper'),
    ...(note !== undefined && note !== '' && { note: oneLine(note) }),
  };
}

/** The handbook itself. */
export function handbookReference({ title, subtitle, author, year, url }: Curriculum): Reference {
  const address = httpsOnly(url);
  return {
    kind: 'page',
    title: oneLine(`${title}: ${subtitle}`),
    ...parseCreators(author),
    year,
    ...(address !== undefined && { url: address }),
  };
}

/** A document on the shelf; `resource` is what the handbook knows of it. What was imported with it counts first. */
export function documentReference(document: SavedDocument, resource?: Resource): Reference {
  const { title, kind, creators, address, details = {} } = document;
  const url = document.instead ?? (address === '' ? undefined : address);
  const looked = Math.max(0, ...document.copies.map(({ content, checkedAt }) => checkedAt ?? content?.savedAt ?? 0));
  return {
    ...(resource?.year !== undefined && { year: resource.year }),
    ...parseCreators(creators),
    ...addressDetails(url, kind === 'paper' || kind === 'page'),
    ...(looked > 0 && url !== undefined && { accessed: new Date(looked).toISOString().slice(0, 10) }),
    ...details,
    // A link that is dead helps nobody.
    ...(document.instead !== undefined && { url: document.instead }),
    kind,
    title: oneLine(title),
  };
}

/** What an address alone gives away. */
export function addressDetails(url: string | undefined, isPaper: boolean): Details {
  if (url === undefined) return {};
  const arxiv = arxivId(url);
  const doi = doiIn(url);
  const venue = isPaper ? venueOf(url) : undefined;
  return {
    ...(venue ?? (doi !== undefined && isPaper && { publication: 'journal' })),
    ...(arxiv !== undefined && { arxiv }),
    ...(doi !== undefined && { doi }),
    url,
  };
}

/** The DOI in an address or in what people write for one: "https://doi.org/10.1/x", "doi:10.1/x". */
export function doiIn(text: string): string | undefined {
  return /^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/[^\s?#"<>]+)$/i.exec(text.trim())?.[1];
}

/** Journals and proceedings that an address alone gives away; without one an @article would lack its journal. */
const venues: Readonly<Record<string, { readonly publication: Publication; readonly venue: string }>> = {
  'jmlr.org': { publication: 'journal', venue: 'Journal of Machine Learning Research' },
  'distill.pub': { publication: 'journal', venue: 'Distill' },
  'transformer-circuits.pub': { publication: 'journal', venue: 'Transformer Circuits Thread' },
  'proceedings.neurips.cc': {
    publication: 'proceedings',
    venue: 'Advances in Neural Information Processing Systems',
  },
  'papers.nips.cc': { publication: 'proceedings', venue: 'Advances in Neural Information Processing Systems' },
  'proceedings.mlr.press': { publication: 'proceedings', venue: 'Proceedings of Machine Learning Research' },
};

function venueOf(url: string): Pick<Details, 'publication' | 'venue'> | undefined {
  const host = /^https:\/\/(?:www\.)?([^/:?#]+)/.exec(url)?.[1] ?? '';
  return Object.hasOwn(venues, host) ? venues[host] : undefined;
}
