// What a model's text is made of, and how it is read from one place on.

export type AnswerPart =
  | { readonly type: 'text'; readonly text: string }
  /** One passage, by its number in the prompt. */
  | { readonly type: 'citation'; readonly number: number }
  /** TeX without its delimiters. */
  | { readonly type: 'tex'; readonly tex: string; readonly display: boolean };

/** What was read at one place: how much of the text it is and what it means; 'more' if that can't be told yet. */
export type Read = { readonly length: number; readonly parts: readonly AnswerPart[] } | 'more' | 'nothing';

export interface Place {
  readonly text: string;
  readonly at: number;
  /** The end of what comes before, to see what a bracket is attached to. */
  readonly before: string;
  readonly lineStart: boolean;
  /** Nothing comes after `text`. */
  readonly final: boolean;
}

export function asText(text: string): Read {
  return { length: text.length, parts: [{ type: 'text', text }] };
}

/** The rest of the line with its end; undefined if that hasn't come yet. */
export function wholeLine({ text, at, final }: Place): string | undefined {
  const end = text.indexOf('\n', at);
  if (end >= 0) return text.slice(at, end + 1);
  return final ? text.slice(at) : undefined;
}
