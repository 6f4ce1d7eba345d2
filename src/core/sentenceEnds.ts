/** Words whose full stop ends no sentence. */
const abbreviations = /(?:\b(?:e\.g|i\.e|cf|vs|etc|al|Fig|Eq|Sec|Ch|No|approx|resp|Dr|Prof|St|ca)|\b[A-Z])\.$/;

/** Where a sentence may end inside a run of text: after `.`, `!`, `?` or `…` with closing marks, before white space. */
const boundary = /[.!?…]+["'”’)\]]*(?=\s)/g;

/** Where sentences end within `text`; `before` stands in front of it and belongs to its first sentence. */
export function sentenceEnds(text: string, before = ''): number[] {
  const ends: number[] = [];
  let from = 0;
  for (const found of text.matchAll(boundary)) {
    const to = found.index + found[0].length;
    const sentence = (from === 0 ? before : '') + text.slice(from, to);
    if (abbreviations.test(sentence) || /^[a-z,;]/.test(text.slice(to).trimStart())) continue;
    ends.push(to);
    from = to;
  }
  return ends;
}

/** The sentences of a plain text, without the white space between them. */
export function plainSentences(text: string): string[] {
  const ends = [...sentenceEnds(text), text.length];
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim()).filter((one) => one !== '');
}
