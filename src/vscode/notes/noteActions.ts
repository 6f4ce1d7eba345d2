// What can be done with a note or with words that were selected, from wherever it is asked.

import * as vscode from 'vscode';
import { findChapter } from '../../core/lookUp.ts';
import type { NotedChapter } from '../../core/study/noteFile.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import type { Quote } from '../../core/study/studyEvent.ts';
import { copy } from '../links.ts';
import type { Notes } from './notes.ts';

/** Hands words of a chapter to the maker of cards. */
export async function makeCard(chapterId: string, { quote, anchor }: Quote): Promise<void> {
  await vscode.commands.executeCommand('handbook.newCard', { front: '', back: quote, origin: { chapterId, anchor } });
}

/** The chapter as an export names it; one that the handbook hasn't got any more by its id. */
export function notedChapter(curriculum: Curriculum, chapterId: string): NotedChapter {
  const chapter = findChapter(curriculum, chapterId);
  return {
    id: chapterId,
    title: chapter?.title ?? chapterId,
    headings: new Map(chapter?.headings.map(({ anchor, title }) => [anchor, title])),
  };
}

/** Deletes notes and offers to bring them back. */
export async function deleteNotes(ids: readonly string[], notes: Notes): Promise<void> {
  if (ids.length === 0 || !(await notes.remove(ids))) return;
  const undo = vscode.l10n.t('Undo');
  const said = ids.length === 1 ? vscode.l10n.t('Note deleted.') : vscode.l10n.t('{0} notes deleted.', ids.length);
  // Not awaited: the command is done, the offer stays.
  void vscode.window.showInformationMessage(said, undo).then((chosen) => {
    if (chosen === undo) void notes.restore(ids);
  });
}

/** Puts notes on the clipboard as Markdown. */
export async function copyNotes(ids: readonly string[], notes: Notes, curriculum: Curriculum): Promise<void> {
  const { noteMarkdown } = await import('../../core/study/noteFile.ts');
  const found = await Promise.all(ids.map((id) => notes.find(id)));
  const texts = found.flatMap((note) => (note ? [noteMarkdown(notedChapter(curriculum, note.chapterId), note)] : []));
  if (texts.length > 0) await copy(`${texts.join('\n\n---\n\n')}\n`);
}
