import type { Example } from '../example.ts';

const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

const right = 0.6;
const accepted = 0.95;

/** What a check keeps that accepts the share `wrong` of the wrong candidates, and how much of it is right. */
function filter(wrong: number): { good: number; bad: number; kept: number; precision: number } {
  const good = right * accepted;
  const bad = (1 - right) * wrong;
  return { good, bad, kept: good + bad, precision: good / (good + bad) };
}
const strong = filter(0.1);
const weak = filter(0.4);

const variance = (samples: number, generations: number): string => ((1 - 1 / samples) ** generations).toFixed(3);

export default {
  given: [60, 95, 10, '10000', 40, 20, 8, 1, 50, 1000, 100],
  computed: [
    strong.good.toFixed(2),
    strong.bad.toFixed(2),
    strong.kept.toFixed(2),
    percent(strong.precision),
    Math.ceil(10_000 / strong.kept),
    percent(weak.kept, 0),
    percent(weak.precision),
    (1 - 0.2).toFixed(1),
    percent(1 - (1 - 0.2) ** 8),
    (1 - 1 / 50).toFixed(2),
    (1 - 1 / 1000).toFixed(3),
    ...[10, 50, 100].flatMap((generations) => [variance(50, generations), variance(1000, generations)]),
  ],
} satisfies Example;
