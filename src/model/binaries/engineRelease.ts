// Which engine is shipped, and where its binaries for GPUs are: dist/engine.json, which the build writes.

import { readFile } from 'node:fs/promises';

/** A package of the registry, as it was when the companion was built. */
export interface RegistryPackage {
  /** As npm writes it: "sha512-" and the digest in base64. */
  readonly integrity: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** packages.json, kept in the repository. */
export interface PackagesFile {
  /** Of node-llama-cpp. It loads binaries of exactly its own version only. */
  readonly version: string;
  readonly packages: Readonly<Record<string, RegistryPackage>>;
}

export interface EngineRelease extends PackagesFile {
  /** Address of the package registry. */
  readonly registry: string;
}

/** Reads dist/engine.json. Throws if it isn't there or isn't what the build writes: the companion is then damaged. */
export async function readEngineRelease(file: string): Promise<EngineRelease> {
  const { version, registry, packages } = JSON.parse(await readFile(file, 'utf8')) as Partial<EngineRelease>;
  if (version === undefined || registry === undefined || packages === undefined) throw new Error(`${file} is damaged`);
  return { version, registry, packages };
}
