import type { Example } from '../example.ts';

const target = [0.5, 0.3, 0.2];
const draft = [0.3, 0.6, 0.1];
const plain = (value: number): number => Number(value.toFixed(6));
const q = (token: number): number => draft[token] ?? NaN;

const both = target.map((p, token) => Math.min(p, q(token)));
const acceptance = both.reduce((sum, value) => sum + value, 0);
const missing = target.map((p, token) => plain(Math.max(0, p - q(token))));
const rejection = missing.reduce((sum, value) => sum + value, 0);
const output = both.map((kept, token) => plain(kept + (1 - acceptance) * ((missing[token] ?? NaN) / rejection)));

const length = 4;
/** Tokens per round, counted: the n-th token comes if all before it were accepted. */
function tokens(rate: number): number {
  let sum = 0;
  for (let accepted = 0; accepted <= length; accepted++) sum += rate ** accepted;
  return sum;
}
const cost = (step: number): number => length * step + 1;

export default {
  given: [...target, ...draft, length, 0.05, 1, 0.3],
  computed: [
    // Accepting B.
    q(1) === 0 ? NaN : (target[1] ?? NaN) / q(1),
    ...both.map(plain),
    plain(acceptance),
    ...missing,
    // The residual, in thirds.
    ...missing.filter((value) => value > 0).map((value) => Math.round((value / rejection) * 3)),
    3,
    ...output,
    // (1 - 0.7^5)/0.3
    length + 1,
    plain(1 - acceptance),
    tokens(acceptance).toFixed(2),
    plain(cost(0.05)),
    (tokens(acceptance) / cost(0.05)).toFixed(2),
    tokens(0.3).toFixed(2),
    plain(cost(0.2)),
    (tokens(0.3) / cost(0.2)).toFixed(2),
  ],
} satisfies Example;
