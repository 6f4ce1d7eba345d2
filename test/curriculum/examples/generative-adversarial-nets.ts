import type { Example } from '../example.ts';

const data = [0.5, 0.3, 0.2, 0];
const generator = [0.5, 0.1, 0, 0.4];
const best = data.map((p, n) => p / (p + (generator[n] ?? 0)));

/** The share p times log d, which is 0 for a share of 0. */
const term = (p: number, d: number): number => (p === 0 ? 0 : p * Math.log(d));
const value = best.reduce((sum, d, n) => sum + term(data[n] ?? 0, d) + term(generator[n] ?? 0, 1 - d), 0);
const floor = -Math.log(4);

// A recognised fake: derivatives with respect to the discriminator's logit.
const fake = 0.01;
const minimax = fake;
const nonSaturating = 1 - fake;

// FID of two normals on a line.
const [real, generated] = [
  { mean: 3, deviation: 2 },
  { mean: 4, deviation: 1 },
];
const fid = (real.mean - generated.mean) ** 2 + (real.deviation - generated.deviation) ** 2;

export default {
  given: [
    ...[...data, ...generator].map((share) => share.toFixed(1)),
    ...[real, generated].flatMap(({ mean, deviation }) => [mean, deviation]),
    fake,
  ],
  computed: [
    ...best.map((d) => d.toFixed(2)),
    (1 - (best[1] ?? 0)).toFixed(2),
    value.toFixed(3),
    floor.toFixed(3),
    (value - floor).toFixed(3),
    ((value - floor) / 2).toFixed(3),
    Math.log(2).toFixed(3),
    minimax.toFixed(2),
    nonSaturating.toFixed(2),
    Math.round(nonSaturating / minimax),
    fid,
  ],
} satisfies Example;
