import type { Example } from '../example.ts';

const parameters = 70;
const bits = 4.5;
const size = 40;
const layers = 80;
const perLayer = size / layers;
const gpu = { memory: 24, bandwidth: 1000, kept: 2 };
const ram = 80;
const bus = 25;

const fit = Math.floor((gpu.memory - gpu.kept) / perLayer);
const gpuTime = (count: number): number => ((count * perLayer) / gpu.bandwidth) * 1000;
const cpuTime = (count: number): number => (((layers - count) * perLayer) / ram) * 1000;
const total = (count: number): number => gpuTime(count) + cpuTime(count);
const speed = (count: number): string => (1000 / total(count)).toFixed(1);

const missing = size - fit * perLayer;
const streaming = (missing / bus) * 1000;
const all = gpuTime(layers);
if (streaming + all <= total(0)) throw new Error('the text says that streaming is worse than no GPU');

export default {
  given: [parameters, bits, 8, size, layers, gpu.memory, gpu.bandwidth, gpu.kept, ram, bus, 0, 72],
  computed: [
    ((parameters * bits) / 8).toFixed(1),
    perLayer,
    fit,
    ...[0, fit, 72, layers].flatMap((count) => [gpuTime(count), cpuTime(count), total(count), speed(count)]),
    ((fit / layers) * 100).toFixed(0),
    missing,
    streaming,
    all,
    streaming + all,
  ],
} satisfies Example;
