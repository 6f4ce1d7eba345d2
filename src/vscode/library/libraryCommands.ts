// The commands of the library, for the table of all commands.

import * as vscode from 'vscode';
import type { Chapter } from '../../core/curriculum.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { DocumentPanels } from '../document/documentPanels.ts';
import { fieldsOf } from '../fromPage.ts';
import { openLink } from '../links.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import { libraryViewId } from './libraryTree.ts';
import type { LibraryTree } from './libraryTree.ts';
import type { LocalLibrary } from './localLibrary.ts';
import type { SavedTexts } from './savedTexts.ts';

export interface LibraryParts {
  readonly library: LocalLibrary;
  readonly libraryTree: LibraryTree;
  readonly texts: SavedTexts;
  readonly documents: DocumentPanels;
}

type Handler = (...args: readonly unknown[]) => unknown;
type Actions = typeof import('./libraryActions.ts');

/** `chapters` asks the learner for a chapter if nothing names one. */
export function libraryCommands(
  { library, libraryTree, texts, documents }: LibraryParts,
  { study, problems, chapters }: { study: Study; problems: Problems; chapters: () => Promise<readonly Chapter[]> },
) {
  const actions = (): Promise<Actions> => import('./libraryActions.ts');
  /** By keyboard VS Code doesn't say which row, but what is selected. */
  const named = async (args: readonly unknown[]): Promise<SavedDocument[]> => {
    const byKey = fieldsOf(args[0])?.['view'] === libraryViewId;
    const rows = byKey ? [libraryTree.selection[0], libraryTree.selection] : args;
    return (await actions()).documentsNamed(library, rows);
  };
  const withNamed =
    (work: (documents: readonly SavedDocument[], actions: Actions) => unknown): Handler =>
    async (...args) => {
      const documents = await named(args);
      if (documents.length > 0) await work(documents, await actions());
      else void vscode.window.showInformationMessage(vscode.l10n.t('Choose a document in the view “Library” first.'));
    };
  return {
    'handbook.saveOffline': async (...args) => {
      const { saveOffline } = await actions();
      const curriculum = await study.curriculum();
      if (await saveOffline(curriculum, library, args)) return;
      const [chapter] = await chapters();
      if (chapter) await saveOffline(curriculum, library, [chapter.id]);
    },
    'handbook.addToLibrary': async (what) => (await actions()).addToLibrary(library, problems, what),
    'handbook.openSaved': withNamed(async ([document], { openSaved }) => {
      if (document) await openSaved({ library, problems, texts, documents }, document);
    }),
    'handbook.openSavedLink': withNamed(async ([document]) => {
      if (document && document.address !== '') await openLink(document.address, problems);
    }),
    'handbook.retrySaved': async (...args) => (await actions()).retrySaved(library, await named(args)),
    'handbook.checkSaved': async (...args) => (await actions()).checkSaved(library, await named(args)),
    'handbook.stopSaved': withNamed((documents, { stopSaved }) => stopSaved(library, documents)),
    'handbook.removeSaved': withNamed((documents, { removeSaved }) => removeSaved(library, documents)),
    'handbook.addTranscript': (clicked, file) =>
      withNamed(async ([document], { addTranscript }) => {
        const chosen = file instanceof vscode.Uri ? file : undefined;
        if (document) await addTranscript(library, problems, document.id, chosen);
      })(clicked),
  } satisfies Record<string, Handler>;
}
