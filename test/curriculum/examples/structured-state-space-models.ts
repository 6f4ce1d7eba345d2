import type { Example } from '../example.ts';

const show = (value: number): string => value.toFixed(3);

// One state: recurrence and convolution.
const [a, b, c, step] = [-1, 1, 2, 0.5];
const decay = Math.exp(step * a);
const input = ((decay - 1) / a) * b;
const inputs = [1, 0, 2];
let state = 0;
const rows = inputs.map((x, j) => {
  state = decay * state + input * x;
  return { state, output: c * state, kernel: c * decay ** j * input };
});
const last = inputs.length - 1;
const convolved = rows.reduce((sum, { kernel }, j) => sum + kernel * (inputs[last - j] ?? NaN), 0);

const kept = (size: number): string => (100 * Math.exp(size * a)).toFixed(1);
const steps = 1048576;

// Memory of Mamba 2.8B and Pythia 2.8B.
const [mambaLayers, channels, states, pythiaLayers, width] = [64, 5120, 16, 32, 2560];
const mambaBytes = mambaLayers * channels * states * 2;
const pythiaBytes = 2 * pythiaLayers * width * 2;

// Jamba.
const [layers, attention, heads, dimension, tokens] = [32, 4, 8, 128, 262144];
const cache = (count: number): number => (2 * count * heads * dimension * 2 * tokens) / 2 ** 30;

export default {
  given: [a, b, c, step, 0, 3, 0.01, steps, 2.8, mambaLayers, channels, states, pythiaLayers, width].concat([
    layers,
    attention,
    heads,
    dimension,
    tokens,
  ]),
  computed: [
    step * a,
    show(decay),
    show(input),
    ...rows.flatMap((row) => [show(row.state), show(row.output), show(row.kernel)]),
    show(convolved),
    kept(0.01),
    kept(3),
    Math.log2(steps),
    mambaBytes / 2 ** 20,
    pythiaBytes / 2 ** 10,
    mambaBytes / pythiaBytes,
    cache(attention),
    cache(layers),
  ],
} satisfies Example;
