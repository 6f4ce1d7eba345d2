import type { Example } from '../example.ts';

// DDPM's linear schedule.
const steps = 1000;
const [smallest, largest] = [0.0001, 0.02];
const keeps: number[] = [1];
for (let t = 1; t <= steps; t++) {
  const beta = smallest + ((largest - smallest) * (t - 1)) / (steps - 1);
  keeps.push((keeps[t - 1] ?? NaN) * (1 - beta));
}
const shown = [100, 250, 500, steps];
const rows = shown.flatMap((t) => {
  const keep = keeps[t] ?? NaN;
  return [keep.toFixed(5), Math.sqrt(keep).toFixed(4), Math.sqrt(1 - keep).toFixed(4)];
});

// One pixel.
const [clean, keep, noise, predicted] = [2, 0.64, 0.5, 0.4];
const [signal, spread] = [Math.sqrt(keep), Math.sqrt(1 - keep)];
const noisy = signal * clean + spread * noise;
const estimate = (epsilon: number): number => (noisy - spread * epsilon) / signal;
const next = 0.81;
const stepped = Math.sqrt(next) * estimate(predicted) + Math.sqrt(1 - next) * predicted;

// Guidance.
const [unconditional, scale] = [0.2, 3];
const guided = unconditional + scale * (predicted - unconditional);

const [pixels, latents] = [512 * 512 * 3, 64 * 64 * 4];

export default {
  given: [steps, smallest, largest, ...shown, 0, clean, keep, noise, predicted, next, unconditional, scale, 512, 64, 4],
  computed: [
    ...rows,
    signal.toFixed(1),
    spread.toFixed(1),
    noisy.toFixed(1),
    (noise - predicted).toFixed(1),
    ((noise - predicted) ** 2).toFixed(2),
    estimate(predicted).toFixed(3),
    (-predicted / spread).toFixed(3),
    Math.sqrt(next).toFixed(1),
    Math.sqrt(1 - next).toFixed(3),
    stepped.toFixed(3),
    guided.toFixed(1),
    estimate(guided).toFixed(3),
    pixels,
    latents,
    pixels / latents,
  ],
} satisfies Example;
