// A comparison's loss, the best policy under a KL penalty, best-of-n's divergence and the memory of four models.

import type { Example } from '../example.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const margin = 1.8 - 0.6;

const reference = [0.6, 0.3, 0.1];
const rewards = [0, 1, 2];
const rows = [10, 1, 0.5, 0.1].map((beta) => {
  const weights = reference.map((probability, i) => probability * Math.exp((rewards[i] ?? 0) / beta));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const policy = weights.map((weight) => weight / total);
  const mean = policy.reduce((sum, probability, i) => sum + probability * (rewards[i] ?? 0), 0);
  const divergence = policy.reduce(
    (sum, probability, i) => sum + probability * Math.log(probability / (reference[i] ?? 0)),
    0,
  );
  return [...policy, mean, divergence].map((number) => number.toFixed(2));
});

const bestOf = (n: number): string => (Math.log(n) - (n - 1) / n).toFixed(2);
const trained = 16 * 8;
const frozen = 2 * 8;

export default {
  given: [1.8, 0.6, 0.3, 0.1, 0, 1, 2, 10, 0.5, 4, 16, 8],
  computed: [
    margin.toFixed(1),
    sigmoid(margin).toFixed(2),
    (-Math.log(sigmoid(margin))).toFixed(2),
    (-Math.log(sigmoid(-margin))).toFixed(2),
    ...rows.flat(),
    bestOf(4),
    bestOf(16),
    2 * trained + 2 * frozen,
    trained + frozen,
  ],
} satisfies Example;
