// A model's Markdown, block by block as it streams in. A block whose end is known is rendered once; only the last one is
// rendered again with each piece of text, and never so that half a mark shows.

import type { AnswerBlock } from '../answer.ts';
import { createAnswerMarkdown, type AnswerMarkdown } from './answerMarkdown.ts';
import { createMarks, type Marks } from './answerMarks.ts';
import type { AnswerPart } from './citationStream.ts';
import { mended } from './mend.ts';
import { renderBlock, type CheckSentence } from './renderBlock.ts';

export interface BlockUpdate {
  readonly index: number;
  readonly block: AnswerBlock;
}

export interface AnswerBlocks {
  /** The blocks that are new or have changed, each whole; citations carry the numbers of sources. */
  readonly append: (parts: readonly AnswerPart[]) => readonly BlockUpdate[];
  /** What remains to be told at the end. */
  readonly flush: () => readonly BlockUpdate[];
}

/** A line that may become anything: markers only, or a fence whose language isn't complete. */
const unsettled = /^(?:[\s\-*+#>=_|:~`\d.)]*|\s*(?:[-*+>]\s+|\d{1,3}[.)]\s+)*(?:`{3}|~{3}).*)$/;

/** Renders one answer; `check` says of each complete sentence what carries it. */
export function createAnswerBlocks(check: CheckSentence): AnswerBlocks {
  const marks = createMarks();
  const markdown = createAnswerMarkdown(marks);
  /** The text from the first block whose end isn't known. */
  let tail = '';
  /** How many blocks are complete. */
  let complete = 0;
  const told = new Map<number, AnswerBlock>();

  const tell = (index: number, source: string, open: boolean): BlockUpdate[] => {
    const block = renderBlock(source, open, markdown, marks, check);
    const before = told.get(index);
    if (before?.html === block.html && before.markdown === block.markdown) return [];
    told.set(index, block);
    return [{ index, block }];
  };

  const update = (final: boolean): BlockUpdate[] => {
    const updates: BlockUpdate[] = [];
    const lines = final ? tail.length : tail.lastIndexOf('\n') + 1;
    // Only whole lines tell where a block ends: "2" may be the start of the next item of a list.
    const ended = blocksOf(tail.slice(0, lines), markdown);
    const last = final ? undefined : ended.at(-1);
    for (const { source } of ended.slice(0, last ? -1 : undefined)) {
      updates.push(...tell(complete, source, false));
      complete++;
    }
    tail = last ? tail.slice(last.start) : final ? '' : tail;
    if (final) return updates;
    const whole = tail.slice(0, tail.lastIndexOf('\n') + 1);
    const partial = tail.slice(whole.length);
    const shown = blocksOf(unsettled.test(partial) ? whole : tail, markdown);
    for (const [n, { source }] of shown.entries()) {
      const open = n === shown.length - 1;
      if (open && maybeTable(source)) continue;
      updates.push(...tell(complete + n, open ? mended(source) : source, open));
    }
    return updates;
  };

  return {
    append: (parts) => {
      tail += parts.map(marks.encode).join('');
      return update(false);
    },
    flush: () => update(true),
  };
}

interface BlockSource {
  readonly start: number;
  readonly source: string;
}

/** The top-level blocks of a text with where they begin. */
function blocksOf(text: string, markdown: AnswerMarkdown): BlockSource[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return markdown.parse(text, {}).flatMap((token) => {
    if (token.level !== 0 || !token.map || token.nesting === -1) return [];
    const start = starts[token.map[0]] ?? 0;
    return [{ start, source: text.slice(start, starts[token.map[1]] ?? text.length).trimEnd() }];
  });
}

/** The head of a table whose second line hasn't come is no paragraph yet. */
function maybeTable(source: string): boolean {
  return (
    source.startsWith('|') && source.split('\n').length < 3 && !/\n\s*\|?\s*:?-+:?\s*\|[\s|:-]*\n/.test(`${source}\n`)
  );
}

export type { CheckSentence, Marks };
