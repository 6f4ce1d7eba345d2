// Three models in the Chinchilla form, with Epoch AI's constants.

import type { Example } from '../example.ts';

const [E, A, B, alpha, beta] = [1.8172, 482.01, 2085.43, 0.3478, 0.3658];
const models = [
  [280e9, 0.3e12],
  [70e9, 1.4e12],
  [8e9, 15e12],
].map(([parameters = 0, tokens = 0]) => {
  const size = A / parameters ** alpha;
  const data = B / tokens ** beta;
  return { ratio: tokens / parameters, compute: 6 * parameters * tokens, size, data, loss: E + size + data };
});
const [, chinchilla, small] = models;
if (!chinchilla || !small) throw new Error('three models expected');

const seconds = chinchilla.compute / 400e12;
const exponent = (alpha * beta) / (alpha + beta);

export default {
  given: [280, 0.3, 70, 1.4, 8, 15, 3, 10, 23, 400, 4, 14, 9, 1024],
  computed: [
    ...models.flatMap(({ ratio, compute, size, data, loss }) => [
      ratio.toFixed(1),
      (compute / 1e23).toFixed(2),
      ...[size, data, loss].map((number) => number.toFixed(3)),
    ]),
    (small.loss - chinchilla.loss).toFixed(3),
    (70 / 8).toFixed(2),
    (seconds / 1e9).toFixed(2),
    (seconds / 1024 / 86_400).toFixed(1),
    exponent.toFixed(3),
    ...[2, 10].map((factor) => (100 * (1 - factor ** -exponent)).toFixed(1)),
  ],
} satisfies Example;
