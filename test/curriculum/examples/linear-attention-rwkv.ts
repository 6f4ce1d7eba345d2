import type { Example } from '../example.ts';

// A running sum.
const feature = (x: number): number => (x > 0 ? x : Math.exp(x) - 1) + 1;
const keys = [
  [1, 0],
  [0, 1],
  [1, 1],
];
const values = [10, 20, 30];
const query = [0, 1].map(feature);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

let state = [0, 0];
let normaliser = [0, 0];
const rows: number[] = [];
const weights: number[] = [];
keys.forEach((key, t) => {
  const features = key.map(feature);
  const value = values[t] ?? NaN;
  state = state.map((entry, i) => entry + (features[i] ?? NaN) * value);
  normaliser = normaliser.map((entry, i) => entry + (features[i] ?? NaN));
  weights.push(dot(features, query));
  rows.push(...features, ...state, ...normaliser);
});
const weighted = weights.map((weight, i) => weight * (values[i] ?? NaN));
const total = weights.reduce((a, b) => a + b);

// The delta rule.
const [firstValue, secondValue, beta] = [10, 4, 1];
const overwritten = firstValue + beta * (secondValue - firstValue);

// Size and work.
const [layers, heads, dimension, context, tokens] = [32, 32, 128, 131072, 8192];
const stateBytes = layers * heads * dimension ** 2 * 2;
const cacheBytes = 2 * layers * heads * dimension * 2;
const [quadratic, linear] = [2 * tokens ** 2 * dimension, 2 * tokens * dimension ** 2];
const parts = (x: number): (string | number)[] => {
  const exponent = Math.floor(Math.log10(x));
  return [(x / 10 ** exponent).toFixed(2), exponent];
};
const halfLife = (factor: number): string => (Math.log(0.5) / Math.log(factor)).toFixed(0);

export default {
  given: [0, 1, 2, 3, ...values, firstValue, secondValue, layers, dimension, 16, context, tokens, 0.99, 0.999],
  computed: [
    feature(0),
    feature(1),
    ...rows,
    dot(query, state),
    dot(query, normaliser),
    (dot(query, state) / dot(query, normaliser)).toFixed(2),
    ...weights,
    ...weighted,
    total,
    firstValue + secondValue,
    overwritten,
    stateBytes / 2 ** 20,
    cacheBytes / 2 ** 10,
    (cacheBytes * context) / 2 ** 30,
    (cacheBytes * context) / stateBytes,
    ...parts(quadratic),
    ...parts(linear),
    quadratic / linear,
    halfLife(0.99),
    halfLife(0.999),
  ],
} satisfies Example;
