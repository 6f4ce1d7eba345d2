import type { Example } from '../example.ts';

const codes: readonly (readonly number[])[] = [
  [0, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
];
const z: readonly number[] = [0.8, 0.6];
const beta = 0.25;

const distances = codes.map((code) => code.reduce((sum, value, d) => sum + (z[d]! - value) ** 2, 0));
const index = distances.indexOf(Math.min(...distances));
const e = codes[index]!;
const codebookLoss = distances[index]!;

const codebookGradient = e.map((value, d) => 2 * (value - z[d]!));
const moved = e.map((value, d) => value - 0.1 * codebookGradient[d]!);
const decoderGradient = [0.3, -0.5];
const commitmentGradient = e.map((value, d) => 2 * beta * (z[d]! - value));
const encoderGradient = commitmentGradient.map((value, d) => value + decoderGradient[d]!);

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
    ...codebookGradient.map((value) => value.toFixed(2)),
    ...moved.map((value) => value.toFixed(2)),
    ...commitmentGradient.map((value) => value.toFixed(2)),
    ...encoderGradient.map((value) => value.toFixed(2)),
    total,
    entropy,
    (2 ** entropy).toFixed(2),
    imageBits,
    Math.log2(512),
    codeBits,
    (imageBits / codeBits).toFixed(1),
  ],
} satisfies Example;
