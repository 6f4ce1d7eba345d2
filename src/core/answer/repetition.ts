/** The longest piece that is looked for again, and how much of a text must be repetition before it is one. */
const limits = { unit: 240, times: 4, characters: 160 };

/**
 * Whether a text that is being written has run into a loop: it ends with the same piece four times or more. Returns how much
 * of it is worth keeping, up to the end of the piece's first time; undefined if it goes on as it should.
 */
export function beforeRepetition(text: string): number | undefined {
  for (let unit = 1; unit <= Math.min(limits.unit, text.length / limits.times); unit++) {
    const times = Math.max(limits.times, Math.ceil(limits.characters / unit));
    const from = text.length - unit * times;
    if (from < 0) continue;
    let at = text.length - 1;
    while (at - unit >= 0 && text[at] === text[at - unit]) at--;
    if (text.length - 1 - at < unit * (times - 1) || !/[\p{L}\p{N}]/u.test(text.slice(-unit))) continue;
    // What comes before may end as the piece does: its own full stop is kept with it.
    return at + 1 + (/^[.!?…"'”’)\]]*/.exec(text.slice(at + 1))?.[0].length ?? 0);
  }
  return undefined;
}
