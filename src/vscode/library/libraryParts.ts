// The library's parts in VS Code, built once. None of them opens it.

import * as vscode from 'vscode';
import type { DocumentPanelActions, DocumentPanelParts } from '../document/documentPanel.ts';
import { DocumentPanels } from '../document/documentPanels.ts';
import { openLink } from '../links.ts';
import type { LocalModel } from '../model/localModel.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { SearchRow } from '../searchRows.ts';
import { savedRow } from '../searchRows.ts';
import type { LibraryParts } from './libraryCommands.ts';
import { LibraryTree } from './libraryTree.ts';
import { LocalLibrary } from './localLibrary.ts';
import { SavedTexts } from './savedTexts.ts';

/** How many passages of the library the search box lists. */
const searchLimit = 8;

/** The door to the library, closed. */
export function localLibrary(context: vscode.ExtensionContext, model: LocalModel, problems: Problems): LocalLibrary {
  return new LocalLibrary({
    extension: context.extensionUri,
    storage: context.globalStorageUri,
    version: String((context.extension.packageJSON as { readonly version?: unknown }).version),
    problems,
    model,
    testing: context.extensionMode === vscode.ExtensionMode.Test,
  });
}

export function createLibrary(
  extension: vscode.Uri,
  parts: DocumentPanelParts,
  actions: Pick<DocumentPanelActions, 'openChapter' | 'ask'>,
): LibraryParts {
  const { library, problems } = parts;
  const texts = new SavedTexts(library);
  const documents: DocumentPanels = new DocumentPanels(extension, parts, {
    ...actions,
    openLink: (url) => openLink(url, problems),
    openOriginal: async (documentId) => {
      const { openOriginal } = await import('./libraryActions.ts');
      await openOriginal({ library, problems, texts, documents }, documentId);
    },
  });
  const bibliographyReader = vscode.Uri.joinPath(extension, 'dist', 'bibliography.mjs').fsPath;
  return { library, libraryTree: new LibraryTree(library, problems), texts, documents, bibliographyReader };
}

/** What the library has on what was typed, as rows of the search box. A library that isn't there isn't made for it. */
export async function searchSaved({ library }: LibraryParts, typed: string): Promise<SearchRow[]> {
  if (!(await library.exists())) return [];
  const { search } = await library.open();
  const hits = await search.search(typed, searchLimit);
  return hits.map((hit) => savedRow(hit, say));
}
