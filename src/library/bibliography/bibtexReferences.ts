// BibTeX → references. citation-js knows LaTeX's accents and BibTeX's names; it gives up a whole file for one slip, so each
// entry is read by itself, and a field that it can't read is read as plainly as possible.

import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { attachedFiles } from '../../core/library/bibliography/attachedFiles.ts';
import { splitBibtex } from '../../core/library/bibliography/bibtexEntries.ts';
import type { BibtexEntry } from '../../core/library/bibliography/bibtexEntries.ts';
import { referenceFromCsl } from '../../core/library/bibliography/cslReference.ts';
import { isRecord } from '../../core/library/bibliography/details.ts';
import type { FoundReference } from '../../core/library/bibliography/importPlan.ts';
import { kindNamed } from '../../core/library/bibliography/kindNames.ts';
import type { EntryProblem, ReadBibliography } from './readingTask.ts';

interface RawEntry {
  readonly type: string;
  readonly label: string;
  readonly properties: Readonly<Record<string, string | number>>;
}

/** What citation-js is asked about; of the rest we take nothing, or take it as it stands. */
const understood = new Set(
  'title author editor year date month journal journaltitle booktitle publisher school institution organization abstract doi url urldate note type'.split(
    ' ',
  ),
);

/** Every entry of the file. */
export function bibtexReferences(text: string): ReadBibliography {
  const references: FoundReference[] = [];
  const problems: EntryProblem[] = [];
  const entries = splitBibtex(text);
  const strings = entries.filter(({ type, finished }) => type === 'string' && finished);
  const names = strings.map((entry) => /[{(]\s*([^\s=]+)/.exec(entry.text)?.[1]?.toLowerCase() ?? '');
  for (const entry of entries) {
    if (entry.type === 'string') continue;
    const outcome = entry.finished ? readEntry(entry, definitionsFor(entry)) : 'unfinished';
    if (typeof outcome === 'string') problems.push({ line: entry.line, reason: outcome });
    else references.push(outcome);
  }
  return { references, problems };

  /** The abbreviations that an entry uses: all of them before each of ten thousand would take minutes. */
  function definitionsFor({ text: entry }: BibtexEntry): string {
    if (strings.length === 0) return '';
    const used = new Set([...entry.matchAll(/[=#]\s*([A-Za-z][\w:-]*)/g)].map(([, name]) => name?.toLowerCase()));
    // One abbreviation may be made of others.
    if (!names.some((name) => used.has(name))) return '';
    return strings.map((each) => each.text).join('\n');
  }
}

function readEntry(entry: BibtexEntry, definitions: string): FoundReference | EntryProblem['reason'] {
  const raw = rawEntry(`${definitions}\n${entry.text}`) ?? rawEntry(`${definitions}\n${withoutPercents(entry.text)}`);
  if (!raw) return 'unreadable';
  const { properties } = raw;
  const said = (name: string): string | undefined => {
    const value = properties[name];
    return value === undefined ? undefined : String(value);
  };
  const csl = cslOf(raw);
  const eprint = said('eprint')?.replace(/^arxiv:/i, '');
  const isArxiv = /^arxiv$/i.test(said('archiveprefix') ?? said('eprinttype') ?? (eprint === undefined ? '' : 'arxiv'));
  const subject = said('primaryclass') ?? said('eprintclass');
  const reference = referenceFromCsl({
    ...csl,
    // A key of BibTeX is a name, whatever else looks like one.
    'citation-key': raw.label,
    ...(isArxiv &&
      eprint !== undefined && { number: `arXiv:${eprint}${subject === undefined ? '' : ` [${subject}]`}` }),
  });
  if (!reference) return 'no-title';
  const kind =
    kindNamed(said('howpublished')) ??
    (raw.type === 'misc' && reference.arxiv !== undefined ? 'paper' : reference.kind);
  const file = said('file');
  return { ...reference, kind, files: file === undefined ? [] : attachedFiles(file) };
}

function rawEntry(text: string): RawEntry | undefined {
  try {
    return plugins.input.data(text, '@biblatex/text').at(-1);
  } catch {
    return undefined;
  }
}

/** A comment within an entry is one to some programs, and a spoilt entry to others. */
function withoutPercents(text: string): string {
  return text.replace(/(^|\n)[ \t]*%[^\n]*/g, '$1');
}

/** The entry as CSL-JSON; a field that can't be understood is taken without its LaTeX. */
function cslOf({ type, label, properties }: RawEntry): Readonly<Record<string, unknown>> {
  const known = Object.entries(properties)
    .filter(([name]) => understood.has(name))
    .map(([name, value]) => [name, spelled(String(value))] as const);
  const whole = understand(type, label, known);
  if (whole) return whole;
  const mended = known.map(([name, value]) => {
    const lone = understand(type, label, [[name, value]]) ? value : value.replace(/(?<!\\)\$/g, '\\$');
    return [name, understand(type, label, [[name, lone]]) ? lone : lone.replace(/[\\{}$]/g, '')] as const;
  });
  return understand(type, label, mended) ?? { type, title: String(properties['title'] ?? '') };
}

function understand(
  type: string,
  label: string,
  properties: readonly (readonly [string, string])[],
): Readonly<Record<string, unknown>> | undefined {
  try {
    const entry = { type, label, properties: Object.fromEntries(properties), annotations: {} };
    const found: unknown = plugins.input.data([entry], '@biblatex/entries+list');
    const first: unknown = Array.isArray(found) ? found[0] : undefined;
    return isRecord(first) ? first : undefined;
  } catch {
    return undefined;
  }
}

/** Letters that citation-js doesn't know by their names; and an i under an accent has no dot to begin with. */
function spelled(text: string): string {
  const dotted = text.replace(/(\\["'`^~=.uv]\s*\{?)\\([ij])(?![A-Za-z])/g, '$1$2');
  return dotted.replace(/\\(AA|aa)(?![A-Za-z])\s*(?:\{\})?/g, (_whole, name: string) => (name === 'AA' ? 'Å' : 'å'));
}
