import type { Example } from '../example.ts';

const documents = 4;
const words = [
  { found: 1, a: 3, b: 0 },
  { found: 2, a: 1, b: 2 },
  { found: 4, a: 6, b: 4 },
];
const show = (value: number): string | number => (value === 0 ? 0 : value.toFixed(3));
const idf = words.map(({ found }) => Math.log(documents / found));

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, entry, i) => sum + entry * (q[i] ?? NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
const countsA = words.map(({ a }) => a);
const countsB = words.map(({ b }) => b);
const weigh = (counts: readonly number[]): number[] => counts.map((count, i) => count * (idf[i] ?? NaN));

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const dots = [1.5, 0.5, -1];
const parts = dots.map((x) => -Math.log(sigmoid(x)));

export default {
  given: [documents, ...words.flatMap(({ found, a, b }) => [found, a, b]), 1.5, -0.5, 1, ...dots],
  computed: [
    ...idf.map(show),
    ...weigh(countsA).map(show),
    ...weigh(countsB).map(show),
    show(cosine(countsA, countsB)),
    show(cosine(weigh(countsA), weigh(countsB))),
    ...dots.map((x) => show(sigmoid(x))),
    ...parts.map(show),
    parts.reduce((sum, part) => sum + part, 0).toFixed(2),
  ],
} satisfies Example;
