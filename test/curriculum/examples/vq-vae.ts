import type { Example } from '../example.ts';

type Point = readonly [number, number];
const codes: readonly Point[] = [
  [0, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
];
const z: Point = [0.8, 0.6];
const beta = 0.25;

const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const plus = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
const times = (factor: number, a: Point): Point => [factor * a[0], factor * a[1]];
const square = (a: Point): number => a[0] ** 2 + a[1] ** 2;

const distances = codes.map((code) => square(minus(z, code)));
const codebookLoss = Math.min(...distances);
const index = distances.indexOf(codebookLoss);
const e = codes[index] ?? z;

const codebookGradient = times(2, minus(e, z));
const moved = minus(e, times(0.1, codebookGradient));
const commitmentGradient = times(2 * beta, minus(z, e));
const encoderGradient = plus([0.3, -0.5], commitmentGradient);

const counts = [4, 2, 1, 1];
const total = counts.reduce((sum, count) => sum + count, 0);
const entropy = -counts.reduce((sum, count) => sum + (count / total) * Math.log2(count / total), 0);

const imageBits = 128 * 128 * 3 * 8;
const codeBits = 32 * 32 * Math.log2(512);

export default {
  given: [0, 1, -1, 2, 3, 4, 0.8, 0.6, beta, 0.1, '0.30', '-0.50', 128, 32],
  computed: [
    ...distances.map((distance) => distance.toFixed(2)),
    index + 1,
    (beta * codebookLoss).toFixed(2),
    ...[codebookGradient, moved, commitmentGradient, encoderGradient].flat().map((value) => value.toFixed(2)),
    total,
    entropy,
    (2 ** entropy).toFixed(2),
    imageBits,
    Math.log2(512),
    codeBits,
    (imageBits / codeBits).toFixed(1),
  ],
} satisfies Example;
