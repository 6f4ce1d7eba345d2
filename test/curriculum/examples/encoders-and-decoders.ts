import type { Example } from '../example.ts';

const states = [
  [1, 0],
  [0, 1],
  [1, 1],
];
const queries = [
  [3, -1],
  [2, 2],
  [-1, 3],
];
const show = (value: number): string => value.toFixed(3);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, entry, i) => sum + entry * (b[i] ?? NaN), 0);

const rows = queries.map((query) => {
  const scores = states.map((state) => dot(query, state));
  const powers = scores.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  const weights = powers.map((power) => power / sum);
  const context = [0, 1].map((axis) =>
    dot(
      weights,
      states.map((state) => state[axis] ?? NaN),
    ),
  );
  return { scores, powers, sum, weights, context };
});
const maison = rows[1];

const size = 512;
const lengths = [10, 50];

export default {
  given: [...states.flat(), ...queries.flat(), size, ...lengths],
  computed: [
    ...rows.flatMap(({ scores }) => scores),
    ...rows.flatMap(({ weights, context }) => [...weights, ...context].map(show)),
    ...(maison?.powers.map(show) ?? []),
    show(maison?.sum ?? NaN),
    ...lengths.map((length) => length * size),
  ],
} satisfies Example;
