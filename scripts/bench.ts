// npm run bench [-- --quick] [--only window|learner|document|search|library|ingest|meaning]
// Start-up, reader, search and answers, timed on this machine; how search grows at 10 and 100 times the curriculum; a learner
// with ten years of daily use; a saved paper; a library of 300 and of 2000 papers, searched; 300 papers read into it; a hundred thousand
// passages searched by their meaning.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { benchDocument } from '../bench/document.ts';
import { benchLearner } from '../bench/learner.ts';
import { benchWindow } from '../bench/window.ts';
import { run } from './host/command.mjs';
import { projectRoot } from './host/paths.mjs';

const quick = process.argv.includes('--quick');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
type Part = 'window' | 'learner' | 'document' | 'search' | 'library' | 'ingest' | 'meaning';
const wanted = (part: Part): boolean => only === undefined || only === part;

await run(process.execPath, ['esbuild.mjs'], { cwd: projectRoot, quiet: true });
const { size } = await stat(path.join(projectRoot, 'dist', 'extension.cjs'));
console.log(`Bundle that activates: ${(size / 1024).toFixed(0)} KB (bar 150)`);

const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
try {
  const vsix = path.join(folder, 'companion.vsix');
  if (wanted('window') || wanted('learner') || wanted('document')) {
    await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot, quiet: true });
  }
  if (wanted('window')) await benchWindow(vsix, quick ? 3 : 8);
  if (wanted('learner')) await benchLearner(vsix, quick ? 2 : 5);
  if (wanted('document')) await benchDocument(vsix, quick ? 2 : 5);
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (wanted('search')) {
  // A hundred times the curriculum needs more memory than Node takes by itself, and the limit is set at its start.
  runBench('search', quick ? ['1', '10'] : ['1', '10', '100'], ['--max-old-space-size=12000']);
}
if (wanted('library')) {
  runBench('library', quick ? ['300'] : ['300', '2000']);
  runBench('libraryView', [quick ? '1000' : '10000']);
}
if (wanted('ingest')) runBench('ingest', [quick ? '20' : '300']);
if (wanted('meaning')) {
  runBench('meaning', [quick ? '10000' : '100000'], ['--max-old-space-size=8000', '--expose-gc']);
}

/** In a process of its own. */
function runBench(name: string, args: readonly string[], options: readonly string[] = []): void {
  const file = path.join(projectRoot, 'bench', `${name}.ts`);
  const { status } = spawnSync(process.execPath, [...options, file, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
