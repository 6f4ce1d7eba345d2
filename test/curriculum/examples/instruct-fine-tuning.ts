// The masked loss of one short conversation, two ways to average, and the cost of a small run.

import type { Example } from '../example.ts';

const rows = { system: 8, user: 11, assistant: 8 };
const targets = [0.2, 0.7, 0.6, 0.5, 0.02];
const losses = targets.map((probability) => -Math.log(probability));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const answers = [
  { tokens: 10, loss: 2 },
  { tokens: 90, loss: 1 },
];
const allTokens = answers.reduce((sum, { tokens }) => sum + tokens, 0);
const byToken = answers.reduce((sum, { tokens, loss }) => sum + tokens * loss, 0) / allTokens;

const tuned = 1000 * 500 * 3;
const operations = (tokens: number): number => 6 * 8e9 * tokens;
const [mantissa = '', exponent = ''] = operations(tuned).toExponential(1).split('e+');

export default {
  given: [8, 11, '0.20', '0.70', '0.60', '0.50', 0.02, 4, 20, 2, '0.90', '2.0', '1.0', 10, 90, 1000, 500, 3, 6, 15],
  computed: [
    rows.system + rows.user + rows.assistant,
    targets.length,
    ...losses.map((loss) => loss.toFixed(2)),
    mean(losses).toFixed(2),
    mean(losses.slice(0, -1)).toFixed(2),
    Math.round(100 * (1 - 0.02) ** 20),
    Math.round(100 * (1 - 0.9) ** 2),
    byToken.toFixed(2),
    mean(answers.map(({ loss }) => loss)).toFixed(2),
    tuned,
    mantissa,
    exponent,
    operations(15e12) / operations(tuned),
  ],
} satisfies Example;
