// The formats in which bibliographies are written.

import { bibtex } from './bibtex.ts';
import { cslJson } from './cslJson.ts';
import { plainCitation } from './plainCitation.ts';
import type { KeyedReference } from './reference.ts';
import { ris } from './ris.ts';

export const bibliographyFormats = ['bibtex', 'ris', 'csl-json'] as const;
export type BibliographyFormat = (typeof bibliographyFormats)[number];

/** The ending of its files, without the dot. */
export const formatEndings: Readonly<Record<BibliographyFormat, string>> = {
  bibtex: 'bib',
  ris: 'ris',
  'csl-json': 'json',
};

/** The entries as the text of a file, or, as `text`, as lines that people read. */
export function writeBibliography(references: readonly KeyedReference[], format: BibliographyFormat | 'text'): string {
  switch (format) {
    case 'bibtex':
      return references.map(bibtex).join('\n');
    case 'ris':
      return references.map(ris).join('\r\n');
    case 'csl-json':
      return cslJson(references);
    case 'text':
      return references.map((reference) => `${plainCitation(reference)}\n`).join('');
  }
}
