import { readFileSync } from 'node:fs';
import type { Example } from '../example.ts';

// The minutes and prerequisites of the chapters as they stand in their front matter.
const root = new URL('../../../curriculum/', import.meta.url);
interface Outline {
  readonly sections: readonly { readonly id: string; readonly number: number; readonly chapters: readonly string[] }[];
}
const outline = JSON.parse(readFileSync(new URL('book.json', root), 'utf8')) as Outline;
const chapters = new Map(
  outline.sections.flatMap(({ id, number, chapters: ids }) =>
    ids.map((chapter) => {
      const text = readFileSync(new URL(`${number}-${id}/${chapter}.md`, root), 'utf8');
      const minutes = Number(/^minutes: (\d+)$/m.exec(text)?.[1]);
      const needs = /^prerequisites: \[(.*)\]$/m.exec(text)?.[1] ?? '';
      return [chapter, { minutes, needs: needs.split(', ').filter(Boolean) }] as const;
    }),
  ),
);

function route(goal: string, found = new Set<string>()): Set<string> {
  found.add(goal);
  for (const need of chapters.get(goal)?.needs ?? []) route(need, found);
  return found;
}

const skim = 10;
const resource = 45;
const week = 4 * 60;

function plan(ids: Iterable<string>): { n: number; study: number; all: number; weeks: string } {
  const minutes = [...ids].map((id) => chapters.get(id)?.minutes ?? Number.NaN);
  const n = minutes.length;
  const study = minutes.reduce((sum, value) => sum + value, 0);
  const all = n * skim + study + n * resource;
  return { n, study, all, weeks: (all / week).toFixed(1) };
}

const goals = [
  'decoder-only-transformers',
  'key-value-caching-and-paged-attention',
  'diffusion-models',
  'reward-models-and-rlhf',
];
const rag = plan(route('retrieval-augmented-generation'));
const book = plan(chapters.keys());
const plans = [...goals.map((goal) => plan(route(goal))), rag, book];
const known = ['preliminaries-math', 'preliminaries-programming'];
const shorter = plan([...route('retrieval-augmented-generation')].filter((id) => !known.includes(id)));

export default {
  given: [skim, resource, 4],
  computed: [
    ...plans.flatMap(({ n, study, all, weeks }) => [n, study, all, weeks]),
    rag.n * skim,
    rag.n * resource,
    known.length,
    shorter.n * skim,
    shorter.study,
    shorter.n * resource,
    shorter.all,
    shorter.weeks,
    Math.round((100 * plan(route('decoder-only-transformers')).study) / book.study),
  ],
} satisfies Example;
