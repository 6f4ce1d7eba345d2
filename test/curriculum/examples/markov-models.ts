import type { Example } from '../example.ts';

const stays = { sun: 0.9, rain: 0.5 };
const umbrella = { sun: 0.2, rain: 0.9 };
const plain = (value: number): number => Number(value.toFixed(6));

// Stationary share and convergence.
const leaves = 1 - stays.rain;
const stationary = leaves / (leaves + (1 - stays.sun));
const days: number[] = [];
let sun = 0;
for (let day = 0; day < 3; day++) {
  sun = sun * stays.sun + (1 - sun) * leaves;
  days.push(plain(sun));
}
const eigenvalue = plain(stays.sun + stays.rain - 1);

// Viterbi and, over the same paths, the sum that the forward algorithm computes.
const states = ['sun', 'rain'] as const;
type State = (typeof states)[number];
const go = (from: State, to: State): number => (from === to ? stays[from] : 1 - stays[from]);
const sees = (state: State, seen: boolean): number => (seen ? umbrella[state] : 1 - umbrella[state]);
const seen = [true, true, false];
const paths = states.flatMap((a) => states.flatMap((b) => states.map((c) => [a, b, c] as const)));
const probability = (path: readonly State[]): number =>
  path.reduce((product, state, day) => {
    const before = path[day - 1];
    return product * (before ? go(before, state) : 0.5) * sees(state, seen[day] ?? false);
  }, 1);
const best = (length: number, end: State): number =>
  Math.max(
    ...paths
      .map((path) => path.slice(0, length))
      .filter((path) => path.at(-1) === end)
      .map(probability),
  );
const viterbi = [1, 2, 3].flatMap((length) => states.map((end) => plain(best(length, end))));
const total = paths.reduce((sum, path) => sum + probability(path), 0);
const top = Math.max(...paths.map(probability));

export default {
  given: [...Object.values(stays), 20, 90, 0.2, 1, 2, 3],
  computed: [
    leaves,
    plain(leaves + (1 - stays.sun)),
    // 5/6
    Math.round(stationary * 6),
    6,
    ...days,
    eigenvalue,
    ...viterbi,
    // What the rows multiply: P(no umbrella) in either state.
    1 - umbrella.sun,
    plain(1 - umbrella.rain),
    total.toFixed(3),
    ((top / total) * 100).toFixed(0),
  ],
} satisfies Example;
