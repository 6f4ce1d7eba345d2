import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { showProblem } from '../src/core/book/problem.ts';
import { buildCurriculum } from './buildCurriculum.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folder of the built curriculum, built first if it is missing or older than what it is made from. */
export async function builtCurriculum(): Promise<string> {
  const target = join(root, 'dist', 'curriculum');
  const made = statSync(join(target, 'search.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newest = Math.max(newestIn(join(root, 'curriculum')), newestIn(join(root, 'src', 'core')));
  if (made < newest) {
    // Standard output belongs to the answer.
    console.error('Building the curriculum …');
    const problems = await buildCurriculum(join(root, 'curriculum'), target);
    if (problems.length > 0) throw new Error(problems.map(showProblem).join('\n'));
  }
  return target;
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((newest, { parentPath, name }) => Math.max(newest, statSync(join(parentPath, name)).mtimeMs), 0);
}
