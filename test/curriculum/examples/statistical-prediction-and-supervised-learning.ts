import type { Example } from '../example.ts';

const xs = [1, 2, 3, 4, 5];
const ys = [2, 3, 5, 4, 6];
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: readonly number[], index: number): number => values[index] ?? NaN;

/** Least-squares polynomial by the normal equations, solved by Gaussian elimination; lowest power first. */
function fit(x: readonly number[], y: readonly number[], degree: number): number[] {
  const size = degree + 1;
  const rows = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => x.reduce((sum, value) => sum + value ** (i + j), 0)),
    x.reduce((sum, value, k) => sum + value ** i * at(y, k), 0),
  ]);
  for (const [i, pivot] of rows.entries()) {
    for (const [j, row] of rows.entries()) {
      if (i === j) continue;
      const factor = at(row, i) / at(pivot, i);
      for (let k = i; k <= size; k++) row[k] = at(row, k) - factor * at(pivot, k);
    }
  }
  return rows.map((row, i) => at(row, size) / at(row, i));
}
const predict = (weights: readonly number[], x: number): number => weights.reduce((sum, w, i) => sum + w * x ** i, 0);

function trainingError(degree: number): number {
  const weights = fit(xs, ys, degree);
  return mean(xs.map((x, i) => (predict(weights, x) - at(ys, i)) ** 2));
}
function missWhenLeftOut(degree: number, left: number): number {
  const others = (_: number, i: number): boolean => i !== left;
  return predict(fit(xs.filter(others), ys.filter(others), degree), at(xs, left)) - at(ys, left);
}
const leaveOneOut = (degree: number): number => mean(xs.map((_, i) => missWhenLeftOut(degree, i) ** 2));

const degrees = [0, 1, 2, 3];
const [intercept, slope] = fit(xs, ys, 1);
const crossed = xs.reduce((sum, x, i) => sum + (x - mean(xs)) * (at(ys, i) - mean(ys)), 0);
const squared = xs.reduce((sum, x) => sum + (x - mean(xs)) ** 2, 0);
const penalties = [0, 2, 10];

export default {
  given: [...xs, ...ys, ...degrees, ...penalties],
  computed: [
    ...degrees.map((degree) => trainingError(degree).toFixed(3)),
    ...degrees.map((degree) => leaveOneOut(degree).toFixed(3)),
    (intercept ?? NaN).toFixed(1),
    (slope ?? NaN).toFixed(1),
    ...[0, xs.length - 1].map((end) => Math.abs(missWhenLeftOut(3, end)).toFixed(0)),
    mean(xs),
    mean(ys),
    crossed,
    squared,
    ...penalties.map((penalty) => Number((crossed / (squared + penalty)).toFixed(2))),
  ],
} satisfies Example;
