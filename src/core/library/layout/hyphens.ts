// Words that the end of a line has cut in two.

const hyphen = /[-‐­]$/u;

/** Whether a line ends within a word. */
export function endsInHyphen(text: string): boolean {
  return hyphen.test(text) && /\p{L}[-‐­]$/u.test(text);
}

/** The words of a document that stand whole in a line, to tell whether a cut word is written with a hyphen. */
export function wordsIn(lines: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const line of lines) {
    const found = line.toLowerCase().match(/\p{L}+(?:[-‐]\p{L}+)*/gu) ?? [];
    // The last word of a line may itself be cut.
    for (const word of endsInHyphen(line) ? found.slice(0, -1) : found) {
      const plain = word.replaceAll('‐', '-');
      words.add(plain);
      // "multi-" of "multi-head", for a "multi-" at the end of a line.
      for (let at = plain.indexOf('-'); at >= 0; at = plain.indexOf('-', at + 1)) words.add(plain.slice(0, at + 1));
    }
  }
  return words;
}

/** `text` continued by the next line: a word that was cut is made whole. */
export function continued(text: string, next: string, words: ReadonlySet<string>): string {
  if (!endsInHyphen(text)) return text === '' ? next : `${text} ${next}`;
  const cut = text.replace(hyphen, '');
  if (text.endsWith('\u00ad')) return cut + next;
  const before = /[\p{L}-]+$/u.exec(cut)?.[0] ?? '';
  const after = /^[\p{L}-]+/u.exec(next)?.[0] ?? '';
  const hyphened = `${before}-${after}`.toLowerCase();
  const whole = (before + after).toLowerCase();
  const keeps =
    // A capital or a digit goes on after a hyphen that is meant: "GPT-" "4", "Mann-" "Whitney".
    !/^\p{Ll}/u.test(next) ||
    (!words.has(whole) &&
      (words.has(hyphened) ||
        words.has(`${before}-`.toLowerCase()) ||
        (words.has(before.toLowerCase()) && words.has(after.toLowerCase()))));
  return keeps ? `${cut}-${next}` : cut + next;
}
