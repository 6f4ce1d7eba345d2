// State, communication and computation of one training step.

import type { Example } from '../example.ts';

const parameters = 7e9;
const gpus = 64;
const link = 50e9;
const bytesPerParameter = 2 + 2 + 3 * 4;

const gradient = 2 * parameters;
const sent = [2, 3].map((passes) => (passes * (gpus - 1) * gradient) / gpus);
const compute = (tokens: number): number => (6 * parameters * tokens) / 400e12;

export default {
  given: [7, gpus, 50, 16, 2, 3, gpus - 1, 6, 400, 65_536, 2048],
  computed: [
    (bytesPerParameter * parameters) / 1e9,
    ((bytesPerParameter * parameters) / gpus / 1e9).toFixed(2),
    gradient / 1e9,
    ...sent.flatMap((bytes) => [(bytes / 1e9).toFixed(1), (bytes / link).toFixed(2)]),
    ...[65_536, 2048].map((tokens) => compute(tokens).toFixed(2)),
  ],
} satisfies Example;
