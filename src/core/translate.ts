/**
 * Puts a phrase of the interface into the learner's language and fills {0}, {1}, … with values. The core doesn't know
 * the language: VS Code's `l10n.t` is one of these.
 */
export type Translate = (phrase: string, ...values: (string | number)[]) => string;

/** The phrase as written, filled. */
export const inEnglish: Translate = (phrase, ...values) =>
  phrase.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
