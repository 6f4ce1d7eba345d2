// What a resource's address is good for: the gate for outgoing addresses, arXiv's three faces of a paper, and the forms
// in which a resource is copied: a Markdown link, a BibTeX entry, a file name.

import { addressOf, type Curriculum, type Resource, type ResourceKind } from './curriculum.ts';
import { latexText } from './latexText.ts';

/**
 * The gate through which every outgoing address goes: the address with scheme and host in lower case, or undefined
 * unless it is plain https to a public host name. What browsers repair silently (backslashes, whitespace, control and
 * invisible characters) is refused, so that what the learner reads is where the browser goes; so are credentials, IP
 * addresses and names of the local network.
 */
export function httpsOnly(url: string): string | undefined {
  if (url.length > 4096 || /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\\"<>]/u.test(url)) return undefined;
  const parts = /^https:\/\/([^/?#]+)(.*)$/i.exec(url);
  const authority = parts?.[1]?.toLowerCase();
  if (authority === undefined || !isPublicAuthority(authority)) return undefined;
  return `https://${authority}${parts?.[2] ?? ''}`;
}

function isPublicAuthority(authority: string): boolean {
  const parts = /^([^:]{1,253})(?::(\d{1,5}))?$/.exec(authority);
  if (!parts?.[1]) return false;
  if (parts[2] !== undefined && (Number(parts[2]) < 1 || Number(parts[2]) > 65535)) return false;
  const labels = parts[1].split('.');
  const last = labels.at(-1) ?? '';
  return (
    labels.length > 1 &&
    labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
    // A name that ends in a number is an IP address to a browser, in whatever base.
    /^[a-z]/.test(last) &&
    !['localhost', 'local', 'internal'].includes(last)
  );
}

interface ArxivPaper {
  readonly id: string;
  /** "v2", or empty. */
  readonly version: string;
}

const arxivAddress =
  /^https:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html|format|src|e-print)\/(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d\d(?:0[1-9]|1[0-2])\d{3})(v[1-9]\d?)?(?:\.pdf)?\/?(?:[?#].*)?$/;

function arxivPaper(url: string): ArxivPaper | undefined {
  const found = arxivAddress.exec(httpsOnly(url) ?? '');
  return found?.[1] ? { id: found[1], version: found[2] ?? '' } : undefined;
}

/** The arXiv identifier in an address, without its version: "2205.14135", or "cs/0112017" before 2007. */
export function arxivId(url: string): string | undefined {
  return arxivPaper(url)?.id;
}

export interface ArxivAddresses {
  readonly abstract: string;
  readonly pdf: string;
  /** arXiv makes it for papers since December 2023 and for some older ones; elsewhere it answers "not found". */
  readonly html: string;
}

/** The three addresses of an arXiv paper, of the version that `url` names, if it names one. */
export function arxivAddresses(url: string): ArxivAddresses | undefined {
  const paper = arxivPaper(url);
  if (!paper) return undefined;
  const name = `${paper.id}${paper.version}`;
  return {
    abstract: `https://arxiv.org/abs/${name}`,
    pdf: `https://arxiv.org/pdf/${name}`,
    html: `https://arxiv.org/html/${name}`,
  };
}

/** `[title](address)`, safe to paste into any Markdown; the title alone if the address isn't one we let out. */
export function markdownLink(resource: Resource): string {
  const title = oneLine(resource.title).replace(/[\\`*_[\]<>&$~|]/g, '\\$&');
  const url = httpsOnly(addressOf(resource))?.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  return url === undefined ? title : `[${title}](${url})`;
}

/** The BibTeX entry of a resource. Its key is the resource's id, which never changes. */
export function bibtex(resource: Resource): string {
  const url = httpsOnly(addressOf(resource));
  const arxiv = arxivId(addressOf(resource));
  const doi = /^https:\/\/(?:dx\.)?doi\.org\/(10\.\d+\/[^?#]+)$/.exec(url ?? '')?.[1];
  const venue = resource.kind === 'paper' ? venueOf(url ?? '') : undefined;
  const type = venue?.type ?? (doi !== undefined && resource.kind === 'paper' ? 'article' : entryTypes[resource.kind]);
  const published = howPublished[resource.kind];
  return entry(type, resource.id, {
    // The second pair of braces keeps the capitals of names and acronyms.
    title: `{${latexText(oneLine(resource.title))}}`,
    author: authors(resource.creators),
    year: resource.year?.toString(),
    ...(venue && { [venue.type === 'article' ? 'journal' : 'booktitle']: latexText(venue.name) }),
    ...(type === 'misc' && arxiv === undefined && published !== undefined && { howpublished: published }),
    ...(arxiv !== undefined && { eprint: arxiv, archivePrefix: 'arXiv' }),
    doi: doi === undefined ? undefined : bareField(doi),
    url: url === undefined ? undefined : bareField(url),
  });
}

/** A bibliography of the handbook and of every resource it links to, in reading order. */
export function handbookBibtex(curriculum: Curriculum): string {
  const listed = curriculum.sections.flatMap((section) => [
    ...section.resources,
    ...section.chapterIds.flatMap((id) => curriculum.chapters[id]?.resources ?? []),
  ]);
  const ids = new Set([...listed.map((one) => one.resourceId), ...Object.keys(curriculum.resources).sort()]);
  const handbook = entry('misc', 'the-handbook', {
    title: `{${latexText(oneLine(`${curriculum.title}: ${curriculum.subtitle}`))}}`,
    author: authors(curriculum.author),
    year: curriculum.year.toString(),
    url: bareField(httpsOnly(curriculum.url) ?? ''),
  });
  return [handbook, ...[...ids].flatMap((id) => curriculum.resources[id] ?? []).map(bibtex)].join('\n');
}

type EntryType = 'article' | 'book' | 'inbook' | 'inproceedings' | 'misc';

const entryTypes: Readonly<Record<ResourceKind, EntryType>> = {
  article: 'misc',
  benchmark: 'misc',
  blog: 'misc',
  book: 'book',
  'book-chapter': 'inbook',
  course: 'misc',
  discussion: 'misc',
  docs: 'misc',
  'lecture-notes': 'misc',
  paper: 'misc',
  slides: 'misc',
  talk: 'misc',
  tool: 'misc',
  video: 'misc',
  'video-series': 'misc',
};

const howPublished: Readonly<Partial<Record<ResourceKind, string>>> = {
  article: 'Online article',
  benchmark: 'Benchmark',
  blog: 'Blog post',
  course: 'Course',
  discussion: 'Online discussion',
  docs: 'Documentation',
  'lecture-notes': 'Lecture notes',
  slides: 'Slides',
  talk: 'Talk',
  tool: 'Software',
  video: 'Video',
  'video-series': 'Video series',
};

interface Venue {
  readonly type: 'article' | 'inproceedings';
  readonly name: string;
}

/** Journals and proceedings that an address alone gives away; without one an @article would lack its journal. */
const venues: Readonly<Record<string, Venue>> = {
  'jmlr.org': { type: 'article', name: 'Journal of Machine Learning Research' },
  'distill.pub': { type: 'article', name: 'Distill' },
  'transformer-circuits.pub': { type: 'article', name: 'Transformer Circuits Thread' },
  'proceedings.neurips.cc': { type: 'inproceedings', name: 'Advances in Neural Information Processing Systems' },
  'papers.nips.cc': { type: 'inproceedings', name: 'Advances in Neural Information Processing Systems' },
  'proceedings.mlr.press': { type: 'inproceedings', name: 'Proceedings of Machine Learning Research' },
};

function venueOf(url: string): Venue | undefined {
  const host = /^https:\/\/(?:www\.)?([^/:?#]+)/.exec(url)?.[1] ?? '';
  return Object.hasOwn(venues, host) ? venues[host] : undefined;
}

function entry(type: EntryType, id: string, fields: Readonly<Record<string, string | undefined>>): string {
  const key = id.replace(/[^A-Za-z0-9:_-]+/g, '-') || 'resource';
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}},\n`] : []));
  return `@${type}{${key},\n${lines.join('')}}\n`;
}

/** Names joined as BibTeX wants them. Separated by ";" where there is one, since "Last, First" has a comma of its own. */
function authors(creators: string): string {
  // Who employs them stands in brackets at the end of a name; "Yuxi (Hayden) Liu" keeps his.
  const bare = oneLine(creators).replace(/\s*\([^()]*\)\s*(?=$|[;,])/g, '');
  const parts = bare
    .split(bare.includes(';') ? ';' : /,(?!\s*(?:Inc|Ltd|LLC|Jr|Sr|II|III)\b)/)
    .map((part) => part.trim());
  const names = parts.map((part) => part.replace(/\s*\bet al\.?$/i, '')).filter((name) => /[\p{L}\p{N}]/u.test(name));
  if (names.length === 0) return '';
  const others = parts.some((part) => /\bet al\.?$/i.test(part));
  return [...names.map(authorName), ...(others ? ['others'] : [])].join(' and ');
}

const organisation =
  /\b(?:AI|TV|Face|University|College|School|Institute|Labs?|Research|Foundation|Team|Group|Project|Safety|Finance|Insider|DeepMind|Sigma|Company|Inc|Ltd|LLC|Press|Learning|Science|at|for|of|the|and|authors|contributors|developers)\b/;

/** BibTeX would take "Hugging Face" for a Mr Face, and "and" for the next author: braces keep an organisation whole. */
function authorName(name: string): string {
  const text = latexText(name);
  return name.includes(' ') && (organisation.test(name) || /\band\b/i.test(name)) ? `{${text}}` : text;
}

/** For fields that are no TeX text but taken letter by letter (url, doi): only what would end the field is encoded. */
function bareField(text: string): string {
  return text.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'));
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
