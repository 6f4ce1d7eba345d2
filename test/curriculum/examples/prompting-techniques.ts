// Votes among independent answers, computed exactly, and the price of a few-shot prompt.

import type { Example } from '../example.ts';

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** The probability that the first answer wins a vote of `votes` samples; ties are broken evenly. */
function vote(shares: readonly number[], votes: number): number {
  function count(left: number, weight: number, counts: readonly number[]): number {
    const share = shares[counts.length] ?? 0;
    const take = (k: number): number => (weight * share ** k) / factorial(k);
    if (counts.length === shares.length - 1) {
      const all = [...counts, left];
      const most = Math.max(...all);
      return all[0] === most ? take(left) / all.filter((one) => one === most).length : 0;
    }
    let total = 0;
    for (let k = 0; k <= left; k++) total += count(left - k, take(k), [...counts, k]);
    return total;
  }
  return count(votes, factorial(votes), []);
}

const percent = (share: number): string => (100 * share).toFixed(1);
const even = [0.6, 0.4];
const scattered = [0.4, 0.2, 0.2, 0.2];
const misled = [0.4, 0.5, 0.1];

const [instructions, examples, length, calls, pricePerMillion] = [200, 5, 120, 10_000, 1];
const tokens = instructions + examples * length;
const dollars = (perCall: number): string => ((perCall * calls * pricePerMillion) / 1e6).toFixed(2);

export default {
  given: [60, 3, 5, 21, 1, 40, 20, 50, 10, instructions, length, pricePerMillion, calls],
  computed: [
    ...[1, 3, 5, 21].map((votes) => percent(vote(even, votes))),
    percent(vote(even, 5) - vote(even, 1)),
    percent(vote(scattered, 5)),
    percent(vote(misled, 5)),
    percent(vote(misled, 21)),
    tokens,
    dollars(tokens),
    dollars(instructions),
    dollars(tokens / 10),
  ],
} satisfies Example;
