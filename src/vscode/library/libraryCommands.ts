// The commands of the library, for the table of all commands.

import * as vscode from 'vscode';
import type { Chapter } from '../../core/curriculum.ts';
import { presentAddress } from '../../core/library/savedDocument.ts';
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
  /** The script of the thread that reads bibliographies. */
  readonly bibliographyReader: string;
}

type Handler = (...args: readonly unknown[]) => unknown;
type Actions = typeof import('./libraryActions.ts');

export interface StudyParts {
  readonly study: Study;
  readonly problems: Problems;
  /** Asks the learner for a chapter if none is being read. */
  readonly chapters: () => Promise<readonly Chapter[]>;
  /** The chapter that is being read. */
  readonly reading: () => string | undefined;
}

export function libraryCommands(
  { library, libraryTree, texts, documents, bibliographyReader: reader }: LibraryParts,
  { study, problems, chapters, reading }: StudyParts,
) {
  const actions = (): Promise<Actions> => import('./libraryActions.ts');
  /** By keyboard VS Code doesn't say which row, but what is selected. */
  const rows = (args: readonly unknown[]): readonly unknown[] =>
    fieldsOf(args[0])?.['view'] === libraryViewId ? [libraryTree.selection[0], libraryTree.selection] : args;
  const named = async (args: readonly unknown[]): Promise<SavedDocument[]> =>
    (await actions()).documentsNamed(library, rows(args));
  const citing = async () => ({ library, curriculum: await study.curriculum(), reading: reading() });
  const copying =
    (form?: 'bibtex'): Handler =>
    async (...args) => {
      if (await (await actions()).copyCitation(await citing(), rows(args), form)) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Choose a resource in the view “Chapters”, or a document in the view “Library”, first.'),
      );
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
      const { saveListed, saveOffline } = await actions();
      const curriculum = await study.curriculum();
      if (fieldsOf(args[0])?.['documentId'] !== undefined) {
        await saveListed(library, await named(args));
        return;
      }
      if (await saveOffline(curriculum, library, args)) return;
      const [chapter] = await chapters();
      if (chapter) await saveOffline(curriculum, library, [chapter.id]);
    },
    'handbook.addToLibrary': async (what) => (await actions()).addToLibrary(library, problems, what),
    'handbook.openSaved': withNamed(async ([document], { openSaved }) => {
      if (document) await openSaved({ library, problems, texts, documents }, document);
    }),
    'handbook.openSavedLink': withNamed(async ([document]) => {
      if (document && document.address !== '') await openLink(presentAddress(document), problems);
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
    'handbook.attachFile': (clicked, file) =>
      withNamed(async ([document], { attachFile }) => {
        const chosen = file instanceof vscode.Uri ? file : undefined;
        if (document) await attachFile(library, problems, document.id, chosen);
      })(clicked),
    'handbook.replaceLink': (clicked, address) =>
      withNamed(async ([document], { replaceSavedLink }) => {
        const typed = typeof address === 'string' ? address : undefined;
        if (document) await replaceSavedLink({ library, curriculum: await study.curriculum() }, document, typed);
      })(clicked),
    'handbook.restoreLink': withNamed((documents, { restoreSavedLinks }) => restoreSavedLinks(library, documents)),
    'handbook.copyBibtex': copying('bibtex'),
    'handbook.copyCitation': copying(),
    'handbook.copyHandbookBibtex': async () => (await actions()).copyHandbook(await citing()),
    'handbook.exportBibliography': async (...args) => (await actions()).exportBibliography(await citing(), rows(args)),
    'handbook.importBibliography': async (file) => {
      const source = file instanceof vscode.Uri ? file : undefined;
      const parts = { library, problems, reader, pick: vscode.window.showQuickPick };
      return (await actions()).importBibliography(parts, source);
    },
  } satisfies Record<string, Handler>;
}
