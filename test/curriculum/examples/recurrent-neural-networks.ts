import type { Example } from '../example.ts';

const weight = 0.5;
const inputs = [1, 0, 0];

const rows: { state: number; factor: number; gradient: number }[] = [];
for (let t = 0, h = 0, gradient = 1; t < 10; t++) {
  h = Math.tanh(weight * h + (inputs[t] ?? 0));
  const factor = weight * (1 - h * h);
  if (t > 0) gradient *= factor;
  rows.push({ state: h, factor, gradient });
}
const [first, second, third] = rows.map(({ state, factor, gradient }) => ({
  state: state.toFixed(3),
  factor: factor.toFixed(3),
  gradient: gradient.toFixed(3),
}));
const tenth = rows[9];

const big = [30, 40];
const norm = Math.hypot(...big);
const limit = 5;

export default {
  given: [...inputs, 0.5, 1, 2, 3, 10, 20, 1.5, ...big, limit],
  computed: [
    first?.state ?? '',
    second?.state ?? '',
    second?.factor ?? '',
    second?.gradient ?? '',
    third?.state ?? '',
    third?.factor ?? '',
    third?.gradient ?? '',
    tenth?.state.toFixed(3) ?? '',
    tenth?.factor.toFixed(3) ?? '',
    tenth?.gradient.toFixed(4) ?? '',
    (1 / weight) ** 20,
    (1.5 ** 20).toFixed(0),
    norm,
    limit / norm,
    ...big.map((entry) => entry * (limit / norm)),
  ],
} satisfies Example;
