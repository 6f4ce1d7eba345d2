// References out of CSL-JSON, by whomever it was written.

import { arxivId } from '../../resourceLinks.ts';
import type { DocumentKind } from '../documentKind.ts';
import { cleanLine, isRecord, parseDetails } from './details.ts';
import { doiIn } from './describe.ts';
import { kindNamed } from './kindNames.ts';
import type { Creator, Publication, Reference } from './reference.ts';

/** What one item says; undefined if it has no title. */
export function referenceFromCsl(item: unknown): Reference | undefined {
  if (!isRecord(item)) return undefined;
  const title = plain(item['title']);
  if (title === undefined) return undefined;
  const { kind, publication } = typeOf(item);
  const { creators, others } = creatorsOf(item['author'] ?? item['editor'] ?? item['director']);
  const doi = doiIn(cleanLine(item['DOI']) ?? '');
  const url = cleanLine(item['URL'], 4096);
  const arxiv = arxivOf(item, doi, url);
  const ofArxiv = doi !== undefined && /^10\.48550\/arxiv\./i.test(doi);
  const note = plain(item['note'], 20_000);
  return {
    kind,
    title,
    ...parseDetails({
      key: cleanLine(item['citation-key'] ?? item['citation-label'] ?? item['id'] ?? ''),
      creators,
      others,
      year: yearOf(item['issued']),
      publication,
      venue: plain(item['container-title']),
      publisher: plain(item['publisher']),
      // arXiv gives its preprints a DOI that says what their number says.
      doi: ofArxiv ? undefined : doi,
      arxiv: arxiv?.id,
      arxivClass: arxiv?.subject,
      url,
      accessed: dateOf(item['accessed']),
      abstract: plain(item['abstract'], 20_000),
      note: note !== undefined && isArxivNote(note) ? undefined : note,
    }),
  };
}

function typeOf(item: Readonly<Record<string, unknown>>): { kind: DocumentKind; publication?: Publication } {
  const said = kindNamed(cleanLine(item['genre']) ?? cleanLine(item['medium']));
  switch (item['type']) {
    case 'article-journal':
    case 'article-magazine':
    case 'article-newspaper':
      return { kind: 'paper', publication: 'journal' };
    case 'paper-conference':
      return { kind: 'paper', publication: 'proceedings' };
    case 'thesis':
      return { kind: 'paper', publication: 'thesis' };
    case 'report':
      return { kind: 'paper', publication: 'report' };
    case 'article':
    case 'manuscript':
    case 'preprint':
      return { kind: said ?? 'paper' };
    case 'book':
      return { kind: 'book' };
    case 'chapter':
      return { kind: 'book-chapter' };
    case 'post-weblog':
      return { kind: said ?? 'blog' };
    case 'post':
      return { kind: said ?? 'discussion' };
    case 'motion_picture':
    case 'broadcast':
    case 'video':
      return { kind: said ?? 'video' };
    case 'speech':
      return { kind: said ?? 'talk' };
    case 'software':
      return { kind: said ?? 'tool' };
    default:
      return { kind: said ?? 'page' };
  }
}

function creatorsOf(value: unknown): { creators: Creator[]; others?: true } {
  const names = Array.isArray(value) ? (value as unknown[]) : [];
  const others = names.some(isOthers);
  const creators = names.flatMap((name): Creator[] => {
    if (!isRecord(name) || isOthers(name)) return [];
    const part = (field: string): string | undefined => plain(name[field], 300);
    const [literal, family, given, suffix] = [part('literal'), part('family'), part('given'), part('suffix')];
    const particles = [part('dropping-particle'), part('non-dropping-particle')].filter((each) => each !== undefined);
    if (literal !== undefined) return [{ name: literal }];
    if (family === undefined) return given === undefined ? [] : [{ name: given }];
    const whole = [...particles, family].join(' ');
    if (given === undefined && suffix === undefined) return [{ name: whole }];
    return [{ family: whole, ...(given !== undefined && { given }), ...(suffix !== undefined && { suffix }) }];
  });
  return { creators, ...(others && { others }) };
}

/** "and others", as the formats pass it on. */
function isOthers(name: unknown): boolean {
  return isRecord(name) && (name['literal'] ?? name['family']) === 'others';
}

function partsOf(value: unknown): readonly number[] {
  if (!isRecord(value)) return [];
  const parts = value['date-parts'];
  const first: unknown = Array.isArray(parts) ? parts[0] : undefined;
  if (Array.isArray(first)) return first.map(Number).filter((part) => Number.isInteger(part));
  const text = cleanLine(value['raw'] ?? value['literal']) ?? '';
  const found = /(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?/.exec(text);
  return found ? found.slice(1).filter(Boolean).map(Number) : [];
}

function yearOf(value: unknown): number | undefined {
  return partsOf(value)[0];
}

function dateOf(value: unknown): string | undefined {
  const parts = partsOf(value).slice(0, 3);
  return parts.length === 0 ? undefined : parts.map((part) => String(part).padStart(2, '0')).join('-');
}

const arxivNote = /^\s*arXiv:\s*(\S+?)(?:v\d+)?(?:\s*\[([^\]]+)\])?\s*$/i;

function isArxivNote(note: string): boolean {
  return arxivNote.test(note);
}

/** The number of a preprint, wherever it stands: in the number, the note, the DOI or the address. */
function arxivOf(
  item: Readonly<Record<string, unknown>>,
  doi: string | undefined,
  url: string | undefined,
): { id: string; subject?: string } | undefined {
  for (const field of ['number', 'note']) {
    const found = arxivNote.exec(cleanLine(item[field]) ?? '');
    const id = found?.[1] === undefined ? undefined : arxivId(`https://arxiv.org/abs/${found[1]}`);
    if (id !== undefined) return { id, ...(found?.[2] !== undefined && { subject: found[2] }) };
  }
  const inDoi = /^10\.48550\/arxiv\.(.+)$/i.exec(doi ?? '')?.[1];
  const id =
    arxivId((url ?? '').replace(/^http:/i, 'https:')) ??
    (inDoi === undefined ? undefined : arxivId(`https://arxiv.org/abs/${inDoi}`));
  return id === undefined ? undefined : { id };
}

/** A text without the markup that CSL allows in it. */
function plain(value: unknown, most?: number): string | undefined {
  const text = cleanLine(value, most);
  return text === undefined
    ? undefined
    : cleanLine(text.replace(/<\/?(?:i|b|sc|sup|sub|span|nc)\b[^<>]*>/gi, ''), most);
}
