import type { Example } from '../example.ts';

const mean = 20;
const phi = 0.6;
const noise = 4;
const last = 30;
const quantile = 1.96;

const forecast = (steps: number): number => mean + phi ** steps * (last - mean);
/** The shocks of the steps ahead, each faded by phi for every step since. */
function variance(steps: number): number {
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += noise * phi ** (2 * step);
  return sum;
}
const half = (value: number): number => quantile * Math.sqrt(value);
const rows = [1, 2, 3, 1000].flatMap((steps) => {
  const centre = forecast(steps);
  const spread = half(variance(steps));
  return [centre, variance(steps), centre - spread, centre + spread].map((value) => value.toFixed(2));
});

const walkSpread = half(12 * noise);
const limitSpread = half(variance(1000));

const prediction = forecast(1);
const error = 12;
const reading = 22;
const gain = variance(1) / (variance(1) + error);
const corrected = prediction + gain * (reading - prediction);

export default {
  given: [mean, phi, noise, last, quantile, 1, 2, 3, error, reading],
  computed: [
    Number((phi ** 2).toFixed(2)),
    last - mean,
    95,
    ...rows,
    // The figure's caption.
    ...[mean - limitSpread, mean + limitSpread].map((value) => value.toFixed(0)),
    ...[last - walkSpread, last + walkSpread].map((value) => value.toFixed(0)),
    // The Kalman step.
    prediction,
    gain,
    corrected,
    Number((1 - gain).toFixed(2)),
    (1 - gain) * variance(1),
  ],
} satisfies Example;
