// Byte-pair encoding of the worked example's four words, and of two unseen ones.

import type { Example } from '../example.ts';

const counts = { the: 6, then: 3, hen: 4, ten: 2 };
let corpus = Object.entries(counts).map(([word, count]) => ({ symbols: Array.from(word), count }));
const size = (): number => corpus.reduce((sum, { symbols, count }) => sum + symbols.length * count, 0);
const alphabet = new Set(corpus.flatMap(({ symbols }) => symbols)).size;

function merge(symbols: readonly string[], pair: readonly [string, string]): string[] {
  const merged: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const [here = '', next = ''] = [symbols[i], symbols[i + 1]];
    const joins = here === pair[0] && next === pair[1];
    merged.push(joins ? here + next : here);
    if (joins) i++;
  }
  return merged;
}

const start = size();
const steps: { pair: [string, string]; count: number; left: number }[] = [];
for (let k = 0; k < 4; k++) {
  const pairs = new Map<string, number>();
  for (const { symbols, count } of corpus)
    for (let i = 0; i + 1 < symbols.length; i++) {
      const pair = `${symbols[i] ?? ''} ${symbols[i + 1] ?? ''}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + count);
    }
  const [best, count] = [...pairs].reduce((a, b) => (b[1] > a[1] ? b : a));
  const [left = '', right = ''] = best.split(' ');
  corpus = corpus.map((entry) => ({ ...entry, symbols: merge(entry.symbols, [left, right]) }));
  steps.push({ pair: [left, right], count, left: size() });
}
const encode = (word: string): string[] => steps.reduce((symbols, { pair }) => merge(symbols, pair), Array.from(word));

const entries = 256 + 50_000 + 1;
const embedding = entries * 768;
// GPT-2 small: token and position embeddings, 12 blocks with their biases and norms, and the last norm.
const width = 768;
const block = 12 * width * width + 9 * width + 4 * width;
const parameters = embedding + 1024 * width + 12 * block + 2 * width;

export default {
  given: [6, 3, 4, 2, 256, 50_000, 1, 768],
  computed: [
    start,
    alphabet,
    ...steps.flatMap(({ count, left }) => [count, left]),
    steps.length,
    alphabet + steps.length,
    (start / size()).toFixed(2),
    encode('thence').length,
    encode('tenth').length,
    entries,
    embedding,
    parameters,
    Math.round((100 * embedding) / parameters),
  ],
} satisfies Example;
