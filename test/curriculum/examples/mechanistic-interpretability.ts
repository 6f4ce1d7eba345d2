import type { Example } from '../example.ts';

const features = 5;
const degrees = 360 / features;
const near = Math.cos((degrees * Math.PI) / 180);
const far = Math.cos((2 * degrees * Math.PI) / 180);
const scale = 1 / (1 - near);
const bias = -scale * near;

/** What the pentagon restores when the features `active` (counted from 1) have strength 1. */
function restored(active: readonly number[]): string[] {
  return Array.from({ length: features }, (_, target) => {
    const overlaps = active.map((feature) => Math.cos(((feature - 1 - target) * degrees * Math.PI) / 180));
    const value = Math.max(0, scale * overlaps.reduce((sum, overlap) => sum + overlap, 0) + bias);
    return (value < 1e-9 ? 0 : value).toFixed(3);
  });
}

/** The chance, in per cent, that two or more of the features are active when each is with probability `p`. */
const meeting = (p: number): string =>
  (100 * (1 - (1 - p) ** features - features * p * (1 - p) ** (features - 1))).toFixed(1);

const [clean, corrupt, patched] = [3.2, -1.8, 2.2];

export default {
  given: [1, 2, 3, features, 50, clean, corrupt, patched],
  computed: [
    degrees,
    2 * degrees,
    near.toFixed(3),
    far.toFixed(3),
    scale.toFixed(3),
    bias.toFixed(3),
    ...restored([1]),
    ...restored([1, 2]),
    ...restored([1, 3]),
    meeting(0.05),
    meeting(0.5),
    ((patched - corrupt) / (clean - corrupt)).toFixed(2),
  ],
} satisfies Example;
