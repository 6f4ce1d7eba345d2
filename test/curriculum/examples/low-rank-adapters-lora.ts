// A rank-1 layer, merged and unmerged; the adapter of Llama 3.1 8B and the memory that training it takes.

import type { Example } from '../example.ts';

type Matrix = readonly (readonly number[])[];
const times = (matrix: Matrix, x: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, weight, j) => sum + weight * (x[j] ?? 0), 0));

const [w, b, a, scale, x] = [
  [
    [1, 2],
    [3, 4],
  ],
  [1, -1],
  [0.5, 1],
  2 / 1,
  [1, 2],
] as const;
const wx = times(w, x);
const [ax = 0] = times([a], x);
const correction = b.map((entry) => scale * entry * ax);
const output = wx.map((entry, i) => entry + (correction[i] ?? 0));
const merged = w.map((row, i) => row.map((entry, j) => entry + scale * (b[i] ?? 0) * (a[j] ?? 0)));
const mergedOutput = times(merged, x);

const [width, keyValue, hidden, layers, vocabulary, rank] = [4096, 1024, 14_336, 32, 128_256, 16];
const sides = { attention: width + width, keyValue: width + keyValue, feedForward: width + hidden };
const perRank = 2 * sides.attention + 2 * sides.keyValue + 3 * sides.feedForward;
const adapter = perRank * rank * layers;
const embeddings = 2 * vocabulary * width;
const matrices = layers * (2 * width * width + 2 * width * keyValue + 3 * width * hidden);
const parameters = embeddings + matrices + (2 * layers + 1) * width;

const giga = (bytes: number): string => (bytes / 1e9).toFixed(1);
const quantised = ((parameters - embeddings) * 4.127) / 8 + 2 * embeddings;

export default {
  given: [1, 2, 3, 4, -1, 0.5, 32, 16, 14, 4.127, 128_256, 4096, '3.1', 8],
  computed: [
    ...wx,
    ax,
    ...correction,
    ...output,
    ...merged.flat(),
    ...mergedOutput,
    (parameters / 1e9).toFixed(2),
    perRank,
    ...Object.values(sides),
    adapter,
    ((100 * adapter) / parameters).toFixed(2),
    (sides.attention + sides.keyValue) * rank * layers,
    giga(2 * parameters),
    giga(14 * parameters),
    giga(16 * parameters),
    giga(16 * adapter),
    giga(2 * parameters + 16 * adapter),
    giga(quantised),
    giga(quantised + 16 * adapter),
    Math.round((2 * adapter) / 1e6),
  ],
} satisfies Example;
