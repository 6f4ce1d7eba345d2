// Passages as read-only documents: the chat's list of used references opens documents only.

import * as vscode from 'vscode';
import { findChapter } from '../../core/lookUp.ts';
import { parseSavedPassageId } from '../../core/library/savedPassage.ts';
import { passageText } from '../../core/passages.ts';
import type { Passage } from '../../core/passages.ts';
import type { Study } from '../study.ts';

const scheme = 'handbook-passage';

/** The address of a passage's text; its path is what the chat shows. */
export function passageUri(chapterTitle: string, heading: string, passageId: string): vscode.Uri {
  const path = `/${[chapterTitle, heading].map((part) => part.replaceAll('/', '∕')).join('/')}.md`;
  return vscode.Uri.from({ scheme, path, query: passageId });
}

export function registerPassageDocuments(study: Study): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ query }) => {
      const [{ passages, saved }, curriculum] = await Promise.all([study.text(), study.curriculum()]);
      const ofLibrary = parseSavedPassageId(query) !== undefined;
      const [passage] = ofLibrary ? ((await saved?.passages([query])) ?? []) : [passages.get(query)];
      if (!passage && ofLibrary)
        return vscode.l10n.t('This document isn’t in your library any more. Add it again to read it.');
      if (!passage) return vscode.l10n.t('This passage isn’t in the handbook any more. Search for its words.');
      return documentText(passage.document ?? findChapter(curriculum, passage.chapterId)?.title ?? '', passage);
    },
  });
}

function documentText(chapterTitle: string, passage: Passage): string {
  return [`# ${chapterTitle}: ${passage.heading}`, passageText(passage), passage.unquoted]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}
