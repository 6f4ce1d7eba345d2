import type { Example } from '../example.ts';

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const length = (a: readonly number[]): number => Math.sqrt(dot(a, a));
const plus = (a: readonly number[], scale: number, b: readonly number[]): number[] =>
  a.map((x, i) => x + scale * (b[i] ?? 0));
const softmax = (logits: readonly number[]): number[] => {
  const powers = logits.map((z) => Math.exp(z));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};
const show = (values: readonly number[], digits: number): string[] =>
  values.map((value) => (Math.abs(value) < 1e-9 ? 0 : value).toFixed(digits));

const differences = [
  [1.2, 0.9, 0.2],
  [1, 1.1, -0.3],
  [1.4, 0.7, 0.1],
];
const mean = [0, 1, 2].map((axis) => differences.reduce((sum, pair) => sum + (pair[axis] ?? 0), 0) / 3);
const unit = mean.map((x) => x / length(mean));
const state = [1, 2, 1];
const projection = dot(state, unit);
const strength = 3;
const steered = plus(state, strength, unit);
const ablated = plus(state, -projection, unit);

const rows = [
  [0.5, 0.4, 0],
  [0.1, 0.3, 0.8],
  [-0.3, -0.1, 0.2],
];
const before = rows.map((row) => dot(row, state));
const after = rows.map((row) => dot(row, steered));

const [layers, width, valueWidth, rank] = [32, 4096, 1024, 16];
const vectorNumbers = layers * width;
const loraNumbers = layers * rank * (width + width + (width + valueWidth));

export default {
  given: [
    ...differences.flatMap((pair) => show(pair, 1)),
    ...rows.flatMap((row) => show(row, 1)),
    ...state,
    strength,
    layers,
    width,
    valueWidth,
    rank,
    7,
  ],
  computed: [
    ...show(mean, 1),
    length(mean).toFixed(1),
    ...show(unit, 1),
    projection.toFixed(1),
    ...show(steered, 1),
    (length(steered) / length(state)).toFixed(1),
    ...show(before, 2),
    ...show(
      rows.map((row) => dot(row, unit)),
      2,
    ),
    ...show(after, 2),
    ...show(softmax(before), 2),
    ...show(softmax(after), 2),
    ...show(ablated, 1),
    ...show([dot(ablated, unit)], 1),
    vectorNumbers,
    loraNumbers,
    loraNumbers / vectorNumbers,
  ],
} satisfies Example;
