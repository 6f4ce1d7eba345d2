// npm run package: makes a VSIX of what is in dist, for this machine's platform unless told otherwise.
//
//   npm run package -- [--target linux-x64]… [--all] [--out FILE]
//
// Each holds the engine's binary for its platform only. It is an error if vsce warns of anything or a VSIX gets too large.

import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { projectRoot } from './host/paths.mjs';
import { outputOf } from './package/outputOf.ts';
import { addBinary, enginePackage } from './package/stageEngine.ts';
import { hostTarget, isTarget, targets } from './package/targets.ts';
import type { Target } from './package/targets.ts';

const largest = 25e6;

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    out: { type: 'string' },
  },
});

try {
  const wanted = wantedTargets();
  if (values.out !== undefined && wanted.length > 1) throw new Error('--out is for one target');
  for (const target of wanted) await makeVsix(target, path.resolve(values.out ?? (await usualName(target))));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function wantedTargets(): readonly Target[] {
  const all = Object.keys(targets).filter(isTarget);
  if (values.all) return all;
  const names = values.target ?? [hostTarget() ?? ''];
  return names.map((name) => {
    if (!isTarget(name)) throw new Error(`--target takes ${all.join(', ')}`);
    return name;
  });
}

/** As vsce would call it. */
async function usualName(target: Target): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  return path.join(projectRoot, `${name}-${target}-${version}.vsix`);
}

async function makeVsix(target: Target, file: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'package-'));
  try {
    await lay(folder, target);
    const vsce = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');
    // The links of README.md lead into a repository whose address isn't known here.
    const args = ['package', '--target', target, '--no-rewrite-relative-links', '--out', file];
    await mkdir(path.dirname(file), { recursive: true });
    const { stdout, stderr } = await outputOf(process.execPath, [vsce, ...args], folder);
    const said = stripVTControlCharacters(stdout + stderr).trim();
    console.log(said);
    if (/\bWARNING\b/.test(said)) throw new Error('vsce warns; see above.');
    const { size } = await stat(file);
    console.log(`${target}: ${(size / 1e6).toFixed(1)} MB`);
    if (size > largest) throw new Error(`That is more than ${largest / 1e6} MB.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lays out what goes into the VSIX: what vsce would take from here, with the platform's binary instead of this machine's. */
async function lay(folder: string, target: Target): Promise<void> {
  const modules = path.join('dist', 'node_modules');
  if (!existsSync(path.join(projectRoot, modules, enginePackage)))
    throw new Error('dist is not complete: npm run build');
  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  const ours = files.filter((file) => !path.normalize(file).startsWith(path.join(modules, '@node-llama-cpp')));
  for (const file of ['.vscodeignore', ...ours]) {
    await cp(path.join(projectRoot, file), path.join(folder, file), { recursive: true });
  }
  await addBinary(path.join(folder, modules), target);
}
