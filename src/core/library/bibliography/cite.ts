// What is written into a bibliography: each text with the key that it has everywhere.

import { addressOf } from '../../curriculum.ts';
import type { Curriculum, Resource } from '../../curriculum.ts';
import { savedAs } from '../address.ts';
import type { SavedDocument } from '../savedDocument.ts';
import { citationKeys, handbookKey, resourceKeys } from './citationKey.ts';
import { documentReference, handbookReference, resourceReference } from './describe.ts';
import type { KeyedReference } from './reference.ts';

/** Resources of the handbook, in that order; `notes` says, by id, what a chapter lists them for. */
export function citeResources(
  curriculum: Curriculum,
  resources: readonly Resource[],
  notes: ReadonlyMap<string, string> = new Map(),
): KeyedReference[] {
  const keys = resourceKeys(curriculum);
  return resources.map((resource) => ({
    ...resourceReference(resource, notes.get(resource.id)),
    key: keys.get(resource.id) ?? resource.id,
  }));
}

/** The handbook and every resource it links to, in reading order. */
export function citeHandbook(curriculum: Curriculum): KeyedReference[] {
  const listed = curriculum.sections.flatMap((section) => [
    ...section.resources,
    ...section.chapterIds.flatMap((id) => curriculum.chapters[id]?.resources ?? []),
  ]);
  const ids = new Set([...listed.map((one) => one.resourceId), ...Object.keys(curriculum.resources).sort()]);
  const resources = [...ids].flatMap((id) => curriculum.resources[id] ?? []);
  return [{ ...handbookReference(curriculum), key: handbookKey }, ...citeResources(curriculum, resources)];
}

/** The documents of the shelf, all of them, by id: keys are given so that no two of them have the same. */
export function citeDocuments(
  documents: readonly SavedDocument[],
  curriculum: Curriculum,
): ReadonlyMap<string, KeyedReference> {
  const keys = resourceKeys(curriculum);
  const resources = new Map(
    Object.values(curriculum.resources).map((resource) => [savedAs(addressOf(resource))?.address, resource]),
  );
  // What was there first has the plainer key.
  const oldestFirst = documents.toSorted((a, b) => a.addedAt - b.addedAt);
  const references = oldestFirst.map((document) => {
    const resource = document.address === '' ? undefined : resources.get(document.address);
    const reference = documentReference(document, resource);
    const key = reference.key ?? (resource && keys.get(resource.id));
    return { ...reference, ...(key !== undefined && { key }) };
  });
  const own = new Set(references.flatMap(({ key }) => key ?? []));
  const given = citationKeys(
    references,
    [handbookKey, ...keys.values()].filter((key) => !own.has(key)),
  );
  return new Map(
    oldestFirst.flatMap(({ id }, at) => {
      const [reference, key] = [references[at], given[at]];
      return reference && key !== undefined ? [[id, { ...reference, key }] as const] : [];
    }),
  );
}
