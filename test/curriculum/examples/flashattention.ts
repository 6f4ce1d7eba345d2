import type { Example } from '../example.ts';

const scores = [1, 3, 2, 5];
const values = [10, 20, 30, 40];

let maximum = -Infinity;
let sum = 0;
let weighted = 0;
const states: (number | string)[] = [];
for (let start = 0; start < scores.length; start += 2) {
  const block = scores.slice(start, start + 2);
  const raised = Math.max(maximum, ...block);
  const factor = Math.exp(maximum - raised);
  if (start > 0) states.push(factor.toFixed(3), (factor * sum).toFixed(3), (factor * weighted).toFixed(3));
  sum *= factor;
  weighted *= factor;
  for (const [i, score] of block.entries()) {
    sum += Math.exp(score - raised);
    weighted += Math.exp(score - raised) * (values[start + i] ?? NaN);
  }
  maximum = raised;
  states.push(maximum, sum.toFixed(3), weighted.toFixed(3));
}

const direct = scores.map((score) => Math.exp(score - Math.max(...scores)));
const directSum = direct.reduce((total, weight) => total + weight, 0);
const directWeighted = direct.reduce((total, weight, i) => total + weight * (values[i] ?? NaN), 0);

const tokens = 8192;
const heads = 32;

export default {
  given: [...scores, ...values, tokens, heads, 2, 16, 4],
  computed: [
    ...states,
    // The exponents e^{-2} and e^{-3}, and the difference 3 - 5.
    1 - 3,
    2 - 5,
    (weighted / sum).toFixed(2),
    ...direct.map((weight) => (weight === 1 ? '1' : weight.toFixed(4))),
    directSum.toFixed(3),
    directWeighted.toFixed(3),
    (tokens ** 2 * heads * 2) / 2 ** 30,
    (tokens * heads * 4) / 2 ** 20,
  ],
} satisfies Example;
