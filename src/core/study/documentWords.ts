// The text of one form of a saved document as plain characters: what notes on it are anchored in. Its pages make the same
// of what they are given (webview/notes/pieceWords.ts, webview/notes/pageWords.ts); tests hold both against each other.

import { copyForms, type CopyForm } from '../library/address.ts';
import type { DocumentPiece } from '../library/pieces.ts';
import { htmlWords, type ChapterWords, type PassageSpan } from './chapterWords.ts';

/** The pieces, each on a line of its own; anchors are `form:passage`. */
export function documentWords(
  form: CopyForm,
  pieces: readonly Pick<DocumentPiece, 'text' | 'passage'>[],
): ChapterWords {
  let text = '';
  const passages: PassageSpan[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) text += '\n';
    const start = text.length;
    text += piece.text;
    const anchor = anchorOf(form, piece.passage);
    const last = passages.at(-1);
    if (last?.anchor === anchor) passages[passages.length - 1] = { ...last, end: text.length };
    else passages.push({ anchor, start, end: text.length });
  }
  return { text, passages };
}

/** The words of a saved page; `ids` are those of the elements where its passages start. */
export function savedPageWords(form: CopyForm, html: string, ids: readonly string[]): ChapterWords {
  return htmlWords(html, { anchor: anchorOf(form, 0), text: '' }, (_tag, id) => {
    const passage = ids.indexOf(id);
    return passage < 0 ? undefined : anchorOf(form, passage);
  });
}

function anchorOf(form: CopyForm, passage: number): string {
  return `${form}:${passage}`;
}

/** The passage that an anchor names. */
export function parseDocumentAnchor(anchor: string): { readonly form: CopyForm; readonly passage: number } | undefined {
  const [, name, number = ''] = /^(\w+):(\d{1,7})$/.exec(anchor) ?? [];
  const form = copyForms.find((one) => one === name);
  return form && { form, passage: Number(number) };
}
