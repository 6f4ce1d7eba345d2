// Anki's text form of notes: one note a line, values separated by a character that the head of the file names.

import type { AnkiNote } from './ankiNote.ts';
import { ankiDeck } from './ankiNote.ts';

const separators: Readonly<Record<string, string>> = {
  tab: '\t',
  comma: ',',
  semicolon: ';',
  colon: ':',
  pipe: '|',
  space: ' ',
};
const mostNotes = 100_000;

/** Writes notes as Anki imports them: File → Import, nothing to set. */
export function writeAnkiText(notes: readonly AnkiNote[]): string {
  const head = [
    '#separator:tab',
    '#html:true',
    '#guid column:1',
    '#notetype column:2',
    '#deck column:3',
    '#tags column:6',
  ];
  const lines = notes.map(({ guid, front, back, tags }) =>
    [guid, 'Basic', ankiDeck, front, back, tags.join(' ')].map(quoted).join('\t'),
  );
  return [...head, ...lines].join('\n') + '\n';
}

function quoted(value: string): string {
  return /["\t\n\r]|^#/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Reads what Anki or we have written; a string says what is wrong. `hash` makes a guid of a question where there is none, so
 * that the same file read twice gives the same cards.
 */
export function readAnkiText(text: string, hash: (text: string) => string): AnkiNote[] | string {
  const { settings, body } = headOf(text.replace(/^\ufeff/, ''));
  const separator = separatorOf(settings.get('separator'), body);
  const rows = rowsOf(body, separator);
  if (typeof rows === 'string') return rows;
  const column = (name: string): number => Number(settings.get(`${name} column`) ?? 0) - 1;
  const [guidAt, tagsAt] = [column('guid'), column('tags')];
  const special = new Set([guidAt, tagsAt, column('notetype'), column('deck')]);
  const isHtml = settings.get('html') !== 'false';
  const everyTag = (settings.get('tags') ?? '').split(' ').filter((tag) => tag !== '');
  const notes = rows.flatMap((row): AnkiNote[] => {
    const [front = '', back = ''] = row
      .filter((_, index) => !special.has(index))
      .map((value) => (isHtml ? value : plainHtml(value)));
    if (front.trim() === '') return [];
    const tags = (row[tagsAt] ?? '').split(/\s+/).filter((tag) => tag !== '');
    return [{ guid: row[guidAt] ?? `text-${hash(front)}`, front, back, tags: [...new Set([...tags, ...everyTag])] }];
  });
  return notes.length > 0 ? notes : 'There are no notes in it: each line should hold a question and an answer.';
}

function headOf(text: string): { readonly settings: ReadonlyMap<string, string>; readonly body: string } {
  const settings = new Map<string, string>();
  let rest = text;
  for (let line = /^#([^\n]*)\n?/.exec(rest); line; line = /^#([^\n]*)\n?/.exec(rest)) {
    const [, name, value] = /^([a-z ]+):(.*?)\r?$/i.exec(line[1] ?? '') ?? [];
    if (name !== undefined && value !== undefined) settings.set(name.trim().toLowerCase(), value.trim());
    rest = rest.slice(line[0].length);
  }
  return { settings, body: rest };
}

function separatorOf(named: string | undefined, body: string): string {
  if (named !== undefined) return separators[named.toLowerCase()] ?? (named.length === 1 ? named : '\t');
  const [line = ''] = body.split('\n', 1);
  return ['\t', ';', ','].find((one) => line.includes(one)) ?? '\t';
}

/** Rows of values, with quotation marks as in CSV. */
function rowsOf(text: string, separator: string): string[][] | string {
  const rows: string[][] = [];
  let row: string[] = [];
  const endRow = (): void => {
    if (row.some((value) => value.trim() !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length;) {
    if (rows.length > mostNotes) return `It holds more than ${mostNotes} notes.`;
    let value: string;
    if (text.startsWith('"', at)) {
      const close = closingMark(text, at + 1);
      if (close < 0) return 'A quotation mark isn’t closed: the file seems to be cut short.';
      value = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      // What follows a closing mark belongs to the value, for programs that didn't double theirs.
      const end = endOfValue(text, at, separator);
      value += text.slice(at, end).trimEnd();
      at = end;
    } else {
      const end = endOfValue(text, at, separator);
      value = text.slice(at, end).replace(/\r$/, '');
      at = end;
      // A line that begins with # is a remark.
      if (row.length === 0 && value.startsWith('#')) {
        at = !text.includes('\n', at) ? text.length : text.indexOf('\n', at) + 1;
        continue;
      }
    }
    row.push(value);
    if (text[at] === separator) {
      at++;
      if (at === text.length) row.push('');
    } else {
      at++;
      endRow();
    }
  }
  endRow();
  return rows;
}

/** Where a value in quotation marks ends; -1 if it doesn't. Doubled marks are part of it. */
function closingMark(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}

function endOfValue(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) if (text[at] === separator || text[at] === '\n') return at;
  return text.length;
}

/** Text that isn't HTML, as HTML that shows it. */
function plainHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br>');
}
