// npm run bench [-- --quick] [--only window|learner|search|library]
// Start-up, reader, search and answers, timed on this machine; how search grows at 10 and 100 times the curriculum; a learner
// with ten years of daily use; a library of 300 and of 2000 papers.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { benchLearner } from '../bench/learner.ts';
import { benchWindow } from '../bench/window.ts';
import { run } from './host/command.mjs';
import { projectRoot } from './host/paths.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const wanted = (part: 'window' | 'learner' | 'search' | 'library'): boolean => only === undefined || only === part;

await run(process.execPath, ['esbuild.mjs'], { cwd: projectRoot, quiet: true });
const { size } = await stat(path.join(projectRoot, 'dist', 'extension.cjs'));
console.log(`Bundle that activates: ${(size / 1024).toFixed(0)} KB (bar 150)`);

const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
try {
  const vsix = path.join(folder, 'companion.vsix');
  if (wanted('window') || wanted('learner')) {
    await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot, quiet: true });
  }
  if (wanted('window')) await benchWindow(vsix, quick ? 3 : 8);
  if (wanted('learner')) await benchLearner(vsix, quick ? 2 : 5);
} finally {
  await rm(folder, { recursive: true, force: true });
}
/** A benchmark of its own process; one that fails makes this one fail. */
function spawn(script: string, ...args: readonly string[]): void {
  const bench = path.join(projectRoot, 'bench', script);
  // A hundred times the curriculum needs more memory than Node takes by itself, and the limit is set at its start.
  const { status } = spawnSync(process.execPath, ['--max-old-space-size=12000', bench, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
if (wanted('search')) spawn('search.ts', ...(quick ? ['1', '10'] : ['1', '10', '100']));
if (wanted('library')) spawn('library.ts', ...(quick ? ['300'] : ['300', '2000']));
