// Finding a note by typing some of its words.

import * as vscode from 'vscode';
import { findChapter } from '../../core/lookUp.ts';
import { excerpt, notesWith } from '../../core/study/noteWords.ts';
import type { Study } from '../study.ts';
import type { Notes } from './notes.ts';

interface NoteItem extends vscode.QuickPickItem {
  readonly noteId?: string;
}

/** More would be scrolled past, not read. */
const mostShown = 100;

/** Lets the learner choose a note, the one changed last first, and opens it. */
export async function searchNotes(
  typed: string,
  study: Study,
  notes: Notes,
  open: (noteId: string) => Promise<void>,
): Promise<void> {
  const [curriculum, all] = await Promise.all([study.curriculum(), notes.all()]);
  const searched = all.map((note) => ({
    ...note,
    chapterTitle: note.document?.title ?? findChapter(curriculum, note.chapterId)?.title ?? note.chapterId,
  }));
  const item = ({ id, text, quote, chapterTitle, place, document }: (typeof searched)[number]): NoteItem => {
    const worded = text.trim() !== '';
    const quoted = `“${excerpt(quote)}”`;
    const where = place
      ? chapterTitle
      : document
        ? vscode.l10n.t('{0} · not found in the document any more', chapterTitle)
        : vscode.l10n.t('{0} · not found in the chapter any more', chapterTitle);
    return {
      noteId: id,
      label: worded ? excerpt(text) : quoted,
      description: where,
      ...(worded && { detail: quoted }),
      iconPath: new vscode.ThemeIcon(worded ? 'note' : 'quote'),
      // What is shown was found here: VS Code, which looks at the labels only, must hide none.
      alwaysShow: true,
    };
  };
  const pick = vscode.window.createQuickPick<NoteItem>();
  pick.title = vscode.l10n.t('Notes');
  pick.placeholder = vscode.l10n.t('Words of a note, of what it is about, or of its chapter');
  const update = (): void => {
    const found = notesWith(searched, pick.value, mostShown);
    const nothing = {
      label:
        searched.length === 0
          ? vscode.l10n.t('No notes yet: select words in a chapter or a saved document to make one')
          : vscode.l10n.t('No note has these words'),
      alwaysShow: true,
    };
    pick.items = found.length > 0 ? found.map(item) : [nothing];
  };
  pick.value = typed;
  update();
  pick.onDidChangeValue(update);
  pick.onDidAccept(() => {
    const id = pick.selectedItems[0]?.noteId;
    pick.hide();
    if (id !== undefined) void open(id);
  });
  pick.onDidHide(() => {
    pick.dispose();
  });
  pick.show();
}
