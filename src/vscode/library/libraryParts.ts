// The library's parts in VS Code, built once. None of them opens it.

import * as vscode from 'vscode';
import { DocumentPanels } from '../document/documentPanels.ts';
import { openLink } from '../links.ts';
import type { LocalModel } from '../model/localModel.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { SearchRow } from '../searchRows.ts';
import { savedRow } from '../searchRows.ts';
import type { Study } from '../study.ts';
import type { LibraryParts } from './libraryCommands.ts';
import { LibraryTree } from './libraryTree.ts';
import { LocalLibrary } from './localLibrary.ts';
import { SavedTexts } from './savedTexts.ts';

/** How many passages of the library the search box lists. */
const searchLimit = 8;

export function createLibrary(
  context: vscode.ExtensionContext,
  { study, problems, model }: { readonly study: Study; readonly problems: Problems; readonly model: LocalModel },
  openChapter: (chapterId: string, beside: boolean) => Promise<void>,
): LibraryParts {
  const { extensionUri, globalStorageUri } = context;
  const library = new LocalLibrary({
    extension: extensionUri,
    storage: globalStorageUri,
    version: String((context.extension.packageJSON as { readonly version?: unknown }).version),
    problems,
    model,
    testing: context.extensionMode === vscode.ExtensionMode.Test,
  });
  const texts = new SavedTexts(library);
  const documents: DocumentPanels = new DocumentPanels(
    extensionUri,
    { library, study, problems },
    {
      openChapter,
      openLink: (url) => openLink(url, problems),
      openOriginal: async (documentId) => {
        const { openOriginal } = await import('./libraryActions.ts');
        await openOriginal({ library, problems, texts, documents }, documentId);
      },
    },
  );
  const bibliographyReader = vscode.Uri.joinPath(extensionUri, 'dist', 'bibliography.mjs').fsPath;
  return { library, libraryTree: new LibraryTree(library, problems), texts, documents, bibliographyReader };
}

/** What the library has on what was typed, as rows of the search box. A library that isn't there isn't made for it. */
export async function searchSaved({ library }: LibraryParts, typed: string): Promise<SearchRow[]> {
  if (!(await library.exists())) return [];
  const { search } = await library.open();
  const hits = await search.search(typed, searchLimit);
  return hits.map((hit) => savedRow(hit, say));
}
