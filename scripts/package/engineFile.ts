import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineRelease, PackagesFile } from '../../src/model/binaries/engineRelease.ts';
import { projectRoot } from '../host/paths.mjs';
import { registryAddress } from './binaryPackage.ts';
import { engineVersion } from './stageEngine.ts';

/** What the registry has under the names of the packages with the GPU's binaries; integrity.ts writes it. */
export const gpuPackagesFile = path.join(projectRoot, 'src/model/binaries/packages.json');

/**
 * The text of dist/engine.json: which engine is shipped, and from where a binary for the GPU may be fetched, which is where npm
 * fetches from on the machine that builds. Throws if packages.json is of another version of the engine.
 */
export async function engineFile(): Promise<string> {
  const { version, packages } = JSON.parse(await readFile(gpuPackagesFile, 'utf8')) as PackagesFile;
  const installed = await engineVersion();
  if (version !== installed) {
    throw new Error(
      `packages.json is of ${version}, the engine is ${installed}: run node scripts/package/integrity.ts`,
    );
  }
  const release: EngineRelease = { version, registry: await registryAddress(), packages };
  return `${JSON.stringify(release, undefined, 2)}\n`;
}
