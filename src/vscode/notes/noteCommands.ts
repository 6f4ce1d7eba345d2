// The commands about notes.

import * as vscode from 'vscode';
import { parseDocumentAnchor } from '../../core/study/documentWords.ts';
import type { NotesRow } from '../../core/study/noteRows.ts';
import type { SelectionAction } from '../../protocol/readerNotes.ts';
import type { NoteCommandId } from '../commandIds.ts';
import type { DocumentPanels } from '../document/documentPanels.ts';
import { fieldsOf } from '../fromPage.ts';
import type { Problems } from '../problems.ts';
import type { Readers } from '../readers.ts';
import type { Study } from '../study.ts';
import { copyNotes, deleteNotes } from './noteActions.ts';
import type { Notes } from './notes.ts';
import { notesViewId, type NotesTree } from './notesTree.ts';

export interface NoteCommandParts {
  readonly study: Study;
  readonly problems: Problems;
  readonly readers: Readers;
  readonly notes: Notes;
  readonly notesTree: NotesTree;
  readonly documents: DocumentPanels;
}

type Handler = (...args: readonly unknown[]) => unknown;

/** What each of the commands does. */
export function noteCommands(parts: NoteCommandParts): Record<NoteCommandId, Handler> {
  const { study, problems, readers, notes, notesTree, documents } = parts;

  /** The notes that the arguments name; by keyboard from the tree VS Code says only that it was there. */
  const named = (args: readonly unknown[]): string[] => {
    const fromTree = fieldsOf(args[0])?.['view'] === notesViewId || args.length === 0;
    return noteIds(fromTree ? [notesTree.selection[0], notesTree.selection] : args);
  };

  const openAt = async (args: readonly unknown[], then: 'read' | 'edit' | 'place'): Promise<void> => {
    const [id] = named(args);
    if (id === undefined) {
      await search();
      return;
    }
    if (await readers.openNote(id, then)) return;
    const note = await notes.find(id);
    if (note?.document?.id !== undefined) {
      const { form } = parseDocumentAnchor(note.place?.anchor ?? note.anchor) ?? { form: 'main' };
      documents.open(note.document.id, { place: { form, note: { id, then } } });
      return;
    }
    problems.tell(
      note?.document
        ? vscode.l10n.t(
            'The document of this note isn’t in your library any more. You can copy the note, or delete it.',
          )
        : note
          ? vscode.l10n.t(
              'The chapter of this note isn’t in the handbook any more. You can copy the note, or delete it.',
            )
          : vscode.l10n.t('This note has been deleted.'),
    );
  };

  const act =
    (action: SelectionAction): Handler =>
    () => {
      const page = readers.active ?? documents.active;
      if (page) page.actOnSelection(action);
      else
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Open a chapter or a saved document, and select some of its words first.'),
        );
    };

  const search = async (typed = ''): Promise<void> => {
    const { searchNotes } = await import('./searchNotes.ts');
    await searchNotes(typed, study, notes, (id) => openAt([id], 'read'));
  };

  return {
    'handbook.highlightSelection': act('highlight'),
    'handbook.noteSelection': act('note'),
    'handbook.cardSelection': act('card'),
    'handbook.searchNotes': (typed) => search(typeof typed === 'string' ? typed : ''),
    'handbook.openNote': (...args) => openAt(args, 'read'),
    'handbook.editNote': (...args) => openAt(args, 'edit'),
    'handbook.placeNote': (...args) => openAt(args, 'place'),
    'handbook.copyNote': async (...args) => copyNotes(named(args), notes, await study.curriculum()),
    'handbook.deleteNote': (...args) => deleteNotes(named(args), notes),
    'handbook.exportNotes': async (...args) => {
      const { exportNotes } = await import('./exportNotes.ts');
      const folder = args[0] instanceof vscode.Uri ? args[0] : undefined;
      return exportNotes(study, notes, problems, folder, folder ? [] : noteIds(args));
    },
  };
}

/** VS Code gives the row that was clicked and, if it is one of several selected ones, all of those. */
function noteIds([clicked, selected]: readonly unknown[]): string[] {
  const rows = Array.isArray(selected) && selected.includes(clicked) ? (selected as unknown[]) : [clicked];
  return [...new Set(rows.flatMap(idsIn))];
}

function idsIn(row: unknown): string[] {
  if (typeof row === 'string') return [row];
  const fields: Partial<Record<keyof NotesRow | 'noteId' | 'children', unknown>> | undefined = fieldsOf(row);
  if (typeof fields?.noteId === 'string') return [fields.noteId];
  return Array.isArray(fields?.children) ? fields.children.flatMap(idsIn) : [];
}
