// What taking in a bibliography comes to, told before anything is changed.

import type { AddressRules, SavedAs } from '../address.ts';
import { isFilm } from '../address.ts';
import type { NewDocument, SavedDocument } from '../savedDocument.ts';
import { creatorsLine } from './creators.ts';
import { documentReference } from './describe.ts';
import type { Reference } from './reference.ts';
import { findSame, whereItIs } from './sameText.ts';

/** A reference as it was read: with the files of this machine that the reference manager keeps beside it. */
export type FoundReference = Reference & { readonly files: readonly string[] };

export interface PlannedReference {
  readonly reference: FoundReference;
  /** Where it can be saved from; undefined if it names no address that is fetched. */
  readonly as?: SavedAs;
  /** The document that is about the same text. */
  readonly there?: SavedDocument;
}

/** Each text once: `again` counts the entries that say the same as one before. */
export interface ImportPlan {
  readonly entries: readonly PlannedReference[];
  readonly again: number;
}

/** Plans an import bit by bit: of ten thousand entries all at once would keep everybody else waiting. */
export interface ImportPlanner {
  readonly add: (references: readonly FoundReference[]) => void;
  /** What was added so far comes to. */
  readonly plan: () => ImportPlan;
}

export function planImport(documents: readonly SavedDocument[], rules: AddressRules): ImportPlanner {
  const shelf = findSame(documents, (document) => documentReference(document));
  const byAddress = new Map(documents.map((document) => [document.address, document]));
  const seen = findSame<FoundReference>([], (one) => one);
  const addresses = new Set<string | undefined>();
  const entries: PlannedReference[] = [];
  let again = 0;
  const add = (reference: FoundReference): void => {
    const as = whereItIs(reference, rules);
    if (seen.find(reference) ?? addresses.has(as?.address)) {
      again++;
      return;
    }
    seen.add(reference);
    if (as) addresses.add(as.address);
    const there = (as && byAddress.get(as.address)) ?? shelf.find(reference);
    entries.push({ reference, ...(as && { as }), ...(there && { there }) });
  };
  return {
    add: (references) => {
      references.forEach(add);
    },
    plan: () => ({ entries, again }),
  };
}

/** The document that an entry becomes. Nothing of it is fetched before the learner asks for it. */
export function importedDocument({ reference, as }: PlannedReference): NewDocument {
  const { kind, title, files: _files, ...details } = reference;
  return {
    address: as?.address ?? '',
    title,
    creators: creatorsLine(details),
    kind,
    origin: 'address',
    minutes: 0,
    copies: [],
    details,
  };
}

/** Whether there is something to fetch: films are kept as links. */
export function canBeSaved({ as }: PlannedReference): boolean {
  return as !== undefined && !isFilm(as.address);
}
