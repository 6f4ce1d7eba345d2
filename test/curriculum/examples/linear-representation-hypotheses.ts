import type { Example } from '../example.ts';

type Pair = readonly [number, number];

const minus = (a: Pair, b: Pair): Pair => [a[0] - b[0], a[1] - b[1]];
const dot = (a: Pair, b: Pair): number => a[0] * b[0] + a[1] * b[1];
const shown = (x: number, digits: number): string => (Math.abs(x) < 1e-9 ? 0 : x).toFixed(digits);

const king: Pair = [1, 1];
const queen: Pair = [3, 2];
const roi: Pair = [2, 4];
const reine: Pair = [4, 5];
const gender = minus(queen, king);
const language = minus(roi, king);
const closes = minus(reine, roi).every((x, i) => x === gender[i]);
const squares = dot(gender, gender) * dot(language, language);

const words = [king, queen, roi, reine];
const mean = (of: (word: Pair) => number): number => words.reduce((sum, word) => sum + of(word), 0) / words.length;
const centre: Pair = [mean((word) => word[0]), mean((word) => word[1])];
const covariance = (i: 0 | 1, j: 0 | 1): number => mean((word) => (word[i] - centre[i]) * (word[j] - centre[j]));
const [a, b, d] = [covariance(0, 0), covariance(0, 1), covariance(1, 1)];
const determinant = a * d - b * b;
const inverse: readonly [Pair, Pair] = [
  [d / determinant, -b / determinant],
  [-b / determinant, a / determinant],
];
const causal = (u: Pair, w: Pair): number => dot(u, [dot(inverse[0], w), dot(inverse[1], w)]);

const dimension = 4096;
const room = (overlap: number): number => Math.exp((dimension * overlap ** 2) / 4);
const [mantissa = '', exponent = ''] = room(0.2).toExponential(1).split('e+');

const day = 360 / 7;

export default {
  given: [...words.flat(), 0, '0.1', '0.2', 10, dimension],
  computed: [
    ...(closes ? gender : []),
    ...language,
    dot(gender, language),
    squares,
    (dot(gender, language) / Math.sqrt(squares)).toFixed(2),
    a,
    b,
    d.toFixed(2),
    ...inverse.flat().map((x) => shown(x, 1)),
    shown(causal(gender, language), 1),
    shown(causal(gender, gender), 1),
    shown(causal(language, language), 1),
    Math.sqrt(dimension),
    (1 / Math.sqrt(dimension)).toFixed(3),
    Math.round(room(0.1)),
    mantissa,
    exponent,
    day.toFixed(1),
    (2 * day).toFixed(1),
    (4 * day).toFixed(1),
    (6 * day).toFixed(1),
  ],
} satisfies Example;
