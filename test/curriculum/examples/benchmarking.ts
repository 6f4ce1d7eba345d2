// Perplexity under two tokenisers, a paired comparison of two models, pass@k and the win rates of rating leads.

import type { Example } from '../example.ts';

const probabilities = [0.5, 0.25, 0.1, 0.8];
const bytes = 20;
const product = probabilities.reduce((a, b) => a * b);
const perplexity = (tokens: number): string => Math.exp(-Math.log(product) / tokens).toFixed(2);
const bits = -Math.log2(product);

const [questions, oldSolved, newSolved, onlyNew] = [200, 140, 150, 22];
const onlyOld = onlyNew - (newSolved - oldSolved);
const difference = (newSolved - oldSolved) / questions;
const variance = (solved: number): number => ((solved / questions) * (1 - solved / questions)) / questions;
const separate = Math.sqrt(variance(oldSolved) + variance(newSolved));
const paired = Math.sqrt(onlyNew + onlyOld - (onlyNew - onlyOld) ** 2 / questions) / questions;
const points = (share: number): string => (100 * share).toFixed(1);

/** 1 − C(n − c, k) / C(n, k), factor by factor. */
function passAt(k: number, n: number, c: number): number {
  let allFail = 1;
  for (let i = 0; i < k; i++) allFail *= (n - c - i) / (n - i);
  return 1 - allFail;
}

const win = (lead: number): number => 1 / (1 + 10 ** (-lead / 400));

export default {
  given: [bytes, ...probabilities, '-1', 4, 5, questions, oldSolved, newSolved, onlyNew, 95, 20, 3, 1, 100, 15],
  computed: [
    product.toFixed(2),
    perplexity(4),
    bits.toFixed(2),
    (bits / bytes).toFixed(2),
    perplexity(5),
    100 * difference,
    points(separate),
    onlyOld,
    points(paired),
    points(difference - 1.96 * paired),
    points(difference + 1.96 * paired),
    Math.round(100 * passAt(1, 20, 3)),
    points(passAt(5, 20, 3)),
    Math.round(100 * win(100)),
    points(win(15)),
  ],
} satisfies Example;
