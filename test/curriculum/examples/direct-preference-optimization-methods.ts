// One DPO pair at two strengths, IPO's target, and likelihood displacement among three answers.

import type { Example } from '../example.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const chosen = -42 - -45;
const rejected = -50 - -48;
const rows = [0.1, 0.5].flatMap((beta) => {
  const margin = beta * chosen - beta * rejected;
  return [
    (beta * chosen).toFixed(1),
    (beta * rejected).toFixed(1),
    margin.toFixed(1),
    (-Math.log(sigmoid(margin))).toFixed(2),
    sigmoid(-margin).toFixed(2),
    (beta * sigmoid(0)).toFixed(3),
    (beta * sigmoid(-margin)).toFixed(3),
  ];
});

const start = [0.6, 0.3, 0.1];
const feature = [0.2, 0, 1];
const weight = 2;
const gains = feature.map((value) => value * weight);
const unnormalised = start.map((probability, i) => probability * Math.exp(gains[i] ?? 0));
const total = unnormalised.reduce((sum, number) => sum + number, 0);
const after = unnormalised.map((number) => number / total);
const logRatio = ([a = 0, b = 0]: readonly number[]): number => Math.log(a / b);

export default {
  given: ['-42.0', '-45.0', '-50.0', '-48.0', 0.1, 0.5, '0.60', '0.30', '0.10', 0.2, 0, 1, weight],
  computed: [
    chosen.toFixed(1),
    rejected.toFixed(1),
    (chosen - rejected).toFixed(1),
    ...rows,
    1 / (2 * 0.1),
    gains[0] ?? '',
    gains[2] ?? '',
    ...after.map((probability) => probability.toFixed(2)),
    (logRatio(after) - logRatio(start)).toFixed(1),
  ],
} satisfies Example;
