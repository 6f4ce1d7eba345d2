import type { Example } from '../example.ts';

// Naive Bayes with add-one smoothing on "free meeting".
const counts = { spam: [7, 0, 3], other: [1, 5, 4] } as const;
const total = (of: readonly number[]): number => of.reduce((sum, count) => sum + count, 0);
const smoothed = (of: readonly number[], word: number): number => ((of[word] ?? 0) + 1) / (total(of) + of.length);
const prior = 0.4;
const spam = prior * smoothed(counts.spam, 0) * smoothed(counts.spam, 1);
const other = (1 - prior) * smoothed(counts.other, 0) * smoothed(counts.other, 1);

// One step of EM for two Gaussians on a line.
const points = [0, 1, 3, 6];
interface Component {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}
const start: readonly Component[] = [
  { weight: 0.5, mean: 0, variance: 4 },
  { weight: 0.5, mean: 4, variance: 4 },
];
const density = (x: number, { weight, mean, variance }: Component): number =>
  (weight * Math.exp(-((x - mean) ** 2) / (2 * variance))) / Math.sqrt(2 * Math.PI * variance);
const mixture = (x: number, model: readonly Component[]): number => total(model.map((part) => density(x, part)));
const logLikelihood = (model: readonly Component[]): number => total(points.map((x) => Math.log(mixture(x, model))));

const responsibilities = start.map((part) => points.map((x) => density(x, part) / mixture(x, start)));
const refitted = responsibilities.map((shares): Component => {
  const mass = total(shares);
  const mean = total(shares.map((share, n) => share * (points[n] ?? 0))) / mass;
  const variance = total(shares.map((share, n) => share * ((points[n] ?? 0) - mean) ** 2)) / mass;
  return { weight: mass / points.length, mean, variance };
});

export default {
  given: [...counts.spam, ...counts.other, ...points, 40, 0.4, 4],
  computed: [
    counts.spam[0] / total(counts.spam),
    counts.spam[0] + 1,
    total(counts.spam) + counts.spam.length,
    counts.other[0] + 1,
    counts.other[1] + 1,
    1 - prior,
    spam.toFixed(4),
    other.toFixed(4),
    (spam / (spam + other)).toFixed(2),
    ...responsibilities.flat().map((share) => share.toFixed(3)),
    total(responsibilities[1] ?? []).toFixed(3),
    ...refitted.flatMap(({ weight, mean, variance }) => [weight, mean, variance].map((value) => value.toFixed(3))),
    logLikelihood(start).toFixed(3),
    logLikelihood(refitted).toFixed(3),
  ],
} satisfies Example;
