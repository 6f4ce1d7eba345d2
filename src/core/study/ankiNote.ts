// Cards as Anki knows them: notes with a guid, fields in HTML, and TeX as MathJax reads it.

import { cardHtml } from './cardMarkdown.ts';
import { htmlToMarkdown } from './htmlToMarkdown.ts';
import type { CardText } from './studyEvent.ts';

/** One card that goes to Anki or comes from there. */
export interface AnkiNote {
  readonly guid: string;
  /** HTML. */
  readonly front: string;
  readonly back: string;
  readonly tags: readonly string[];
}

/** Where our cards go in Anki. */
export const ankiDeck = 'Generative AI Handbook';

const fromAnki = 'anki:';

/** The guid under which Anki knows a card: its own where it came from Anki, ours otherwise. */
export function guidOf(cardId: string): string {
  return cardId.startsWith(fromAnki) ? cardId.slice(fromAnki.length) : cardId;
}

/** The card that a guid means: one of ours comes back as itself. Undefined for a guid that can't be an id. */
export function cardIdOf(guid: string): string | undefined {
  if (guid.trim() === '' || guid.length > 190 || !guid.isWellFormed()) return undefined;
  return isOurs(guid) ? guid : fromAnki + guid;
}

/** Whether a card was made here, and its reviews with it. */
export function isOurs(cardId: string): boolean {
  return /^(own|quiz):/.test(cardId);
}

/** A side of a card as HTML for Anki. */
export function ankiSide(markdown: string): string {
  return cardHtml(markdown, (tex, display, escapeHtml) =>
    display ? `\\[${escapeHtml(tex)}\\]` : `\\(${escapeHtml(tex)}\\)`,
  ).trim();
}

export function ankiNoteOf(cardId: string, text: CardText): AnkiNote {
  const chapter = text.origin?.chapterId;
  const tags = [...(text.tags ?? []), ...(chapter === undefined ? [] : [chapter])]
    .map(ankiTag)
    .filter((tag) => tag !== '');
  return { guid: guidOf(cardId), front: ankiSide(text.front), back: ankiSide(text.back), tags: [...new Set(tags)] };
}

/** Anki's tags are separated by spaces. */
function ankiTag(tag: string): string {
  return tag.trim().replace(/\s+/g, '-');
}

/**
 * What an imported note makes of a card: its new text, or undefined if it is as it was. `known` is the card as it stands;
 * what Anki doesn't carry, its place in the handbook, stays.
 */
export function textFromNote(note: AnkiNote, known: CardText | undefined): CardText | undefined {
  if (known && ankiSide(known.front) === note.front && ankiSide(known.back) === note.back) return undefined;
  const front = htmlToMarkdown(note.front);
  const back = htmlToMarkdown(note.back);
  if (front === '' && back === '') return undefined;
  // Imported a second time, it is the same text again.
  if (known?.front === front && known.back === back) return undefined;
  const tags = note.tags.filter((tag) => tag.length <= 200 && tag !== known?.origin?.chapterId).slice(0, 100);
  return { front, back, ...(known?.origin && { origin: known.origin }), ...(tags.length > 0 && { tags }) };
}
