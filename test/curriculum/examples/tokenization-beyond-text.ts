import type { Example } from '../example.ts';

const rate = 24_000;
const bitsPerSample = 16;
const seconds = 10;
const rawBits = rate * bitsPerSample;

// Samples per frame, codes per frame, codebook entries.
const codecs = [
  [2 * 4 * 5 * 8, 8, 1024],
  [2 * 4 * 5 * 8, 2, 1024],
  [1920, 8, 2048],
] as const;
const rows = codecs.flatMap(([hop, codes, entries]) => {
  const frames = rate / hop;
  const bits = frames * codes * Math.log2(entries);
  return [hop, frames, frames * codes, bits, Math.round(rawBits / bits)];
});
const shorter = rate / ((rate / codecs[0][0]) * codecs[0][1]);

type Point = readonly [number, number];
const cross = (step: number): Point[] => [
  [step, 0],
  [-step, 0],
  [0, step],
  [0, -step],
];
const corners: Point[] = [
  [2, -1],
  [2, 1],
  [-2, 1],
  [-2, -1],
];
const square = ([x, y]: Point): number => x * x + y * y;
const minus = ([a, b]: Point, [c, d]: Point): Point => [a - c, b - d];

let left: Point = [2.3, -0.6];
const stages = [corners, cross(0.5), cross(0.25)].flatMap((book) => {
  const code = book.reduce((best, entry) => (square(minus(left, entry)) < square(minus(left, best)) ? entry : best));
  left = minus(left, code);
  return [...code, ...left.map((value) => Number(value.toFixed(2))), square(left).toFixed(4)];
});

const patches = (224 / 16) ** 2;

export default {
  given: [24_000, 16, 10, 24, 1, 2, 3, 8, 0.25, 2.3, -0.6],
  computed: [
    rate * seconds,
    rawBits,
    ...rows,
    shorter,
    shorter ** 2,
    ...stages,
    patches,
    patches * 24 * seconds,
    patches * seconds,
  ],
} satisfies Example;
