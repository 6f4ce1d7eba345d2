// Soft targets and their gradients, two task vectors merged by the mean and by TIES, and the lengths under SLERP.

import type { Example } from '../example.ts';

function softmax(logits: readonly number[], temperature: number): number[] {
  const weights = logits.map((logit) => Math.exp(logit / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
const teacher = softmax([5, 3, 0], 1);
const student = softmax([2, 1, 1], 1);
const hard = student.map((probability, i) => probability - (i === 0 ? 1 : 0));
const soft = student.map((probability, i) => probability - (teacher[i] ?? 0));
const table = [teacher, softmax([5, 3, 0], 4), student, hard, soft].flat().map((number) => number.toFixed(3));

const a = [0.4, -0.1, 0, 0.3];
const b = [0.2, 0.35, 0.05, -0.25];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = a.map((change, i) => (change + (b[i] ?? 0)) / 2);
const kept = 2;
const trim = (changes: readonly number[]): number[] => {
  const least = changes.map(Math.abs).sort((x, y) => y - x)[kept - 1] ?? 0;
  return changes.map((change) => (Math.abs(change) >= least ? change : 0));
};
const trimmed = [trim(a), trim(b)];
const ties = a.map((_, i) => {
  const changes = trimmed.map((vector) => vector[i] ?? 0);
  const agreeing = changes.filter((change) => change !== 0 && Math.sign(change) === Math.sign(sum(changes)));
  return agreeing.length === 0 ? 0 : sum(agreeing) / agreeing.length;
});

const angle = Math.PI / 2;
const weight = Math.sin(angle / 2) / Math.sin(angle);

export default {
  given: [5, 3, 0, 2, 1, 4, '0.40', '-0.10', '0.00', '0.30', '0.20', 0.35, 0.05, -0.25],
  computed: [
    ...table,
    ...mean.map((change) => change.toFixed(3)),
    ...trimmed.flat().map((change) => (change === 0 ? '0' : change.toFixed(2))),
    ...ties.map((change) => change.toFixed(2)),
    Math.hypot(0.5, 0.5).toFixed(3),
    weight.toFixed(3),
    Math.hypot(weight, weight).toFixed(0),
  ],
} satisfies Example;
