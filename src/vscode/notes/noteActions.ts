// What can be done with a note or with words that were selected, from wherever it is asked.

import * as vscode from 'vscode';
import { findChapter } from '../../core/lookUp.ts';
import { isDocumentSubject } from '../../core/study/documentSubject.ts';
import { markdownText, noteMarkdown } from '../../core/study/noteFile.ts';
import type { NotedSource } from '../../core/study/noteFile.ts';
import type { PlacedNote } from '../../core/study/placedNote.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import type { Quote } from '../../core/study/studyEvent.ts';
import { copy } from '../links.ts';
import type { Notes } from './notes.ts';

/** Hands words of a chapter, or of a saved document, to the maker of cards. */
export async function makeCard(chapterId: string, { quote, anchor }: Quote, notes: Notes): Promise<void> {
  // A card leads back to chapters only; of what else it is, it says so itself.
  const draft = isDocumentSubject(chapterId)
    ? { back: `${quote}\n\n— ${markdownText(await notes.titleOf(chapterId))}` }
    : { back: quote, origin: { chapterId, anchor } };
  await vscode.commands.executeCommand('handbook.newCard', { front: '', ...draft });
}

/** The chapter or document of a note as an export names it; what isn't there any more by its id. */
export function notedIn(curriculum: Curriculum, { chapterId, document }: PlacedNote): NotedSource {
  if (document) {
    const { id, title } = document;
    return { kind: 'document', title: title === '' ? chapterId : title, ...(id !== undefined && { id }) };
  }
  const chapter = findChapter(curriculum, chapterId);
  return {
    kind: 'chapter',
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
  const found = await Promise.all(ids.map((id) => notes.find(id)));
  const texts = found.flatMap((note) => (note ? [noteMarkdown(notedIn(curriculum, note), note)] : []));
  if (texts.length > 0) await copy(`${texts.join('\n\n---\n\n')}\n`);
}
