// Lines in reading order → headings, paragraphs, captions, references.

import { endsInHyphen, continued, wordsIn } from './hyphens.ts';
import type { Block, BlockKind } from '../block.ts';
import { boxOf } from './pageText.ts';
import type { Line } from './pageText.ts';
import type { Column } from './columns.ts';

interface Draft {
  kind: BlockKind;
  lines: Line[];
  text: string;
  /** Where each line starts in the text. */
  starts: number[];
  readonly column: Column;
  size: number;
}

interface Measures {
  /** The size of most of the document's letters. */
  readonly body: number;
  /** From one baseline to the next, in sizes of the letters. */
  readonly leading: number;
  readonly words: ReadonlySet<string>;
}

/** The blocks of a document, its columns given in reading order. */
export function blocksOf(columns: readonly Column[]): Block[] {
  const lines = columns.flatMap((column) => column.lines);
  const measures: Measures = {
    body: bodySize(lines),
    leading: leadingOf(columns),
    words: wordsIn(lines.map(({ text }) => text)),
  };
  const drafts = columns.flatMap((column) => draftsOf(column, measures));
  return finished(joinAcross(inReferences(titleFirst(drafts)), measures), measures);
}

function draftsOf(column: Column, measures: Measures): Draft[] {
  const drafts: Draft[] = [];
  for (const line of column.lines) {
    const draft = drafts.at(-1);
    if (draft && goesOn(draft, line, measures)) {
      draft.text = continued(draft.text, line.text, measures.words);
      draft.lines.push(line);
      draft.starts.push(draft.text.length - line.text.length);
    } else drafts.push({ kind: 'paragraph', lines: [line], text: line.text, starts: [0], column, size: line.size });
  }
  for (const draft of drafts) draft.kind = kindOf(draft, measures);
  return drafts;
}

/** Whether a line belongs to the block that stands above it. */
function goesOn(draft: Draft, line: Line, { leading, body }: Measures): boolean {
  const before = draft.lines.at(-1);
  if (!before) return false;
  const { left, right } = draft.column;
  const size = Math.max(line.size, before.size);
  if (Math.abs(line.size - before.size) > 0.08 * size) return false;
  if (line.bold !== before.bold && (isHeadingLike(before, body) || isHeadingLike(line, body))) return false;
  if (line.baseline - before.baseline > 1.35 * leading * size) return false;
  if (startsItem(line.text)) return false;
  const indent = line.left - left;
  const wasIndented = (draft.lines.length === 1 ? indent : before.left - left) > 0.5 * size;
  // A first line stands further in than the lines before it …
  if (indent > 0.7 * size && before.left - left < 0.4 * size) {
    // … but centred lines, and those after a hanging first line, do so too.
    return draft.lines.length === 1 && before.right > right - 0.2 * (right - left) && startsItem(draft.text);
  }
  // A hanging line starts an entry.
  if (draft.lines.length > 1 && wasIndented && indent < 0.4 * size && hangs(draft)) return false;
  const short = before.right < right - 0.15 * (right - left);
  return !(
    short &&
    /[.!?:]["”’)\]]*$/u.test(before.text) &&
    /^[\p{Lu}\d"“‘([]/u.test(line.text) &&
    draft.lines.length > 0
  );
}

/** Whether all lines but the first stand further in than the first. */
function hangs({ lines, size }: Draft): boolean {
  const [first, ...rest] = lines;
  return first !== undefined && rest.every((line) => line.left - first.left > 0.5 * size);
}

function startsItem(text: string): boolean {
  return /^([•‣▪◦–—*-]\s|\[\d{1,3}\]|\(?[\da-z]{1,2}[.)]\s)/u.test(text) && !/^[aiI]\s/.test(text);
}

function isHeadingLike(line: Line, body: number): boolean {
  return line.bold || line.size > 1.08 * body;
}

function kindOf({ text, lines, size, column }: Draft, { body }: Measures): BlockKind {
  if (/^(figure|fig\.|table|algorithm|listing)\s*[\dIVX]+\s*[.:|]/iu.test(text)) return 'caption';
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const large = size > 1.08 * body;
  const bold = lines.every((line) => line.bold);
  const looksWhole = /[.!?…]["”’)]*$/u.test(text) && !/^\W*\d+\.$/.test(text);
  // A lone word in small letters is a drawing's.
  if (!bold && words < 2 && /^\p{Ll}/u.test(text)) return 'loose';
  if (letters > 1 && text.length < 200 && lines.length <= 4 && (large || (bold && !looksWhole && lines.length <= 2))) {
    return 'heading';
  }
  if (isNamed(text)) return 'heading';
  const low = column.lines.at(-1);
  if (size < 0.92 * body && /^[\d*†‡§∗]/u.test(text) && low !== undefined && lines.includes(low)) return 'note';
  return words < 4 && !looksWhole ? 'loose' : 'paragraph';
}

/** Headings that papers have in any form. */
function isNamed(text: string): boolean {
  return /^(\d+\.?\s+)?(abstract|introduction|references|bibliography|acknowledge?ments?|conclusions?)$/iu.test(text);
}

/** Above the abstract only the title is a heading: authors are printed as large. */
function titleFirst(drafts: readonly Draft[]): Draft[] {
  const abstract = drafts.findIndex(({ kind, text }) => kind === 'heading' && /^abstract$/iu.test(text));
  const head = drafts.slice(0, Math.max(0, abstract)).filter(({ kind }) => kind === 'heading');
  const largest = Math.max(...head.map(({ size }) => size));
  return drafts.map((draft, index) =>
    index < abstract && draft.kind === 'heading' && draft.size < largest ? { ...draft, kind: 'loose' } : draft,
  );
}

/** Marks what stands under the heading of the references, up to the next heading that isn't one of theirs. */
function inReferences(drafts: readonly Draft[]): Draft[] {
  let inside = false;
  return drafts.map((draft) => {
    if (draft.kind === 'heading') inside = /^(\d+\.?\s+)?(references|bibliography)$/iu.test(draft.text);
    else if (inside && draft.kind !== 'caption' && draft.kind !== 'note') return { ...draft, kind: 'reference' };
    return draft;
  });
}

/**
 * Puts paragraphs together that a column's or a page's end has cut: what comes between them (a figure's words, its
 * caption, a note) stands after the whole.
 */
function joinAcross(drafts: readonly Draft[], measures: Measures): Draft[] {
  const rest = [...drafts];
  const whole: Draft[] = [];
  for (let draft = rest.shift(); draft; draft = rest.shift()) {
    while (isOpen(draft)) {
      const next = rest.findIndex(({ kind }) => !['caption', 'note', 'loose'].includes(kind));
      const found = rest[next];
      if (!found || found.column === draft.column || !isContinuation(draft, found)) break;
      rest.splice(next, 1);
      const text = continued(draft.text, found.text, measures.words);
      const from = text.length - found.text.length;
      draft = {
        ...draft,
        text,
        lines: [...draft.lines, ...found.lines],
        starts: [...draft.starts, ...found.starts.map((start) => from + start)],
        column: found.column,
      };
    }
    whole.push(draft);
  }
  return whole;
}

function isOpen({ kind, text }: Draft): boolean {
  return (kind === 'paragraph' || kind === 'reference') && !/[.!?]["”’)\]]*$/u.test(text);
}

function isContinuation(draft: Draft, next: Draft): boolean {
  if (next.kind !== draft.kind || Math.abs(next.size - draft.size) > 0.06 * draft.size) return false;
  if (startsItem(next.text)) return false;
  // Where entries are numbered, what has no number is no new entry.
  if (draft.kind === 'reference' && startsItem(draft.text)) return true;
  return endsInHyphen(draft.text) || /^[\p{Ll}\d("“[$∈=≤≥]/u.test(next.text) || isFull(draft);
}

/** Whether the last line runs to the end of its column, as one in the middle of a paragraph does. */
function isFull({ lines, column, size }: Draft): boolean {
  return (lines.at(-1)?.right ?? 0) > column.right - 1.5 * size;
}

function finished(drafts: readonly Draft[], { body }: Measures): Block[] {
  const sizes = [...new Set(drafts.filter(({ kind }) => kind === 'heading').map(({ size }) => Math.round(size * 2)))];
  const ranked = sizes.toSorted((a, b) => b - a);
  return drafts.map(({ kind, text, lines, starts, size }) => ({
    kind,
    text,
    ...(kind === 'heading' && { level: levelOf(text, size, body, ranked) }),
    boxes: lines.map((line, index) => ({ ...boxOf(line), at: starts[index] ?? 0 })),
  }));
}

function levelOf(text: string, size: number, body: number, ranked: readonly number[]): number {
  const numbered = /^(\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)\.?\s+\p{Lu}/u.exec(text)?.[1];
  if (numbered !== undefined) return 1 + numbered.split('.').length;
  if (size <= 1.08 * body && !isNamed(text)) return 4;
  return Math.min(4, 1 + Math.max(0, ranked.indexOf(Math.round(size * 2))));
}

function bodySize(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 4) / 4;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [10, 0])[0];
}

function leadingOf(columns: readonly Column[]): number {
  const steps = columns
    .flatMap(({ lines }) =>
      lines.slice(1).map((line, index) => {
        const before = lines[index];
        return before && Math.abs(before.size - line.size) < 0.5 ? (line.baseline - before.baseline) / line.size : NaN;
      }),
    )
    .filter((step) => step > 0.8 && step < 3)
    .toSorted((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 1.3;
}
