// Chunks of a manual and their price, and the accuracy of a pipeline when one of its two stages improves.

import type { Example } from '../example.ts';

const [manual, size, overlap, used, manuals] = [12_000, 400, 80, 5, 1000];
const stride = size - overlap;
let chunks = 0;
let indexed = 0;
for (let start = 0; ; start += stride) {
  chunks++;
  indexed += Math.min(size, manual - start);
  if (start + size >= manual) break;
}
const dollars = (tokens: number): number => tokens / 1e6;

const [questions, found, right, declined] = [400, 340, 306, 36];
const missed = questions - found;
const invented = missed - declined;
const rate = right / found;
const foundThen = found + missed / 2;
const rightAfterRetrieval = foundThen * rate;
const rightAfterGeneration = right + (found - right) / 2;
const percent = (count: number): string => String((100 * count) / questions);

export default {
  given: [manual, size, overlap, 1, manuals, questions, found, right, declined],
  computed: [
    stride,
    chunks,
    indexed,
    Math.round((100 * (indexed - manual)) / manual),
    used * size,
    dollars(used * size),
    dollars(manual),
    manuals * manual,
    dollars(manuals * manual),
    percent(found),
    100 * rate,
    missed,
    invented,
    percent(right),
    found - right + invented,
    found - right,
    foundThen,
    rightAfterRetrieval,
    percent(rightAfterRetrieval),
    rightAfterGeneration,
    percent(rightAfterGeneration),
  ],
} satisfies Example;
