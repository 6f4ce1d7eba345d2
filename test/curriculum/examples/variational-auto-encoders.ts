import type { Example } from '../example.ts';

// Prior N(0, 1), decoder N(z, 1), one observation; q is a normal with the given mean and variance.
const x = 2;
const normalConstant = -Math.log(2 * Math.PI) / 2;
const reconstruction = (mean: number, variance: number): number => normalConstant - ((x - mean) ** 2 + variance) / 2;
const kl = (mean: number, variance: number): number => (mean ** 2 + variance - 1 - Math.log(variance)) / 2;

const evidenceVariance = 1 + 1;
const logEvidence = -Math.log(2 * Math.PI * evidenceVariance) / 2 - x ** 2 / (2 * evidenceVariance);
const posteriorVariance = 1 / (1 + 1);
const posteriorMean = posteriorVariance * x;

const encoders = [
  [0, 1],
  [1, 1],
  [posteriorMean, posteriorVariance],
] as const;
const rows = encoders.flatMap(([mean, variance]) => {
  const bound = reconstruction(mean, variance) - kl(mean, variance);
  return [reconstruction(mean, variance), kl(mean, variance), bound, Math.abs(logEvidence - bound)];
});

// One gradient through z = μ + σε.
const epsilon = 0.3;
const z = 1 + 1 * epsilon;
const slope = z - x;

export default {
  given: [0, 1, 2, 0.3],
  computed: [
    evidenceVariance,
    logEvidence.toFixed(3),
    posteriorMean,
    posteriorVariance,
    ...rows.map((value) => value.toFixed(3)),
    z.toFixed(1),
    slope.toFixed(1),
    slope.toFixed(2),
    (slope * epsilon).toFixed(2),
  ],
} satisfies Example;
