// Memory of an index, comparisons of an IVF search, reciprocal rank fusion and the cost of reranking.

import type { Example } from '../example.ts';

const [vectors, dimensions, pqBytes, links, lists, probed] = [1_000_000, 768, 96, 16, 1000, 10];
const gigabytes = (perVector: number): number => (vectors * perVector) / 1e9;
const full = gigabytes(dimensions * 4);
const bottomLinks = 2 * links;

const scanned = (vectors / lists) * probed;
const compared = lists + scanned;

const k = 60;
const rankings = [
  ['A', 'B', 'C', 'D'],
  ['C', 'A', 'E', 'F'],
];
const places = (document: string): number[] =>
  rankings.map((ranking) => k + ranking.indexOf(document) + 1).filter((place) => place > k);
const fused = (document: string): string =>
  places(document)
    .reduce((sum, place) => sum + 1 / place, 0)
    .toFixed(4);

const [milliseconds, candidates] = [5, 100];

export default {
  given: [10, 6, dimensions, 4, pqBytes, links, lists, probed, vectors, k, 1, milliseconds, candidates],
  computed: [
    full.toFixed(2),
    gigabytes(pqBytes),
    bottomLinks,
    gigabytes(bottomLinks * 4).toFixed(2),
    scanned,
    compared,
    ((100 * compared) / vectors).toFixed(1),
    ...new Set(['A', 'B', 'C'].flatMap(places)),
    ...['A', 'B', 'C'].map(fused),
    (candidates * milliseconds) / 1000,
    Math.round((vectors * milliseconds) / 1000 / 60),
  ],
} satisfies Example;
