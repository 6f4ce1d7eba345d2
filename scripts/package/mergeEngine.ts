// node-llama-cpp as it is shipped: the package with all it imports merged into two files. Loaded as it comes from the
// registry it is 700 files of 72 packages, which is slow to install and read, and about which vsce warns. It stays a
// package of its own, found by the name `node-llama-cpp`; nothing of it gets into our bundles.

import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Metafile, Plugin } from 'esbuild';
import { projectRoot } from '../host/paths.mjs';
import { readPackage } from './readPackage.ts';

/** It forks this file to try a binary before it loads it, and does so only if the file has this name. */
const binaryTest = 'bindings/utils/testBindingBinary.js';

/** What it reads besides code. */
const data = ['llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json', 'llama/grammars', 'LICENSE'];

/**
 * Writes the merged package to `target`, an empty folder or none yet. Resolves with what went into it. Throws if a file
 * of it refers to something that can't be merged.
 */
export async function mergeEngine(source: string, target: string): Promise<readonly Metafile[]> {
  const metafiles = [
    await merge(source, target, 'index.js'),
    // The test must be a file of its own.
    await merge(source, target, binaryTest),
  ];
  for (const name of data) {
    const isNeeded = (file: string): boolean => !file.endsWith('.md');
    await cp(path.join(source, name), path.join(target, name), { recursive: true, filter: isNeeded });
  }
  const { name, version, license } = await readPackage(source);
  const manifest = { name, version, license, type: 'module', exports: './dist/index.js' };
  await writeFile(path.join(target, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return metafiles;
}

async function merge(source: string, target: string, entry: string): Promise<Metafile> {
  const { metafile, warnings } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [path.join(source, 'dist', entry)],
    outfile: path.join(target, 'dist', entry),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // Looked for at run time, and done without where they aren't.
    external: ['@node-llama-cpp/*', 'electron', 'typescript', '@reflink/*'],
    plugins: [ownPlaces(path.join(source, 'dist'), entry)],
    // What was CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    // Names stay: errors and chat wrappers are told apart by them.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(`merging ${entry}: ${warnings.map(({ text }) => text).join('; ')}`);
  return metafile;
}

/** Files look for others beside themselves, by import.meta.url: lets each of them go on as if it lay where it did. */
function ownPlaces(dist: string, entry: string): Plugin {
  const from = path.dirname(path.join(dist, entry));
  return {
    name: 'own-places',
    setup(building) {
      building.onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
        if (!file.startsWith(dist + path.sep) || file === path.join(dist, entry)) return undefined;
        const place = path.relative(from, file).split(path.sep).join('/');
        const text = await readFile(file, 'utf8');
        return {
          contents: text.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`),
        };
      });
      if (entry === binaryTest) return;
      building.onResolve({ filter: /\/testBindingBinary\.js$/ }, () => ({ path: `./${binaryTest}`, external: true }));
    },
  };
}
