import type { Example } from '../example.ts';

const weights = [0.12, -0.52, 0.03, 0.31, -0.07, 0.44, -0.26, 0.7];
const bits = 4;

interface Quantised {
  readonly step: number;
  readonly codes: readonly number[];
  readonly used: readonly number[];
  readonly errors: readonly number[];
}
function quantise(values: readonly number[]): Quantised {
  const step = Math.max(...values.map(Math.abs)) / (2 ** (bits - 1) - 1);
  const codes = values.map((value) => Math.round(value / step) + 0);
  const used = codes.map((code) => code * step);
  return { step, codes, used, errors: values.map((value, i) => Math.abs(value - (used[i] ?? NaN))) };
}
const rms = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

const whole = quantise(weights);
const outlier = 7.7;
const spoilt = [...weights.slice(0, -1), outlier];
const one = quantise(spoilt);
const first = quantise(spoilt.slice(0, 4));
const second = quantise(spoilt.slice(4));
const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const lost = (quantised: Quantised): string => words[quantised.codes.filter((code) => code === 0).length] ?? '';
if (lost(one) !== 'seven' || lost(second) !== 'three') throw new Error('the text counts other lost weights');
if (!spoilt.slice(0, -1).every((value) => Math.abs(value) < one.step / 2)) throw new Error('not below half a step');

export default {
  given: [bits, ...weights, '0.70', outlier.toFixed(2), 7],
  computed: [
    whole.step.toFixed(2),
    ...whole.codes,
    ...whole.used.map((value) => Number(value.toFixed(1))),
    Math.max(...whole.errors).toFixed(2),
    rms(whole.errors).toFixed(3),
    one.step.toFixed(2),
    first.step.toFixed(3),
    ...first.codes,
    rms(first.errors).toFixed(3),
  ],
} satisfies Example;
