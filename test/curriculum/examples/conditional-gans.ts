import type { Example } from '../example.ts';

// The optimal discriminator of a generator that ignores its label: half of its samples belong to each class.
const half = 0.5;
const best = (real: number, generated: number): number => real / (real + generated);

// CLIP's loss for a batch of two pairs: rows are images, columns texts.
const cosines = [
  [0.3, 0.2],
  [0.22, 0.28],
];
const scale = 20;
const at = (row: number, column: number): number => cosines[row]?.[column] ?? NaN;
/** Probability of the right one of two, from the difference of their logits. */
const picks = (right: number, wrong: number, by: number): number => 1 / (1 + Math.exp(-by * (right - wrong)));
const images = [0, 1].map((n) => picks(at(n, n), at(n, 1 - n), scale));
const texts = [0, 1].map((n) => picks(at(n, n), at(1 - n, n), scale));
const losses = [...images, ...texts].map((probability) => -Math.log(probability));
const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;

const pairs = (side: number): number => (side * side) ** 2;

export default {
  given: [0, 1, half, scale, 100, 2, 16, 32, ...cosines.flat().map((cosine) => cosine.toFixed(2))],
  computed: [
    best(1, half).toFixed(3),
    best(0, half),
    ...cosines.flat().map((cosine) => (scale * cosine).toFixed(1)),
    (scale * (at(0, 0) - at(0, 1))).toFixed(1),
    ...[...images, ...texts].map((probability) => probability.toFixed(3)),
    ...losses.map((loss) => loss.toFixed(3)),
    mean.toFixed(3),
    picks(at(0, 0), at(0, 1), 100).toFixed(5),
    pairs(16),
    pairs(32),
    pairs(32) / pairs(16),
  ],
} satisfies Example;
