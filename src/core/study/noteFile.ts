// Notes as Markdown files: one a chapter or document, written so that it can be written again. The first line says what the file was
// when we wrote it; a file that is something else now has been changed by somebody, and is theirs.

import type { PlacedNote } from './placedNote.ts';

/** What an export says of what the notes are on. */
export type NotedSource =
  | {
      readonly kind: 'chapter';
      readonly id: string;
      readonly title: string;
      /** By anchor. */
      readonly headings: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: 'document';
      /** On the shelf, if it is there. */
      readonly id?: string;
      readonly title: string;
    };

/** A short fingerprint of a text. */
export type Digest = (text: string) => string;

const mark = /^<!-- handbook-notes ([\w-]{1,200}) ([\w-]{1,100}) [^\n]*-->\n/;

/** The file of the notes on a chapter or a document, in the order of its text; `name` marks the file as theirs. */
export function noteFile(source: NotedSource, notes: readonly PlacedNote[], digest: Digest, name: string): string {
  const lines = [`# Notes on ${markdownText(source.title)}`, `From ${sourceName(source)}${openLink(source)}`];
  let heading: string | undefined;
  const placed = notes.filter(({ place }) => place);
  for (const note of placed) {
    const here = headingOf(source, note);
    if (here !== heading && here !== undefined) lines.push(`## ${markdownText(here)}`);
    heading = here;
    lines.push(noteMarkdown(source, note), '---');
  }
  const lost = notes.filter(({ place }) => !place);
  if (lost.length > 0) lines.push(`## Not found in the ${source.kind} any more`);
  for (const note of lost) lines.push(noteMarkdown(source, note), '---');
  if (lines.at(-1) === '---') lines.pop();
  const body = `${lines.join('\n\n')}\n`;
  return `<!-- handbook-notes ${name} ${digest(body)} Written by the GenAI Handbook Companion, and again at the next export. Once you have changed the file, it asks first. -->\n${body}`;
}

/** What may be done with a file that is already there. */
export type FileState = 'same' | 'ours' | 'changed' | 'foreign';

/** Whether `there` is what we would write, what we once wrote, that with changes by hand, or somebody else's. */
export function fileState(there: string, wanted: string, digest: Digest): FileState {
  const text = there.replace(/\r\n/g, '\n');
  if (text === wanted) return 'same';
  const marked = mark.exec(text);
  if (!marked) return 'foreign';
  return marked[2] === digest(text.slice(marked[0].length)) ? 'ours' : 'changed';
}

/** A note as Markdown: the quote, the learner's words, and where it is from. */
export function noteMarkdown(source: NotedSource, note: PlacedNote): string {
  const heading = headingOf(source, note);
  const { page, time = '' } = note.document ?? {};
  const place = [heading === undefined ? '' : markdownText(heading), page === undefined ? '' : `page ${page}`, time];
  const from = [sourceName(source), ...place].filter((part) => part !== '').join(', ');
  const text = note.text.replace(/\r\n?/g, '\n').trim();
  const origin = `— ${from} · [open](${commandLink('handbook.openNote', note.id)})`;
  return [quoted(note.quote), text, origin].filter((part) => part !== '').join('\n\n');
}

function sourceName({ kind, title }: NotedSource): string {
  return kind === 'chapter' ? `*The Generative AI Handbook*, “${markdownText(title)}”` : `“${markdownText(title)}”`;
}

function openLink({ kind, id }: NotedSource): string {
  if (id === undefined) return '';
  const command = kind === 'chapter' ? 'handbook.openChapter' : 'handbook.openSaved';
  return ` · [open the ${kind}](${commandLink(command, id)}) (in VS Code)`;
}

function headingOf(source: NotedSource, note: PlacedNote): string | undefined {
  return source.kind === 'chapter' ? source.headings.get(note.place?.anchor ?? note.anchor) : note.document?.heading;
}

function commandLink(command: string, argument: string): string {
  // Parentheses would end the link.
  const json = encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));
  return `command:${command}?${json}`;
}

/** The handbook's words as a quotation; formulas stay formulas, code stays code, everything else is text. */
function quoted(quote: string): string {
  const lines = quote.trim().split('\n');
  const isCode = lines.some((line) => /^ {2,}\S/.test(line));
  const shown = isCode
    ? ['~~~~', ...lines.map((line) => line.replaceAll('~~~~', '~~ ~~')), '~~~~']
    : lines.flatMap((line, at) => (at === 0 ? [markdownText(line)] : ['', markdownText(line)]));
  return shown.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

/** Text in which Markdown finds nothing of its own. Cells of a table are set apart by dots. */
export function markdownText(text: string): string {
  return text
    .split(/(\$[^$\n]+\$)/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .replace(/[\\`*_[\]<>~$|&]/g, '\\$&')
            .replace(/\t/g, ' · ')
            .replace(/^(\s*)([#+=-]|\d+(?=[.)]))/, (_, space: string, sign: string) =>
              /^\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
            ),
    )
    .join('');
}
