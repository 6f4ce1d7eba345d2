// By what notes know a saved document: its address, or the fingerprint of a file of the learner's. Not by the id it has on
// the shelf: a document that was removed and saved again, or saved on another machine too, has its notes.

import type { SavedDocument } from '../library/savedDocument.ts';

const prefix = 'saved:';
/** As long as an event may say it. */
const longest = 200;

/** What stands for a document where notes of chapters name their chapter. */
export function documentSubject({ id, address, copies }: Pick<SavedDocument, 'id' | 'address' | 'copies'>): string {
  const hash = copies.find(({ form }) => form === 'main')?.content?.hash;
  const subject = prefix + (address !== '' ? address : hash === undefined ? id : `sha256:${hash}`);
  return subject.length <= longest ? subject : `${prefix}${id}`;
}

/** Whether a note is on a document, not on a chapter. */
export function isDocumentSubject(subject: string): boolean {
  return subject.startsWith(prefix);
}

/** The address of the document, if it is known by that. */
export function addressOfSubject(subject: string): string | undefined {
  const rest = subject.slice(prefix.length);
  return isDocumentSubject(subject) && /^https?:\/\//.test(rest) ? rest : undefined;
}
