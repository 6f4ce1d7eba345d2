// Reads what the build wrote into dist/curriculum. Files of our own package: trusted, but they may be missing.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Curriculum } from '../core/curriculum.ts';
import type { Passage } from '../core/passages.ts';
import type { ChapterQuiz, QuizIndex } from '../core/quizzes.ts';
import type { SerializedSearchIndex } from '../core/search/searchIndex.ts';

/** The outline of the whole book. `folder` is dist/curriculum. Throws if the package is damaged. */
export function readCurriculum(folder: string): Curriculum {
  return readJson(folder, 'curriculum.json') as Curriculum;
}

export function readPassages(folder: string): readonly Passage[] {
  return readJson(folder, 'passages.json') as readonly Passage[];
}

export function readSearchIndex(folder: string): SerializedSearchIndex {
  return readJson(folder, 'search.json') as SerializedSearchIndex;
}

/** Which items there are in the quizzes of all chapters. */
export function readQuizIndex(folder: string): QuizIndex {
  return readJson(folder, 'quizzes.json') as QuizIndex;
}

/** The quiz of a chapter, whose id must come from the index of quizzes. */
export async function readChapterQuiz(folder: string, chapterId: string): Promise<ChapterQuiz> {
  return JSON.parse(await readFile(join(folder, 'quizzes', `${chapterId}.json`), 'utf8')) as ChapterQuiz;
}

/** The rendered text of a chapter, whose id must come from the curriculum. */
export async function readChapterHtml(folder: string, chapterId: string): Promise<string> {
  return readFile(join(folder, 'chapters', `${chapterId}.html`), 'utf8');
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
