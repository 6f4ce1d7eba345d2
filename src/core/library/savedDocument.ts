// What the learner has put on the shelf to be read offline.

import { isFilm } from './address.ts';
import type { CopyForm, WantedCopy } from './address.ts';
import type { Details } from './bibliography/reference.ts';
import type { DocumentKind } from './documentKind.ts';
import type { ExtractProblem } from './documentText.ts';
import type { Failure } from './failure.ts';
import type { ContentType } from './sniff.ts';

/** A document comes from the handbook's list, from an address or a bibliography of the learner's own, or from a file of theirs. */
export const origins = ['resource', 'address', 'file'] as const;
export type Origin = (typeof origins)[number];

/** Bytes that are kept, under the name of their hash. */
export interface SavedContent {
  /** SHA-256, in lower-case hexadecimal digits. */
  readonly hash: string;
  readonly type: ContentType;
  readonly bytes: number;
  /** The encoding that the server named, for web pages that don't say it themselves. */
  readonly charset?: string;
  readonly savedAt: number;
}

export const copyStates = ['queued', 'fetching', 'resting', 'absent', 'dropped'] as const;
/**
 * - `queued`, `fetching`: it is wanted, and there may be an older content all the while.
 * - `resting`: fetched or failed.
 * - `absent`: the server has no such form of the document, and need not.
 * - `dropped`: was removed to make room; it can be fetched again.
 */
export type CopyState = (typeof copyStates)[number];

/** One form of a document: the paper's PDF, the same as a web page, the transcript of a film. */
export interface SavedCopy {
  readonly form: CopyForm;
  /** Empty for what came from a file. */
  readonly address: string;
  readonly optional: boolean;
  readonly state: CopyState;
  readonly content?: SavedContent;
  /** When the server last said that this is how it is. */
  readonly checkedAt?: number;
  /** What went wrong at the last try; there may be a content from an earlier one. */
  readonly failure?: Failure;
  /** How far it has come, while it is fetched. */
  readonly done: number;
  readonly total?: number;
  /** The hash of the content that has been read into the search; another one isn't searched yet. */
  readonly indexed?: string;
  /** Why the content can't be read into the search. */
  readonly problem?: ExtractProblem;
  readonly pages?: number;
}

export interface SavedDocument {
  readonly id: string;
  /** Empty for a file, and for an entry of a bibliography that names none. No two documents have the same. */
  readonly address: string;
  /** The address that the learner chose in place of that one, which is dead. */
  readonly instead?: string;
  readonly title: string;
  readonly creators: string;
  readonly kind: DocumentKind;
  readonly origin: Origin;
  readonly minutes: number;
  readonly addedAt: number;
  readonly readAt?: number;
  /** What a bibliography says of it. */
  readonly details?: Details;
  readonly copies: readonly SavedCopy[];
}

/** What is to be put on the shelf. */
export interface NewDocument {
  /** Empty for what has none. */
  readonly address: string;
  readonly title: string;
  readonly creators: string;
  readonly kind: DocumentKind;
  readonly origin: Origin;
  readonly minutes: number;
  readonly details?: Details;
  /** What is to be fetched; none of what is only listed. */
  readonly copies: readonly WantedCopy[];
}

/**
 * A document in one word: `link` has nothing to fetch, `listed` wasn't asked for yet, `checking` has a content that is looked
 * after.
 */
export type DocumentState =
  'link' | 'listed' | 'queued' | 'fetching' | 'checking' | 'fetched' | 'indexed' | 'failed' | 'dropped';

export function documentState({ address, copies }: SavedDocument): DocumentState {
  if (copies.length === 0) return isFilm(address) ? 'link' : 'listed';
  const kept = copies.filter(({ content }) => content);
  const busy = copies.find(({ state }) => state === 'fetching') ?? copies.find(({ state }) => state === 'queued');
  const missing = copies.find(({ content, optional }) => !content && !optional);
  if (busy && !missing && kept.length > 0) return 'checking';
  if (busy) return busy.state === 'fetching' ? 'fetching' : 'queued';
  if (missing) return missing.state === 'dropped' ? 'dropped' : 'failed';
  if (kept.length === 0) return 'link';
  // A paper whose PDF can't be read is found by its page.
  const read = kept.filter(({ content, indexed }) => content?.hash === indexed);
  return read.length > 0 && kept.every((copy) => copy.problem ?? read.includes(copy)) ? 'indexed' : 'fetched';
}

/** What went wrong with the document at the last try, if anything did that matters. */
export function documentFailure({ copies }: SavedDocument): Failure | undefined {
  return copies.find(({ failure, optional, content }) => failure && (!optional || content))?.failure;
}

/** Why nothing of the document is found by the search; undefined if something is, or may still be. */
export function documentProblem({ copies }: SavedDocument): ExtractProblem | undefined {
  const kept = copies.filter(({ content }) => content);
  return kept.every(({ problem }) => problem) ? kept[0]?.problem : undefined;
}

/** Where the document is to be had now; empty if it has no address. */
export function presentAddress({ address, instead }: SavedDocument): string {
  return instead ?? address;
}

/** How much the document takes on the disk. */
export function documentBytes({ copies }: SavedDocument): number {
  return copies.reduce((sum, { content }) => sum + (content?.bytes ?? 0), 0);
}
