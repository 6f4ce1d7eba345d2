import type { Example } from '../example.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const show = (value: number): string => value.toFixed(3);

const cell = 2;
const forget = sigmoid(2);
const input = sigmoid(-1);
const output = sigmoid(0);
const candidate = Math.tanh(0.5);
const newCell = forget * cell + input * candidate;
const hidden = output * Math.tanh(newCell);

const halfLife = (gate: number): number => Math.log(0.5) / Math.log(gate);

const inputs = 128;
const units = 256;
const part = units * (units + inputs) + units;

export default {
  given: [cell, -1, 0, 0.5, 0.99, 0.999, 10, 1, inputs, units],
  computed: [
    ...[forget, input, output, candidate, newCell, hidden].map(show),
    halfLife(forget).toFixed(1),
    halfLife(0.99).toFixed(0),
    halfLife(0.999).toFixed(0),
    (sigmoid(0) ** 10).toFixed(3),
    show(sigmoid(1)),
    (sigmoid(1) ** 10).toFixed(3),
    units + inputs,
    4,
    4 * part,
    3,
    3 * part,
    (100 * 3) / 4,
  ],
} satisfies Example;
