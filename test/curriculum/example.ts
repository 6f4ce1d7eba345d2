/**
 * The numbers of one chapter's worked example ({#example}), as they stand in its text. `computed` are worked out by the
 * file that holds them; `given` are the example's premises. Every number of the text must be in one of the two.
 */
export interface Example {
  readonly given: readonly (string | number)[];
  readonly computed: readonly (string | number)[];
}

/** The numbers that a text states: "1,500" is "1500", "10^-3" is "10" and "-3", a version or a name with digits is none. */
export function numbersIn(text: string): string[] {
  const plain = text.replace(/[−–](?=\d)/g, '-').replace(/(?<=\d),(?=\d{3})/g, '');
  return [...plain.matchAll(/(?<![\p{L}\d.])-?\d+(?:\.\d+)?(?![\p{L}\d]*\p{L}\d)/gu)].map(([found]) => found);
}
