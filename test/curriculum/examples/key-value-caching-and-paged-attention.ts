import type { Example } from '../example.ts';

const layers = 32;
const heads = 8;
const dimension = 128;
const bytes = 2;
const perToken = 2 * layers * heads * dimension * bytes;

const room = 6e9;
const reserved = 8192;
const used = 1000;
const capacity = Math.floor(room / perToken);
const reservations = Math.floor(capacity / reserved);

const block = 16;
const blocks = Math.floor(room / (block * perToken));
const needed = Math.ceil(used / block);
const places = needed * block;
const paged = Math.floor(blocks / needed);
if (paged / reservations !== 9) throw new Error('the text says nine times as many');

const bandwidth = 1e12;
const cacheTime = (tokens: number): number => ((tokens * perToken) / bandwidth) * 1000;
const weightTime = (16e9 / bandwidth) * 1000;

export default {
  // "Llama 3.1 8B", 6 GB written 6 · 10^9, 1 TB/s, 16 GB.
  given: [3.1, layers, heads, dimension, bytes, 6, 10, 9, reserved, used, block, 1, 131072],
  computed: [
    perToken,
    capacity,
    reservations,
    ((1 - used / reserved) * 100).toFixed(0),
    (block * perToken) / 2 ** 20,
    blocks,
    needed,
    places - used,
    places,
    paged,
    weightTime,
    cacheTime(reserved).toFixed(1),
    cacheTime(131072).toFixed(0),
  ],
} satisfies Example;
