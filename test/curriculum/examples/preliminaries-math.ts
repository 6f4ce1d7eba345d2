import type { Example } from '../example.ts';

// A matrix by its columns.
const columns = [
  [2, 1],
  [1, 2],
] as const;
const map = (x: number, y: number): [number, number] => [
  columns[0][0] * x + columns[1][0] * y,
  columns[0][1] * x + columns[1][1] * y,
];
const determinant = columns[0][0] * columns[1][1] - columns[1][0] * columns[0][1];
const eigenvalues = [map(1, 1)[0] / 1, map(1, -1)[0] / 1];

// One step of gradient descent.
const f = (x: number, y: number): number => x ** 2 + 4 * y ** 2;
const gradient = [2 * 2, 8 * 1] as const;
const step = (from: number, slope: number): number => Number((from - 0.1 * slope).toFixed(6));
const next = [step(2, gradient[0]), step(1, gradient[1])] as const;

// One neuron.
const output = (w: number): number => w * 3 + 1;
const loss = (w: number): number => (output(w) - 5) ** 2;
const outer = 2 * (output(2) - 5);

// Bayes' rule.
const hit = 0.01 * 0.9;
const falseAlarm = 0.99 * 0.05;

// Entropies in bits.
const p = [0.7, 0.2, 0.1];
const q = [0.5, 0.3, 0.2];
const cross = (a: number[], b: number[]): number => -a.reduce((sum, value, i) => sum + value * Math.log2(b[i] ?? 0), 0);

export default {
  given: [1, -1, 2, 3, 5, 4, 8, 0.1, 2.001, 100, 90, ...p, ...q],
  computed: [
    ...map(1, 1),
    ...map(1, -1),
    ...eigenvalues,
    determinant,
    ...gradient,
    ...next,
    f(2, 1),
    f(...next).toFixed(2),
    output(2),
    loss(2),
    outer,
    outer * 3,
    loss(2.001).toFixed(3),
    (loss(2.001) - loss(2)).toFixed(3),
    Number(hit.toFixed(6)),
    Number(falseAlarm.toFixed(6)),
    (hit / (hit + falseAlarm)).toFixed(3),
    cross(p, p).toFixed(3),
    cross(p, q).toFixed(3),
    (cross(p, q) - cross(p, p)).toFixed(3),
    (cross(q, p) - cross(q, q)).toFixed(3),
  ],
} satisfies Example;
