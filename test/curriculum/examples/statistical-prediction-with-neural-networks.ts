import type { Example } from '../example.ts';

const x = [1, 2];
const rows = [
  [0.5, 0.25],
  [-1, 0.25],
];
const v = [1, -2];
const rate = 0.5;
const target = 1;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, entry, i) => sum + entry * (b[i] ?? NaN), 0);

/** The two-layer network's forward pass. */
function forward(
  weights: readonly (readonly number[])[],
  biases: readonly number[],
  out: readonly number[],
  outBias: number,
) {
  const sums = weights.map((row, i) => dot(row, x) + (biases[i] ?? NaN));
  const hidden = sums.map((sum) => Math.max(0, sum));
  const score = dot(out, hidden) + outBias;
  const p = 1 / (1 + Math.exp(-score));
  return { sums, hidden, score, p, loss: -Math.log(p) };
}

const before = forward(rows, [0, 0], v, 0);
const dScore = before.p - target;
const dOut = before.hidden.map((h) => dScore * h);
const dSums = before.sums.map((sum, i) => (sum > 0 ? dScore * (v[i] ?? NaN) : 0));
const dRows = dSums.map((d) => x.map((entry) => d * entry));

const newRows = rows.map((row, i) => row.map((w, j) => w - rate * (dRows[i]?.[j] ?? NaN)));
const newOut = v.map((w, i) => w - rate * (dOut[i] ?? NaN));
const after = forward(
  newRows,
  dSums.map((d) => -rate * d),
  newOut,
  -rate * dScore,
);

const show = (value: number): string => value.toFixed(3);

export default {
  given: [...x, ...rows.flat(), ...v, 0, rate, target],
  computed: [
    rows.flat().length + rows.length + v.length + 1,
    ...before.sums,
    ...before.hidden,
    before.score,
    show(before.p),
    show(before.loss),
    show(dScore),
    ...dOut.map((d) => (d === 0 ? 0 : show(d))),
    ...dRows.flat().map((d) => (d === 0 ? 0 : show(d))),
    ...(newRows[0] ?? []).map(show),
    show(newOut[0] ?? NaN),
    newOut[1] ?? NaN,
    show(-rate * dScore),
    show(after.score),
    show(after.p),
    show(after.loss),
  ],
} satisfies Example;
