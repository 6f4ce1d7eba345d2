import type { Example } from '../example.ts';

const losses = [
  [0, 1, 1],
  [1, 0, 1],
  [0, 0, 1],
  [0, 1, 0],
];
const eta = Math.log(2);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

let totals = [0, 0, 0];
let learner = 0;
const weightsOf = (): number[] => totals.map((total) => Number(Math.exp(-eta * total).toFixed(6)));
const rows: (number | string)[] = [];
for (const round of losses) {
  const weights = weightsOf();
  const paid = sum(weights.map((weight, i) => weight * (round[i] ?? NaN)));
  learner += paid / sum(weights);
  rows.push(...weights, paid, sum(weights), (paid / sum(weights)).toFixed(3));
  totals = totals.map((total, i) => total + (round[i] ?? NaN));
}
const best = Math.min(...totals);
const rounds = losses.length;
const bound = Math.log(totals.length) / eta + (eta * rounds) / 8;

export default {
  given: [1, 2, 3, 4, 0, 8],
  computed: [
    ...rows,
    rounds,
    learner.toFixed(3),
    ...totals,
    (learner - best).toFixed(3),
    totals.length,
    bound.toFixed(3),
    ...weightsOf(),
  ],
} satisfies Example;
