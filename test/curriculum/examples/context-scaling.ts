// Speeds of RoPE's pairs under three ways to stretch 4,096 tokens to 32,768, and what the longer text costs.

import type { Example } from '../example.ts';

const [dimensions, base, trained, stretched] = [128, 10_000, 4096, 32_768];
const scale = stretched / trained;
const newBase = base * scale ** (dimensions / (dimensions - 2));

function pair(i: number) {
  const speed = base ** ((-2 * i) / dimensions);
  const wavelength = (2 * Math.PI) / speed;
  const turns = trained / wavelength;
  const kept = Math.min(1, Math.max(0, (turns - 1) / (32 - 1)));
  return { wavelength, turns, kept, ntk: newBase ** ((-2 * i) / dimensions) / speed, yarn: kept + (1 - kept) / scale };
}
const rows = [0, 16, 32, 48, 63].map(pair);
const threeDigits = (number: number): string =>
  number >= 1 && number < 1000
    ? String(Number(number.toPrecision(3)))
    : number < 1
      ? number.toFixed(2)
      : String(Math.round(number));

const mixed = pair(32);
const slow = pair(48);
const temperature = 0.1 * Math.log(scale) + 1;

export default {
  given: [dimensions, base, trained, stretched, 0, 16, 32, 48, 63, 1, 0.1, 128],
  computed: [
    scale,
    ...rows.flatMap(({ wavelength, turns, ntk, yarn }) => [
      threeDigits(wavelength),
      threeDigits(turns),
      (1 / scale).toFixed(3),
      ntk.toFixed(3),
      yarn.toFixed(3),
    ]),
    dimensions - 2,
    Math.round(newBase),
    mixed.kept.toFixed(3),
    (1 - mixed.kept).toFixed(3),
    temperature.toFixed(3),
    (temperature ** 2).toFixed(3),
    ((stretched / slow.wavelength) * slow.ntk).toFixed(2),
    scale ** 2,
    (128 * trained) / 2 ** 20,
    (128 * stretched) / 2 ** 20,
  ],
} satisfies Example;
