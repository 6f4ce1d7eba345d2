// RIS → references.

import { localPaths } from '../../core/library/bibliography/attachedFiles.ts';
import { creatorOf } from '../../core/library/bibliography/creators.ts';
import { referenceFromCsl } from '../../core/library/bibliography/cslReference.ts';
import { splitRis } from '../../core/library/bibliography/risEntries.ts';
import type { RisEntry } from '../../core/library/bibliography/risEntries.ts';
import type { EntryProblem, ReadBibliography } from './readingTask.ts';

/** RIS's types as CSL calls them; what isn't here is a page. */
const types: Readonly<Partial<Record<string, string>>> = {
  JOUR: 'article-journal',
  EJOUR: 'article-journal',
  MGZN: 'article-magazine',
  NEWS: 'article-newspaper',
  CONF: 'paper-conference',
  CPAPER: 'paper-conference',
  THES: 'thesis',
  RPRT: 'report',
  UNPB: 'article',
  INPR: 'article',
  MANSCPT: 'manuscript',
  BOOK: 'book',
  EBOOK: 'book',
  EDBOOK: 'book',
  CHAP: 'chapter',
  ECHAP: 'chapter',
  BLOG: 'post-weblog',
  VIDEO: 'motion_picture',
  MPCT: 'motion_picture',
  COMP: 'software',
  SLIDE: 'speech',
};

/** Every entry of the file. */
export function risReferences(text: string): ReadBibliography {
  const problems: EntryProblem[] = [];
  const references = splitRis(text).flatMap((entry) => {
    const reference = referenceFromCsl(cslOf(entry));
    if (!reference) problems.push({ line: entry.line, reason: 'no-title' });
    const links = ['L1', 'L2', 'L4'].flatMap((tag) => entry.values(tag));
    return reference ? [{ ...reference, files: localPaths(links) }] : [];
  });
  return { references, problems };
}

function cslOf({ values }: RisEntry): Readonly<Record<string, unknown>> {
  const first = (...tags: readonly string[]): string | undefined =>
    tags.flatMap((tag) => values(tag)).find((value) => value !== '');
  const names = ['AU', 'A1'].flatMap((tag) => values(tag)).filter((name) => name !== '');
  const editors = ['ED', 'A2'].flatMap((tag) => values(tag)).filter((name) => name !== '');
  const web = ['UR', 'L1', 'L2'].flatMap((tag) => values(tag)).find((value) => /^https?:\/\//i.test(value));
  return {
    type: types[first('TY') ?? ''] ?? 'webpage',
    id: first('ID', 'LB'),
    title: first('TI', 'T1', 'CT'),
    author: names.length > 0 ? names.map(cslName) : undefined,
    editor: editors.length > 0 ? editors.map(cslName) : undefined,
    issued: { raw: first('PY', 'Y1', 'DA') },
    'container-title': first('T2', 'JF', 'JO', 'BT', 'JA', 'J2'),
    publisher: first('PB'),
    genre: first('M3'),
    DOI: first('DO') ?? first('M3'),
    number: first('AN', 'M1'),
    URL: web,
    accessed: { raw: first('Y2') },
    abstract: first('AB', 'N2'),
    note: first('N1'),
  };
}

/** "Family, Given, Suffix"; a name without a comma as people write it. */
function cslName(name: string): Readonly<Record<string, string>> {
  const [family = '', given = '', suffix = ''] = name.split(',').map((part) => part.trim());
  if (given === '' && suffix === '') {
    const creator = creatorOf(family);
    return 'name' in creator ? { literal: creator.name } : { ...creator };
  }
  return { family, ...(given !== '' && { given }), ...(suffix !== '' && { suffix }) };
}
