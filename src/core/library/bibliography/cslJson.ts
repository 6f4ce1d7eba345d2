// Entries as CSL-JSON, the form in which Zotero and most others keep them.

import { kindName } from './kindNames.ts';
import type { Creator, KeyedReference } from './reference.ts';

/** All entries, as one file. */
export function cslJson(references: readonly KeyedReference[]): string {
  return `${JSON.stringify(references.map(cslItem), null, 2)}\n`;
}

function cslItem(reference: KeyedReference): Readonly<Record<string, unknown>> {
  const { kind, creators = [], others, year, accessed, arxiv, arxivClass } = reference;
  const names = [...creators.map(cslName), ...(others ? [{ literal: 'others' }] : [])];
  const said = {
    id: reference.key,
    'citation-key': reference.key,
    type: cslType(reference),
    title: reference.title,
    author: names.length > 0 ? names : undefined,
    issued: year === undefined ? undefined : { 'date-parts': [[year]] },
    'container-title': reference.venue,
    publisher: reference.publisher,
    genre: kind === 'paper' ? undefined : kindName(kind),
    DOI: reference.doi,
    archive: arxiv === undefined ? undefined : 'arXiv',
    // Zotero calls the number of a preprint so.
    number: arxiv === undefined ? undefined : `arXiv:${arxiv}${arxivClass === undefined ? '' : ` [${arxivClass}]`}`,
    URL: reference.url,
    accessed: accessed === undefined ? undefined : { 'date-parts': [accessed.split('-').map(Number)] },
    abstract: reference.abstract,
    note: reference.note,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function cslName(creator: Creator): Readonly<Record<string, string>> {
  if ('name' in creator) return { literal: creator.name };
  const { family, given, suffix } = creator;
  return { family, ...(given !== undefined && { given }), ...(suffix !== undefined && { suffix }) };
}

function cslType({ kind, publication }: KeyedReference): string {
  switch (publication) {
    case 'journal':
      return 'article-journal';
    case 'proceedings':
      return 'paper-conference';
    case 'thesis':
      return 'thesis';
    case 'report':
      return 'report';
    case undefined:
  }
  switch (kind) {
    case 'paper':
      return 'article';
    case 'book':
      return 'book';
    case 'book-chapter':
      return 'chapter';
    case 'blog':
      return 'post-weblog';
    case 'discussion':
      return 'post';
    case 'video':
    case 'video-series':
      return 'motion_picture';
    case 'slides':
    case 'talk':
      return 'speech';
    case 'tool':
      return 'software';
    case 'file':
      return 'document';
    case 'article':
    case 'benchmark':
    case 'course':
    case 'docs':
    case 'lecture-notes':
    case 'page':
      return 'webpage';
  }
}
