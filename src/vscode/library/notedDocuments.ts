// The saved documents that notes are on, found by what notes know of them.

import type * as vscode from 'vscode';
import { addressOf } from '../../core/curriculum.ts';
import { savedAs } from '../../core/library/address.ts';
import type { CopyForm } from '../../core/library/address.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { ChapterWords } from '../../core/study/chapterWords.ts';
import { addressOfSubject, documentSubject } from '../../core/study/documentSubject.ts';
import { documentWords } from '../../core/study/documentWords.ts';
import type { StoredPassage } from '../../library/shelf/texts.ts';
import type { Study } from '../study.ts';
import type { LocalLibrary } from './localLibrary.ts';

/** A form of a document as it was read last. */
export interface NotedText {
  readonly words: ChapterWords;
  readonly passages: readonly StoredPassage[];
}

export interface NotedDocument {
  /** On the shelf; undefined if it isn't there (any more). */
  readonly id?: string;
  /** Empty if nothing is known of it any more. */
  readonly title: string;
  /** Undefined if that form isn't there, or hasn't been read. */
  readonly text: (form: CopyForm) => NotedText | undefined;
}

/** Finds the document of a subject. */
export type FindNotedDocument = (subject: string) => Promise<NotedDocument>;

export interface NotedDocuments {
  readonly find: FindNotedDocument;
  /** Something in the library has changed. */
  readonly onDidChange: vscode.Event<undefined>;
}

/** A library that isn't there isn't made for it. Texts are remembered for as long as they stay what they are. */
export function notedDocuments(library: LocalLibrary, study: Study): NotedDocuments {
  const known = new Map<string, NotedText>();
  const find: FindNotedDocument = async (subject) => {
    const gone: NotedDocument = { title: await titleKnown(study, subject), text: () => undefined };
    if (!(await library.exists())) return gone;
    const [{ shelf }, { readDocumentText }] = await Promise.all([
      library.open(),
      import('../../library/shelf/texts.ts'),
    ]);
    const address = addressOfSubject(subject);
    const document =
      address === undefined
        ? shelf.documents().find((each) => documentSubject(each) === subject)
        : shelf.documentAt(address);
    if (!document) return gone;
    const { id, title } = document;
    return {
      id,
      title,
      text: (form) => {
        const key = `${id} ${form} ${readAs(document, form)}`;
        const before = known.get(key);
        if (before) return before;
        const stored = shelf.ask((db) => readDocumentText(db, id, form));
        if (!stored) return undefined;
        const text = { words: documentWords(form, stored.passages), passages: stored.passages };
        known.set(key, text);
        return text;
      },
    };
  };
  return { find, onDidChange: library.onDidChange };
}

/** The content that a form's text was read from. */
function readAs({ copies }: SavedDocument, form: CopyForm): string {
  return copies.find((copy) => copy.form === form)?.indexed ?? '';
}

/** What the handbook calls it, or else where it is from. */
async function titleKnown(study: Study, subject: string): Promise<string> {
  const address = addressOfSubject(subject);
  if (address === undefined) return '';
  const { resources } = await study.curriculum();
  const resource = Object.values(resources).find((one) => savedAs(addressOf(one))?.address === address);
  return resource?.title ?? address;
}
