// One distribution over six tokens: three temperatures, three truncation rules and a mask.

import type { Example } from '../example.ts';

const logits = [4, 3, 2.5, 2, 0, -2];

function softmax(temperature: number, of: readonly number[] = logits): number[] {
  const weights = of.map((logit) => Math.exp(logit / temperature));
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

const percent = (share: number): string => (100 * share).toFixed(1);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function topP(probabilities: readonly number[], p: number): number {
  let kept = 1;
  while (sum(probabilities.slice(0, kept)) < p) kept++;
  return kept;
}
const minP = (probabilities: readonly number[], fraction: number): number =>
  probabilities.filter((probability) => probability >= fraction * (probabilities[0] ?? 0)).length;

const [warm, hot] = [softmax(1), softmax(2)];
const [first = 0] = warm;
const nucleus = topP(warm, 0.9);
const allowed = logits.slice(3, 5);
const masked = softmax(1, allowed);

export default {
  given: [...logits, 0.5, 1, 2, 0.9, 0.1],
  computed: [
    ...[0.5, 1, 2].flatMap((temperature) => softmax(temperature).map(percent)),
    percent(first / sum(warm.slice(0, 2))),
    nucleus,
    percent(sum(warm.slice(0, nucleus))),
    percent(first / sum(warm.slice(0, nucleus))),
    percent(0.1 * first),
    minP(warm, 0.1),
    topP(hot, 0.9),
    minP(hot, 0.1),
    percent(sum(warm.slice(3, 5))),
    ...masked.map(percent),
  ],
} satisfies Example;
