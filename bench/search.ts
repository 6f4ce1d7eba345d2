// Search and answers by quotation: how long, and how it grows with the curriculum. Arguments: how many times the curriculum.

import { fileURLToPath } from 'node:url';
import { createQuoter } from '../src/core/answer/quote.ts';
import { chaptersInOrder, type Curriculum } from '../src/core/curriculum.ts';
import type { Passage } from '../src/core/passages.ts';
import { createLookUp } from '../src/core/search/lookUp.ts';
import { createRetriever } from '../src/core/search/retrieve.ts';
import { createSearchBox } from '../src/core/search/searchBox.ts';
import { buildSearchIndex, loadSearchIndex } from '../src/core/search/searchIndex.ts';
import { inEnglish } from '../src/core/translate.ts';
import { readCurriculum, readPassages } from '../src/store/curriculumFiles.ts';
import { largerBook } from './largerBook.ts';
import { quantile, shownMs, timings } from './timing.ts';

/** Prints a table of timings at each size. `folder` is dist/curriculum. */
async function benchSearch(folder: string, sizes: readonly number[]): Promise<void> {
  const curriculum = readCurriculum(folder);
  const passages = readPassages(folder);
  const rows: Record<string, Record<string, string | number>> = {};
  for (const times of sizes) {
    const book = times === 1 ? { curriculum, passages } : largerBook(curriculum, passages, times);
    rows[`${times} ×`] = await row(book.curriculum, book.passages, times === 1 ? 400 : times <= 10 ? 60 : 8);
  }
  console.log('Search and quoted answers, milliseconds (bars at 1 ×: keystroke p95 ≤ 5, answer ≤ 15)');
  console.table(rows);
}

async function row(
  curriculum: Curriculum,
  passages: readonly Passage[],
  runs: number,
): Promise<Record<string, string | number>> {
  const started = performance.now();
  const serialized = buildSearchIndex(curriculum, passages, []);
  const built = performance.now() - started;
  // Beyond some 10 times the curriculum, the file would be longer than a string may be.
  const text = passages.length < 20_000 ? JSON.stringify(serialized) : undefined;
  const loading = performance.now();
  const index = loadSearchIndex(text === undefined ? serialized : (JSON.parse(text) as typeof serialized));
  const loaded = performance.now() - loading;

  const questions = chaptersInOrder(curriculum)
    .slice(0, 55)
    .flatMap((chapter) => chapter.questions.slice(0, 2));
  // What the box sees while "questions" are typed letter by letter, with a slip in every third.
  const keystrokes = questions.slice(0, 20).flatMap((question, n) => {
    const typed = n % 3 === 0 ? question.replace(/(\w{4})(\w)(\w)/, '$1$3$2') : question;
    return Array.from(typed, (_, at) => typed.slice(0, at + 1));
  });
  const search = createSearchBox(index, curriculum, passages);
  const typing = timings(Math.min(keystrokes.length, runs * 2), (run) =>
    search(keystrokes[(run * 7) % keystrokes.length] ?? '', 30),
  );

  const answer = createQuoter({
    curriculum,
    lookUp: createLookUp({ retrieve: createRetriever(index, passages), index, t: inEnglish }),
  });
  const answering: number[] = [];
  for (let run = 0; run < Math.min(runs, 110); run++) {
    const asked = performance.now();
    await Array.fromAsync(answer({ text: questions[run % questions.length] ?? '', history: [] }));
    answering.push(performance.now() - asked);
  }
  answering.sort((a, b) => a - b);
  return {
    passages: passages.length,
    'index MB': text === undefined ? '–' : (text.length / 1e6).toFixed(1),
    build: shownMs(built),
    load: shownMs(loaded),
    'keystroke p50': shownMs(quantile(typing, 0.5)),
    'keystroke p95': shownMs(quantile(typing, 0.95)),
    'answer p50': shownMs(quantile(answering, 0.5)),
    'answer p95': shownMs(quantile(answering, 0.95)),
  };
}

await benchSearch(fileURLToPath(new URL('../dist/curriculum', import.meta.url)), process.argv.slice(2).map(Number));
