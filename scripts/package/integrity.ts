// Run after the engine's version changes: `node scripts/package/integrity.ts` fetches the packages with the GPU's binaries
// (700 MB) and writes what the registry has under their names to src/model/binaries/packages.json. What a learner fetches later must
// be exactly that.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PackagesFile } from '../../src/model/binaries/engineRelease.ts';
import { projectRoot } from '../host/paths.mjs';
import { gpuPackagesFile } from './engineFile.ts';
import { outputOf } from './outputOf.ts';
import { engineVersion } from './stageEngine.ts';

const names = [
  'linux-x64-vulkan',
  'linux-x64-cuda',
  'linux-x64-cuda-ext',
  'win-x64-vulkan',
  'win-x64-cuda',
  'win-x64-cuda-ext',
].map((name) => `@node-llama-cpp/${name}`);

interface Packed {
  readonly integrity: string;
  readonly size: number;
  readonly unpackedSize: number;
}

const version = await engineVersion();
const packages: Record<string, PackagesFile['packages'][string]> = {};
for (const name of names) {
  const folder = await mkdtemp(path.join(tmpdir(), 'engine-'));
  try {
    const { stdout } = await outputOf('npm', ['pack', `${name}@${version}`, '--json'], folder);
    const [{ integrity, size, unpackedSize }] = JSON.parse(stdout) as [Packed];
    packages[name] = { integrity, bytes: size, unpackedBytes: unpackedSize };
    console.log(name, integrity);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
await writeFile(gpuPackagesFile, `${JSON.stringify({ version, packages } satisfies PackagesFile, undefined, 2)}\n`);
console.log(`Written to ${path.relative(projectRoot, gpuPackagesFile)}`);
