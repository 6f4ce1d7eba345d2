import path from 'node:path';
import { run } from '../../scripts/host/command.mjs';
import { projectRoot } from '../../scripts/host/paths.mjs';

/** Packs what is in dist/ as a learner would get it. */
export async function packed(): Promise<string> {
  const vsix = path.join(projectRoot, 'dist', 'under-test.vsix');
  await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot, quiet: true });
  return vsix;
}
