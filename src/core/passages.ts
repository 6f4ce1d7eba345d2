// A passage is the text under one heading of a chapter: what is searched, quoted and cited.

export interface Sentence {
  /** Plain text, TeX turned into readable characters: what is searched and copied. */
  readonly text: string;
  /** The same sentence rendered, safe to show. */
  readonly html: string;
}

export interface Passage {
  /** `chapterId#anchor`. The chapter's own summary is the passage `chapterId#summary`. */
  readonly id: string;
  readonly chapterId: string;
  readonly anchor: string;
  readonly heading: string;
  /** The title of the saved document that it is from, instead of a chapter. */
  readonly document?: string;
  readonly sentences: readonly Sentence[];
  /** Text that is searched but not quoted sentence by sentence: tables, captions, code. */
  readonly unquoted: string;
}

export interface PassageAddress {
  readonly chapterId: string;
  readonly anchor: string;
}

export const summaryAnchor = 'summary';

/** The anchor of a chapter's list of resources, a passage like any other: what a resource is best for can be quoted. */
export const resourcesAnchor = 'resources';

export function passageId(chapterId: string, anchor: string): string {
  return `${chapterId}#${anchor}`;
}

/** Takes a passage id apart; undefined if `id` isn't of that form. */
export function parsePassageId(id: string): PassageAddress | undefined {
  const found = /^([a-z0-9-]+)#([a-z0-9-]+)$/.exec(id);
  return found?.[1] && found[2] ? { chapterId: found[1], anchor: found[2] } : undefined;
}

export function passageText(passage: Passage): string {
  return passage.sentences.map((sentence) => sentence.text).join(' ');
}
