// The packages with the engine's binaries. npm installs only this machine's; those of other platforms are fetched.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { unpack } from '../../src/model/binaries/untar.ts';
import { cacheFolder, projectRoot } from '../host/paths.mjs';
import { outputOf } from './outputOf.ts';
import { readPackage } from './readPackage.ts';

/** The folder of the package, exactly of this version. Throws if it can't be had or isn't what package-lock.json says. */
export async function binaryPackage(name: string, version: string): Promise<string> {
  const installed = path.join(projectRoot, 'node_modules', name);
  if (existsSync(path.join(installed, 'package.json'))) {
    if ((await readPackage(installed)).version === version) return installed;
  }
  const cached = path.join(cacheFolder, 'engines', `${path.basename(name)}-${version}`);
  if (!existsSync(cached)) await fetchPackage(`${name}@${version}`, await lockedIntegrity(name, version), cached);
  return cached;
}

/** What npm calls the registry, without what it says of who asks. */
export async function registryAddress(): Promise<string> {
  const { stdout } = await outputOf('npm', ['config', 'get', 'registry'], projectRoot);
  const address = new URL(stdout.trim());
  address.username = '';
  address.password = '';
  return address.href;
}

async function fetchPackage(specifier: string, integrity: string, folder: string): Promise<void> {
  console.log(`Fetching ${specifier} …`);
  await mkdir(path.dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    const args = ['pack', specifier, '--json', '--pack-destination', '.'];
    const { stdout } = await outputOf('npm', args, partial);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const archive = path.join(partial, filename);
    const found = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`;
    if (found !== integrity) throw new Error(`${specifier} is not what package-lock.json says: ${found}`);
    const unpacked = path.join(partial, 'package');
    await unpack(archive, unpacked, { bytes: 1 << 28, files: 1000 }, new AbortController().signal);
    await rename(unpacked, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function lockedIntegrity(name: string, version: string): Promise<string> {
  const lock = JSON.parse(await readFile(path.join(projectRoot, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (locked?.version !== version || !locked.integrity) throw new Error(`package-lock.json has no ${name}@${version}`);
  return locked.integrity;
}
