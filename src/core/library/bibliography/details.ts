// What is known of a text, checked: it comes from files of anybody's, and from a database that may be damaged.

import { oneLine } from '../../oneLine.ts';
import { arxivId, httpsOnly } from '../../resourceLinks.ts';
import { doiIn } from './describe.ts';
import { isKey } from './citationKey.ts';
import { publications } from './reference.ts';
import type { Creator, Details } from './reference.ts';

/** The longest texts that are kept, in characters. */
const longest = { line: 2000, text: 20_000, creators: 1000 } as const;

/** What of `value` makes sense; the rest is left out. */
export function parseDetails(value: unknown): Details {
  const fields = isRecord(value) ? value : {};
  const line = (name: string, most: number = longest.line): string | undefined => cleanLine(fields[name], most);
  const key = line('key');
  const creators = (Array.isArray(fields['creators']) ? (fields['creators'] as unknown[]) : [])
    .slice(0, longest.creators)
    .flatMap((creator) => parseCreator(creator) ?? []);
  const publication = publications.find((each) => each === fields['publication']);
  const doi = doiIn(line('doi') ?? '');
  const arxiv = arxivId(`https://arxiv.org/abs/${line('arxiv') ?? ''}`);
  const arxivClass = line('arxivClass');
  const url = webAddress(line('url', 4096));
  const accessed = line('accessed');
  const texts = {
    venue: line('venue'),
    publisher: line('publisher'),
    abstract: line('abstract', longest.text),
    note: line('note', longest.text),
  };
  return {
    ...(isKey(key) && { key }),
    ...(creators.length > 0 && { creators }),
    ...(fields['others'] === true && { others: true }),
    ...(isYear(fields['year']) && { year: fields['year'] }),
    ...(publication && { publication }),
    ...(doi !== undefined && { doi }),
    ...(arxiv !== undefined && { arxiv }),
    ...(arxivClass !== undefined && /^[a-z-]+(?:\.[A-Za-z-]+)?$/.test(arxivClass) && { arxivClass }),
    ...(url !== undefined && { url }),
    ...(accessed !== undefined && /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(accessed) && { accessed }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
  };
}

/** The details as they are kept. */
export function detailsJson(details: Details): string | null {
  const kept = parseDetails(details);
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept);
}

/** Kept details, read again; undefined if there are none, or none that make sense. */
export function parseDetailsJson(json: string): Details | undefined {
  if (json === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const details = parseDetails(value);
  return Object.keys(details).length === 0 ? undefined : details;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text on one line and not too long; undefined if there is none. */
export function cleanLine(value: unknown, most: number = longest.line): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const clean = oneLine(String(value).slice(0, most * 2)).slice(0, most);
  return clean === '' ? undefined : clean;
}

/** An address of the web that is safe to write down: https, or http, which is kept and never asked for. */
function webAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = /^http:\/\/(.*)$/i.exec(text);
  if (!plain) return httpsOnly(text);
  return httpsOnly(`https://${plain[1] ?? ''}`)?.replace(/^https/, 'http');
}

function isYear(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1000 && value <= 2999;
}

function parseCreator(value: unknown): Creator | undefined {
  if (!isRecord(value)) return undefined;
  const [name, family, given, suffix] = ['name', 'family', 'given', 'suffix'].map((part) =>
    cleanLine(value[part], 300),
  );
  if (family === undefined) return name === undefined ? undefined : { name };
  return { family, ...(given !== undefined && { given }), ...(suffix !== undefined && { suffix }) };
}
