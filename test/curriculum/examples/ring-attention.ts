import type { Example } from '../example.ts';

// Merging two blocks.
interface Block {
  readonly scores: readonly number[];
  readonly values: readonly number[];
}
const first: Block = { scores: [2, 0], values: [10, 20] };
const second: Block = { scores: [1, 3], values: [30, 40] };
const start = { max: -Infinity, sum: 0, output: 0, scale: 0 };
const merge = (state: typeof start, { scores, values }: Block): typeof start => {
  const max = Math.max(state.max, ...scores);
  const scale = Math.exp(state.max - max);
  const weights = scores.map((score) => Math.exp(score - max));
  return {
    max,
    scale,
    sum: scale * state.sum + weights.reduce((a, b) => a + b),
    output: scale * state.output + weights.reduce((a, weight, i) => a + weight * (values[i] ?? NaN), 0),
  };
};
const one = merge(start, first);
const two = merge(one, second);
const reversed = merge(merge(start, second), first);

// Overlap.
const [rate, fast, slow] = [312e12, 300e9, 12.5e9];

// A million tokens.
const [tokens, devices, layers, width, heads, dimension] = [1048576, 32, 32, 4096, 8, 128];
const block = tokens / devices;
const operations = 4 * width * block ** 2;
const blockBytes = block * 2 * heads * dimension * 2;
const stepSeconds = operations / rate;
const cache = (tokens * 2 * heads * dimension * 2 * layers) / 2 ** 30;

export default {
  given: [...first.scores, ...first.values, ...second.scores, ...second.values, 312, 300, 12.5, tokens]
    .concat([devices, width, heads, dimension, 4, 16])
    .map(String),
  computed: [
    one.sum.toFixed(3),
    one.output.toFixed(3),
    two.scale.toFixed(3),
    two.sum.toFixed(3),
    two.output.toFixed(3),
    (two.output / two.sum).toFixed(2),
    (reversed.output / reversed.sum).toFixed(2),
    rate / fast,
    rate / slow,
    block,
    (operations / 1e13).toFixed(2),
    Math.floor(Math.log10(operations)),
    (stepSeconds * 1e3).toFixed(0),
    (blockBytes / 1e6).toFixed(0),
    ((blockBytes / slow) * 1e3).toFixed(1),
    (stepSeconds * devices).toFixed(1),
    ((4 * width * tokens ** 2) / rate).toFixed(1),
    cache,
    cache / devices,
  ],
} satisfies Example;
