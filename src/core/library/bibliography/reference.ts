// An entry of a bibliography, whatever format it is written in or came from.

import type { DocumentKind } from '../documentKind.ts';

/** A person by the parts of the name, or an organisation as it writes itself. */
export type Creator = Person | { readonly name: string };

export interface Person {
  /** With its particle: "von Werra". */
  readonly family: string;
  readonly given?: string;
  /** "Jr", "III". */
  readonly suffix?: string;
}

export const publications = ['journal', 'proceedings', 'thesis', 'report'] as const;
/** Where a paper came out, for papers of which that is known. */
export type Publication = (typeof publications)[number];

/** What is known of a text beyond its title and kind. Every text is plain, on one line. */
export interface Details {
  /** By which it is cited. */
  readonly key?: string;
  readonly creators?: readonly Creator[];
  /** There are more creators than those. */
  readonly others?: true;
  readonly year?: number;
  readonly publication?: Publication;
  /** The journal, the proceedings, the book that a chapter stands in. */
  readonly venue?: string;
  readonly publisher?: string;
  /** Without "https://doi.org/". */
  readonly doi?: string;
  /** Without its version: "2205.14135". */
  readonly arxiv?: string;
  /** "cs.LG". */
  readonly arxivClass?: string;
  readonly url?: string;
  /** When the address was last looked at: "2026-11-29". */
  readonly accessed?: string;
  readonly abstract?: string;
  readonly note?: string;
}

export interface Reference extends Details {
  readonly kind: DocumentKind;
  readonly title: string;
}

/** A reference with the key it is cited by. */
export type KeyedReference = Reference & { readonly key: string };
