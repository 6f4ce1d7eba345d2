import type { Example } from '../example.ts';

const [batch, inputs, outputs] = [32, 784, 128] as const;

// Broadcasting of shapes, aligned at the right.
function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const axes = Math.max(a.length, b.length);
  return Array.from({ length: axes }, (_, i) => {
    const [x, y] = [a[a.length - axes + i] ?? 1, b[b.length - axes + i] ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw new Error('shapes do not fit');
    return Math.max(x, y);
  });
}
const differences = broadcast([batch, 1], [batch]).reduce((product, length) => product * length, 1);

// Autograd: the loss (3w + 1 - 5)² and its derivative 2 (3w + 1 - 5) · 3.
const w = 2;
const rest = 3 * w + 1 - 5;
const gradient = 2 * rest * 3;

// Precision and memory.
const limit = 2 ** 24;
const parameters = 100e6;
const gb = (bytes: number): string => (bytes / 1e9).toFixed(2);
const logits = (texts: number): number => texts * 1024 * 50_257 * 4;

export default {
  given: [batch, inputs, outputs, 1, 2, 3, 5, 100, 8, 4, 1024, 50_257],
  computed: [
    ...broadcast([batch, outputs], [outputs]),
    inputs * outputs + outputs,
    2 * batch * inputs * outputs,
    differences,
    rest ** 2,
    gradient,
    gradient + gradient,
    Math.fround(limit + 1),
    Math.log2(limit),
    gb(parameters * 4),
    gb(parameters * 2 * 4),
    gb(parameters * 4 * 4),
    gb(logits(8)),
    gb(logits(4)),
  ],
} satisfies Example;
