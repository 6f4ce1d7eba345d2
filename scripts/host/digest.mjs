// @ts-check
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A digest of the names and contents of some files.
 *
 * @param {string} folder
 * @param {string[]} include Patterns, in which * doesn't match hidden files.
 * @param {string[]} exclude
 * @returns {Promise<string>}
 */
export async function digestOf(folder, include, exclude) {
  const entries = globSync(include, { cwd: folder, exclude, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const digest = createHash('sha256');
  for (const file of files.sort()) {
    digest.update(path.relative(folder, file)).update(await readFile(file));
  }
  return digest.digest('hex');
}
