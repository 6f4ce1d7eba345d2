import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** What the manifest in a package's folder says. Throws if there is none. */
export async function readPackage(folder: string): Promise<PackageFacts> {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  ) as Partial<PackageFacts>;
  if (!name || !version || !license) throw new Error(`${folder} has no name, version or license`);
  return { name, version, license };
}
