// npm run check: everything that can be said about the code without running it.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules', name);

const checks: readonly (readonly [what: string, script: string, ...args: string[]])[] = [
  ['types of core and protocol', bin('typescript/bin/tsc'), '-p', 'src/core'],
  ['types of everything on Node', bin('typescript/bin/tsc'), '-p', '.'],
  ['types of the pages', bin('typescript/bin/tsc'), '-p', 'webview'],
  ['lint', bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
];

let failed = 0;
for (const [what, script, ...args] of checks) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
