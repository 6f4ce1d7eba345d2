// A schedule, a batch and the width of a SwiGLU layer.

import type { Example } from '../example.ts';

const [steps, warmUp, peak, final] = [100_000, 2000, 3, 0.3];
function rate(step: number): number {
  if (step < warmUp) return (peak * step) / warmUp;
  const share = (step - warmUp) / (steps - warmUp);
  return final + 0.5 * (peak - final) * (1 + Math.cos(Math.PI * share));
}

const tokensPerStep = 4 * 8 * 2048 * 16;

const width = 4096;
const hidden = 4 * width;
const exact = (2 / 3) * hidden;
const rounded = Math.ceil(exact / 256) * 256;
const ordinary = 2 * width * hidden;
const gated = 3 * width * rounded;

export default {
  given: [7, steps, warmUp, 10, -4, 500, 26_500, 51_000, 4, 8, 2048, 16, width, 2, 3, 256],
  computed: [
    ...[500, 2000, 26_500, 51_000, 100_000].map((step) => rate(step).toFixed(2)),
    tokensPerStep,
    ((tokensPerStep * steps) / 1e9).toFixed(1),
    hidden,
    ordinary,
    Math.round(exact),
    rounded,
    gated,
    ((100 * gated) / ordinary - 100).toFixed(1),
  ],
} satisfies Example;
