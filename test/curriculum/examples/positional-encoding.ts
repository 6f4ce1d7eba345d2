// One rotated pair of dimensions, and the wavelengths of a head.

import type { Example } from '../example.ts';

type Pair = readonly [number, number];
const speed = 0.5;
const rotate = ([x, y]: Pair, angle: number): Pair => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
];

const rows = (
  [
    [3, 1],
    [10, 8],
    [10, 10],
    [10, 4],
  ] as const
).map(([m, n]) => {
  const query = rotate([2, 0], m * speed);
  const key = rotate([0, 1], n * speed);
  return [...query, ...key, query[0] * key[0] + query[1] * key[1]].map((number) =>
    number.toFixed(2).replace('-0.00', '0.00'),
  );
});

const wavelengths = (base: number): number[] =>
  Array.from({ length: 64 }, (_, i) => 2 * Math.PI * base ** ((2 * i) / 128));
const speeds = [10_000, 500_000].flatMap((base) => {
  const all = wavelengths(base);
  return [Math.round(Math.max(...all)), all.filter((tokens) => tokens > 8192).length];
});

export default {
  given: [speed, 2, 0, 1, 3, 10, 8, 4, 128, 10_000, 8192, 500_000],
  computed: [3 * speed, ...rows.flat(), 128 / 2, ...speeds],
} satisfies Example;
