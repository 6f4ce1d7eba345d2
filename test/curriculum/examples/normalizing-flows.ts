import type { Example } from '../example.ts';

const logNormal = (z: number): number => -Math.log(2 * Math.PI) / 2 - z ** 2 / 2;

// x = 2z, scored at x = 3.
const stretch = 2;
const stretched = 3 / stretch;

// One coupling layer in two dimensions, scored at the data point (1, 2).
const [first, second] = [1, 2];
const logScale = 0.5 * first;
const shift = first;
const base = (second - shift) * Math.exp(-logScale);
const logDensity = logNormal(first) + logNormal(base) - logScale;

export default {
  given: [0.5, 1, 2, 3, first, second],
  computed: [
    stretched,
    Math.exp(logNormal(stretched)).toFixed(4),
    (Math.exp(logNormal(stretched)) / stretch).toFixed(4),
    base.toFixed(4),
    (base * Math.exp(logScale) + shift).toFixed(3),
    logNormal(0).toFixed(3),
    (first ** 2 / 2).toFixed(3),
    (base ** 2 / 2).toFixed(3),
    logNormal(first).toFixed(3),
    logNormal(base).toFixed(3),
    logDensity.toFixed(3),
    Math.exp(logDensity).toFixed(4),
  ],
} satisfies Example;
