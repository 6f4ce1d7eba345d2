// Notes in the running companion.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import { chapterWords, type ChapterWords } from '../../src/core/study/chapterWords.ts';
import { quoteAt } from '../../src/core/study/findPlace.ts';
import type { NotesRow } from '../../src/core/study/noteRows.ts';
import type { Note, Quote } from '../../src/core/study/studyEvent.ts';
import { createProblems } from '../../src/vscode/problems.ts';

/** The words of a chapter, and its sentences that stand there once. */
export async function chapter(
  { study }: Companion,
  id: string,
): Promise<{ readonly words: ChapterWords; readonly sentences: readonly string[] }> {
  const words = chapterWords((await study.chapter(id))?.summary ?? '', await study.chapterHtml(id));
  const sentences = words.text
    .split(/\n|(?<=[.!?]) /)
    .filter((one) => one.length > 60 && !one.includes('$') && words.text.split(one).length === 2);
  assert.ok(sentences.length > 5);
  return { words, sentences };
}

export function quoteOf(words: ChapterWords, quote: string): Quote {
  const start = words.text.indexOf(quote);
  return quoteAt(words, start, start + quote.length);
}

export async function keep({ notes }: Companion, note: Note): Promise<string> {
  return (await notes.keep(note)) ?? assert.fail('the note was kept');
}

export async function clear(running: Companion): Promise<void> {
  await running.notes.remove((await running.notes.all()).map(({ id }) => id));
}

export const labels = async ({ notesTree }: Companion): Promise<string[]> => {
  const lines = async (rows: readonly NotesRow[], depth: string): Promise<string[]> => {
    const found: string[] = [];
    for (const row of rows) {
      found.push(`${depth}${row.label}`, ...(await lines(await notesTree.getChildren(row), `${depth}  `)));
    }
    return found;
  };
  return lines(await notesTree.getChildren(), '');
};

export const problems = createProblems(vscode.window.createOutputChannel('Notes suite', { log: true }));
