// What saving some of the handbook's resources for offline comes to, told before anything is fetched.

import { addressOf } from '../curriculum.ts';
import type { Resource, ResourceKind } from '../curriculum.ts';
import { hostOf, savedAs, strictRules } from './address.ts';
import type { AddressRules } from './address.ts';
import type { NewDocument } from './savedDocument.ts';

export interface SavePlan {
  /** To be put on the shelf; films come as links. */
  readonly documents: readonly NewDocument[];
  /** How many of them are to be fetched, and how many are links. */
  readonly fetched: number;
  readonly films: number;
  /** Needs an account or a payment, as far as the handbook knows; left out. */
  readonly closed: readonly Resource[];
  /** How many are on the shelf already. */
  readonly kept: number;
  /** How many addresses are none that we fetch. */
  readonly refused: number;
  /** Roughly, of what is to be fetched. */
  readonly bytes: number;
  /** The servers that will be asked, those with most documents first. */
  readonly hosts: readonly string[];
}

/** Plans the saving of `resources`. `isKept` says whether the document of an address is there already. */
export function planSave(
  resources: readonly Resource[],
  isKept: (address: string) => boolean,
  { includeClosed = false, rules = strictRules }: { includeClosed?: boolean; rules?: AddressRules } = {},
): SavePlan {
  const documents = new Map<string, NewDocument>();
  const closed: Resource[] = [];
  let [kept, refused, bytes] = [0, 0, 0];
  const hosts = new Map<string, number>();
  for (const resource of resources) {
    const as = savedAs(addressOf(resource), rules);
    if (!as) refused++;
    else if (documents.has(as.address)) continue;
    else if (isKept(as.address)) kept++;
    else if (resource.access !== 'free' && as.copies.length > 0 && !includeClosed) closed.push(resource);
    else {
      documents.set(as.address, newDocument(resource, as));
      if (as.copies.length === 0) continue;
      bytes += roughBytes(resource.kind);
      const host = hostOf(as.address);
      hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
  }
  const all = [...documents.values()];
  const films = all.filter(({ copies }) => copies.length === 0).length;
  return {
    documents: all,
    fetched: all.length - films,
    films,
    closed,
    kept,
    refused,
    bytes,
    hosts: [...hosts].sort(([, a], [, b]) => b - a).map(([host]) => host),
  };
}

function newDocument(resource: Resource, as: Pick<NewDocument, 'address' | 'copies'>): NewDocument {
  const { title, creators, kind, minutes } = resource;
  return { address: as.address, copies: as.copies, title, creators, kind, minutes, origin: 'resource' };
}

/** A paper with its figures, in both its forms, has a few megabytes; a page without them a tenth of it. */
function roughBytes(kind: ResourceKind): number {
  switch (kind) {
    case 'paper':
      return 3e6;
    case 'book':
      return 8e6;
    case 'slides':
    case 'lecture-notes':
      return 2e6;
    case 'article':
    case 'benchmark':
    case 'blog':
    case 'book-chapter':
    case 'course':
    case 'discussion':
    case 'docs':
    case 'talk':
    case 'tool':
    case 'video':
    case 'video-series':
      return 3e5;
  }
}
