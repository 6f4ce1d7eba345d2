// The commands of the library, for the table of all commands.

import * as vscode from 'vscode';
import type { Chapter } from '../../core/curriculum.ts';
import { fieldsOf } from '../fromPage.ts';
import { openLink } from '../links.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import { addToLibrary, addTranscript } from './addToLibrary.ts';
import { libraryViewId } from './libraryTree.ts';
import type { LibraryTree } from './libraryTree.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { checkSaved, documentsNamed, openSaved, removeSaved, retrySaved, stopSaved } from './savedCommands.ts';
import type { SavedTexts } from './savedTexts.ts';
import { saveOffline } from './saveOffline.ts';

export interface LibraryParts {
  readonly library: LocalLibrary;
  readonly libraryTree: LibraryTree;
  readonly texts: SavedTexts;
}

type Handler = (...args: readonly unknown[]) => unknown;

/** `chapters` asks the learner for a chapter if nothing names one. */
export function libraryCommands(
  { library, libraryTree, texts }: LibraryParts,
  { study, problems, chapters }: { study: Study; problems: Problems; chapters: () => Promise<readonly Chapter[]> },
) {
  /** By keyboard VS Code doesn't say which row, but what is selected. */
  const named = (args: readonly unknown[]) =>
    documentsNamed(
      library,
      fieldsOf(args[0])?.['view'] === libraryViewId ? [libraryTree.selection[0], libraryTree.selection] : args,
    );
  const withNamed =
    (work: (documents: Awaited<ReturnType<typeof named>>) => unknown): Handler =>
    async (...args) => {
      const documents = await named(args);
      if (documents.length > 0) await work(documents);
      else void vscode.window.showInformationMessage(vscode.l10n.t('Choose a document in the view “Library” first.'));
    };
  return {
    'handbook.saveOffline': async (...args) => {
      const curriculum = await study.curriculum();
      if (await saveOffline(curriculum, library, args)) return;
      const [chapter] = await chapters();
      if (chapter) await saveOffline(curriculum, library, [chapter.id]);
    },
    'handbook.addToLibrary': (what) => addToLibrary(library, problems, what),
    'handbook.openSaved': withNamed(async ([document]) => {
      if (document) await openSaved(library, problems, texts, document);
    }),
    'handbook.openSavedLink': withNamed(async ([document]) => {
      if (document && document.address !== '') await openLink(document.address, problems);
    }),
    'handbook.retrySaved': async (...args) => retrySaved(library, await named(args)),
    'handbook.checkSaved': async (...args) => checkSaved(library, await named(args)),
    'handbook.stopSaved': withNamed((documents) => stopSaved(library, documents)),
    'handbook.removeSaved': withNamed((documents) => removeSaved(library, documents)),
    'handbook.addTranscript': async (...args) => {
      const [document] = await named(args.slice(0, 1));
      const file = args[1];
      if (document) await addTranscript(library, problems, document.id, file instanceof vscode.Uri ? file : undefined);
      else void vscode.window.showInformationMessage(vscode.l10n.t('Choose a film in the view “Library” first.'));
    },
  } satisfies Record<string, Handler>;
}
