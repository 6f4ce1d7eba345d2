// Opens what an answer cites: a passage of the handbook in the reader, one of a saved document in its own page.

import * as vscode from 'vscode';
import { parseSavedPassageId, type SavedPlace } from '../core/library/savedPassage.ts';
import type { LibraryParts } from './library/libraryCommands.ts';
import type { Problems } from './problems.ts';
import type { Readers } from './readers.ts';

export interface HowToOpen {
  readonly beside?: boolean;
  /** One of the passage's own, to be highlighted. */
  readonly sentence?: string;
}

/** Tells the learner where the passage isn't there any more. */
export type OpenPassage = (passageId: string, how?: HowToOpen) => Promise<void>;

export interface OpenPassageParts {
  readonly readers: Pick<Readers, 'openPassage'>;
  readonly library: LibraryParts['library'];
  /** Made after whatever opens passages. */
  readonly documents: () => LibraryParts['documents'];
  readonly problems: Problems;
}

export function passageOpener({ readers, library, documents, problems }: OpenPassageParts): OpenPassage {
  return async (passageId, how = {}) => {
    const saved = parseSavedPassageId(passageId);
    if (saved) await openSaved(saved, how, { library, documents: documents() }, problems);
    else if (!(await readers.openPassage(passageId, how))) {
      problems.tell(vscode.l10n.t('This passage isn’t in the handbook any more. Search for its words.'));
    }
  };
}

async function openSaved(
  saved: SavedPlace,
  { beside = false, sentence }: HowToOpen,
  { library, documents }: Pick<LibraryParts, 'library' | 'documents'>,
  problems: Problems,
): Promise<void> {
  const { documentId, form, number } = saved;
  const opened = (await library.exists()) ? await library.open() : undefined;
  if (!opened?.shelf.document(documentId)) {
    problems.tell(vscode.l10n.t('This document isn’t in your library any more. Add it again to read it.'));
    return;
  }
  const { readPassage } = await import('../library/search.ts');
  if (opened.shelf.ask((db) => readPassage(db, saved))) {
    const place = { form, passage: number, ...(sentence !== undefined && { sentence }) };
    documents.open(documentId, { place, beside });
    return;
  }
  problems.tell(
    vscode.l10n.t('The document has changed since, and this passage isn’t in it any more. Search for its words.'),
  );
  documents.open(documentId, { beside });
}
