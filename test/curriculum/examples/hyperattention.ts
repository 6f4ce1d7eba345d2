import type { Example } from '../example.ts';

// Collisions.
const planes = 7;
const angles = [20, 60, 90];
const collisions = angles.map((angle) => ((1 - angle / 180) ** planes).toFixed(3));

// One row.
const keys = 1000;
const heavy = [60, 20];
const sampled = [0.1, 0.05, 0.12, 0.09];
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b);
const poll = sum(sampled);
const rest = (keys / sampled.length) * poll;
const normaliser = sum(heavy) + rest;
const [heaviest = NaN] = heavy;

// Work.
const [tokens, block, sample, exact] = [131072, 256, 256, 4096];
const perQuery = block + sample;
const full = tokens ** 2;
const approximate = tokens * perQuery;
const triangle = (n: number): number => (n * (n + 1)) / 2;
let below = 0;
for (let piece = tokens; piece > exact; piece /= 2) {
  below += (tokens / piece) * (piece / 2) * perQuery;
}
const pieces = tokens / exact;
const onDiagonal = pieces * triangle(exact);

export default {
  given: [planes, ...angles, keys, ...heavy, '0.10', ...sampled, tokens, block, exact],
  computed: [
    ...collisions,
    sampled.length,
    poll.toFixed(2),
    rest.toFixed(0),
    normaliser.toFixed(0),
    ((100 * heaviest) / normaliser).toFixed(1),
    ((100 * heaviest) / sum(heavy)).toFixed(1),
    perQuery,
    approximate,
    full,
    full / approximate,
    below,
    pieces,
    onDiagonal,
    (triangle(tokens) / (below + onDiagonal)).toFixed(1),
    triangle(tokens),
  ],
} satisfies Example;
