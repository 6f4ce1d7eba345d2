// Mixtral's parameters, and the load of a layer with limited capacity.

import type { Example } from '../example.ts';

const [layers, width, hidden, keyValueHeads, headSize, vocabulary, experts, chosen] = [
  32, 4096, 14_336, 8, 128, 32_000, 8, 2,
];
const expert = 3 * width * hidden;
const attention = 2 * width * width + 2 * width * keyValueHeads * headSize;
const shared = layers * (attention + width * experts + 2 * width) + width;
const tables = 2 * vocabulary * width;
const total = layers * experts * expert + shared + tables;
const active = layers * chosen * expert + shared + tables;

const loads = [900, 700, 600, 500, 450, 400, 300, 246];
const tokens = loads.reduce((sum, load) => sum + load, 0);
const even = tokens / experts;
const capacity = 1.25 * even;
const dropped = loads.map((load) => load - capacity).filter((excess) => excess > 0);
const lost = dropped.reduce((sum, excess) => sum + excess, 0);

export default {
  given: [layers, width, hidden, keyValueHeads, headSize, vocabulary, chosen, 1, 3, 1.25, ...loads],
  computed: [
    expert,
    layers * experts * expert,
    shared,
    tables,
    total,
    active,
    (total / 1e9).toFixed(1),
    ((2 * total) / 1e9).toFixed(1),
    (active / 1e9).toFixed(1),
    ((100 * active) / total).toFixed(1),
    // 2 bytes per weight at 1 TB/s, in ms
    ((2 * active) / 1e9).toFixed(1),
    tokens,
    even,
    capacity,
    ...dropped,
    lost,
    ((100 * lost) / tokens).toFixed(1),
    (experts * loads.reduce((sum, load) => sum + (load / tokens) ** 2, 0)).toFixed(3),
  ],
} satisfies Example;
