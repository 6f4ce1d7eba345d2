import type { Example } from '../example.ts';

const step = 0.95;
const caught = 0.8;
const steps = 20;
const percent = (share: number): string => (100 * share).toFixed(1);
const checkedStep = step + (1 - step) * caught * step;

const fixed = 3000;
const call = 200;
const result = 800;

/** What the model reads over `calls` calls: the last context, and all contexts together. */
function reading(calls: number): { last: number; all: number } {
  let context = fixed;
  let all = 0;
  for (let n = 1; n <= calls; n++) {
    if (n > 1) context += call + result;
    all += context;
  }
  return { last: context, all };
}

const [few, some, many] = [reading(5), reading(20), reading(40)];
const price = 3 / 1e6;
const cached = price / 10;

export default {
  given: [20, 95, 0.95, 80, '0.80', 90, fixed, call, result, 3, 5, 40],
  computed: [
    percent(step ** steps),
    (1 - step).toFixed(2),
    percent(checkedStep),
    percent(checkedStep ** steps),
    percent(0.9 ** (1 / steps)),
    ...[few, some, many].flatMap(({ last, all }) => [last, all]),
    (some.all * price).toFixed(2),
    (some.last * price + (some.all - some.last) * cached).toFixed(2),
    (many.all / some.all).toFixed(1),
  ],
} satisfies Example;
