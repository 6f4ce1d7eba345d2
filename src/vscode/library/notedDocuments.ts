// The saved documents that notes are on, found by what notes know of them.

import type * as vscode from 'vscode';
import { addressOf } from '../../core/curriculum.ts';
import { savedAs } from '../../core/library/address.ts';
import type { CopyForm } from '../../core/library/address.ts';
import { piecesOf } from '../../core/library/pieces.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { ChapterWords } from '../../core/study/chapterWords.ts';
import { addressOfSubject, documentSubject } from '../../core/study/documentSubject.ts';
import { documentWords, savedPageWords } from '../../core/study/documentWords.ts';
import type { StoredPassage, StoredText } from '../../library/shelf/texts.ts';
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
  /** The forms that have been read, the one that reads best first. */
  readonly forms: () => readonly CopyForm[];
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
  const known = new Map<string, { readonly content: string; readonly text: NotedText }>();
  const find: FindNotedDocument = async (subject) => {
    const title = await titleKnown(study, subject);
    const gone: NotedDocument = { title, forms: () => [], text: () => undefined };
    if (!(await library.exists())) return gone;
    const [{ shelf }, { readDocumentText, readForms }] = await Promise.all([
      library.open(),
      import('../../library/shelf/texts.ts'),
    ]);
    const address = addressOfSubject(subject);
    const document =
      address === undefined
        ? shelf.documents().find((each) => documentSubject(each) === subject)
        : shelf.documentAt(address);
    if (!document) return gone;
    const { id } = document;
    return {
      id,
      title: document.title,
      forms: () => shelf.ask((db) => readForms(db, id)),
      text: (form) => {
        const key = `${id} ${form}`;
        const content = readAs(document, form);
        const before = known.get(key);
        if (before?.content === content) return before.text;
        const stored = shelf.ask((db) => readDocumentText(db, id, form));
        // While other content is read, notes stay where they were.
        if (!stored) return isBeingRead(document, form) ? before?.text : undefined;
        const text = { words: wordsOf(stored), passages: stored.passages };
        known.set(key, { content, text });
        return text;
      },
    };
  };
  return { find, onDidChange: library.onDidChange };
}

/** A text's words as the pages that show it make them. */
export function wordsOf({ form, html, passages, between }: StoredText): ChapterWords {
  return html === undefined
    ? documentWords(form, piecesOf(passages, between))
    : savedPageWords(
        form,
        html,
        passages.map(({ anchor = '' }) => anchor),
      );
}

/** The content that a form's text was read from. */
function readAs({ copies }: SavedDocument, form: CopyForm): string {
  return copies.find((copy) => copy.form === form)?.indexed ?? '';
}

function isBeingRead({ copies }: SavedDocument, form: CopyForm): boolean {
  const copy = copies.find((one) => one.form === form);
  return copy?.content !== undefined && copy.problem === undefined && copy.content.hash !== copy.indexed;
}

/** What the handbook calls it, or else where it is from. */
async function titleKnown(study: Study, subject: string): Promise<string> {
  const address = addressOfSubject(subject);
  if (address === undefined) return '';
  const { resources } = await study.curriculum();
  const resource = Object.values(resources).find((one) => savedAs(addressOf(one))?.address === address);
  return resource?.title ?? address;
}
