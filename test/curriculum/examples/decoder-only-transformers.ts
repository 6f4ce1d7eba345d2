import type { Example } from '../example.ts';

const keys = [
  [2, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 2],
];
const query = [0, 3, 1, 1];
const position = 2;
const d = query.length;
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, entry, i) => sum + entry * (b[i] ?? NaN), 0);
const show = (value: number): string | number => (value === 0 ? 0 : value.toFixed(3));

function softmax(scores: readonly number[]): { powers: number[]; weights: number[] } {
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return { powers, weights: powers.map((power) => power / sum) };
}

const dots = keys.map((key) => dot(query, key));
const scaled = dots.map((score) => score / Math.sqrt(d));
const mask = (scores: readonly number[]): number[] => scores.map((score, i) => (i > position ? -Infinity : score));
const { powers, weights } = softmax(mask(scaled));
const unscaled = softmax(mask(dots)).weights;

const layers = 12;
const heads = 12;
const width = 768;
const vocabulary = 50257;
const context = 1024;
const blocks = 12 * layers * width ** 2;
const table = vocabulary * width;
const positions = context * width;

export default {
  given: [...keys.flat(), ...query, 2, 12, layers, heads, width, vocabulary, context],
  computed: [
    d,
    Math.sqrt(d),
    ...dots,
    ...scaled,
    ...powers.map(show),
    ...weights.map(show),
    show(unscaled[1] ?? NaN),
    blocks,
    table,
    positions,
    blocks + table + positions,
    context * context,
  ],
} satisfies Example;
