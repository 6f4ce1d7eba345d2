// Entries as BibTeX.

import { latexText } from '../../latexText.ts';
import type { DocumentKind } from '../documentKind.ts';
import { kindName } from './kindNames.ts';
import { oneLine } from '../../oneLine.ts';
import type { Creator, KeyedReference } from './reference.ts';

/** One entry. */
export function bibtex(reference: KeyedReference): string {
  const { title, kind, publication, venue, year, arxiv, arxivClass, publisher, doi, url, accessed } = reference;
  const type = entryType(reference);
  const place = type === 'article' ? 'journal' : type === 'book' ? 'series' : 'booktitle';
  const maker = publication === 'thesis' ? 'school' : publication === 'report' ? 'institution' : 'publisher';
  const lines = Object.entries({
    // The second pair of braces keeps the capitals of names and acronyms.
    title: `{${latexText(oneLine(title))}}`,
    author: authors(reference),
    year: year?.toString(),
    [place]: written(venue),
    [maker]: written(publisher),
    howpublished: type === 'misc' && !(kind === 'paper' && arxiv !== undefined) ? kindName(kind) : undefined,
    ...(arxiv !== undefined && { eprint: arxiv, archivePrefix: 'arXiv', primaryClass: arxivClass }),
    doi: bare(doi),
    url: bare(url),
    urldate: accessed,
    abstract: written(reference.abstract),
    note: written(reference.note),
  }).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []));
  return `@${type}{${reference.key},\n${lines.join('')}}\n`;
}

type EntryType = 'article' | 'book' | 'inbook' | 'inproceedings' | 'misc' | 'phdthesis' | 'techreport';

function entryType({ kind, publication }: KeyedReference): EntryType {
  switch (publication) {
    case 'journal':
      return 'article';
    case 'proceedings':
      return 'inproceedings';
    case 'thesis':
      return 'phdthesis';
    case 'report':
      return 'techreport';
    case undefined:
      break;
  }
  return bookTypes[kind] ?? 'misc';
}

const bookTypes: Readonly<Partial<Record<DocumentKind, EntryType>>> = { book: 'book', 'book-chapter': 'inbook' };

function authors({ creators = [], others }: KeyedReference): string {
  return [...creators.map(authorName), ...(others ? ['others'] : [])].join(' and ');
}

/** BibTeX would take "Hugging Face" for a Mr Face, and "and" for the next author: braces keep an organisation whole. */
function authorName(creator: Creator): string {
  if ('name' in creator) {
    const text = latexText(oneLine(creator.name));
    return /^[\p{L}\p{N}]+$/u.test(creator.name) ? text : `{${text}}`;
  }
  const parts = [creator.family, creator.suffix, creator.given].filter((part) => part !== undefined);
  return parts.map((part) => latexText(oneLine(part))).join(', ');
}

function written(text: string | undefined): string | undefined {
  return text === undefined ? undefined : latexText(oneLine(text));
}

/** For fields that are no TeX text but taken letter by letter (url, doi): only what would end the field is encoded. */
function bare(text: string | undefined): string | undefined {
  return text?.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'));
}
