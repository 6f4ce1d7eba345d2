// What dist/node_modules holds: the engine's package and the binary for one platform. The model's process finds them there,
// in the checkout as in an installed extension.

import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { projectRoot } from '../host/paths.mjs';
import { binaryPackage } from './binaryPackage.ts';
import { mergeEngine } from './mergeEngine.ts';
import { readPackage } from './readPackage.ts';
import { targets } from './targets.ts';
import type { Target } from './targets.ts';

export const enginePackage = 'node-llama-cpp';

/** The version of the engine that this checkout uses. */
export async function engineVersion(): Promise<string> {
  return (await readPackage(path.join(projectRoot, 'node_modules', enginePackage))).version;
}

/**
 * Makes `folder` anew with the engine for a platform, or for none if there is no binary for it. Resolves with what was merged into the engine's
 * package. A process that runs from the folder keeps what it has loaded.
 */
export async function stageEngine(folder: string, target: Target | undefined): Promise<readonly Metafile[]> {
  const staged = await mkdtemp(`${folder}.partial-`);
  try {
    const source = path.join(projectRoot, 'node_modules', enginePackage);
    const merged = await mergeEngine(source, path.join(staged, enginePackage));
    if (target) await addBinary(staged, target);
    await chmod(staged, 0o755); // mkdtemp keeps others out
    await rm(folder, { recursive: true, force: true });
    await rename(staged, folder);
    return merged;
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** Adds a platform's binary to a folder that has the engine's package. */
export async function addBinary(folder: string, target: Target): Promise<void> {
  const name = targets[target];
  const source = await binaryPackage(name, await engineVersion());
  await cp(source, path.join(folder, name), {
    recursive: true,
    filter: (file) => !file.endsWith('README.md'),
  });
}
