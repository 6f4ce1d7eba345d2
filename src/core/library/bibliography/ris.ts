// Entries as RIS: a line for each fact, two letters before it.

import { kindName } from './kindNames.ts';
import { oneLine } from '../../oneLine.ts';
import type { Creator, KeyedReference } from './reference.ts';

/** One entry. */
export function ris(reference: KeyedReference): string {
  const { kind, title, creators = [], others, year, venue, publisher, doi, arxiv, url, accessed } = reference;
  const type = risType(reference);
  const lines: (readonly [string, string | undefined])[] = [
    ['TY', type],
    ['ID', reference.key],
    ['TI', title],
    ...creators.map((creator) => ['AU', authorName(creator)] as const),
    ...(others ? [['AU', 'others'] as const] : []),
    ['PY', year?.toString()],
    ['T2', venue],
    ['PB', publisher],
    ['M3', kind === 'paper' ? undefined : kindName(kind)],
    ['DO', doi],
    ['AN', arxiv === undefined ? undefined : `arXiv:${arxiv}`],
    ['UR', url],
    ['Y2', accessed?.replaceAll('-', '/')],
    ['AB', reference.abstract],
    ['N1', reference.note],
  ];
  const written = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}\r\n`] : []));
  return `${written.join('')}ER  - \r\n`;
}

function risType({ kind, publication }: KeyedReference): string {
  switch (publication) {
    case 'journal':
      return 'JOUR';
    case 'proceedings':
      return 'CONF';
    case 'thesis':
      return 'THES';
    case 'report':
      return 'RPRT';
    case undefined:
  }
  switch (kind) {
    case 'paper':
      return 'UNPB';
    case 'book':
      return 'BOOK';
    case 'book-chapter':
      return 'CHAP';
    case 'blog':
      return 'BLOG';
    case 'video':
    case 'video-series':
      return 'VIDEO';
    case 'tool':
      return 'COMP';
    case 'slides':
      return 'SLIDE';
    case 'file':
      return 'GEN';
    case 'article':
    case 'benchmark':
    case 'course':
    case 'discussion':
    case 'docs':
    case 'lecture-notes':
    case 'page':
    case 'talk':
      return 'ELEC';
  }
}

function authorName(creator: Creator): string {
  if ('name' in creator) return creator.name;
  return [creator.family, creator.given, creator.suffix].filter((part) => part !== undefined).join(', ');
}
