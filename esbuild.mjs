// Builds everything into dist/: the curriculum (data, HTML, search index), the extension, its lazily loaded parts, the pages.
//
//   node esbuild.mjs            once
//   node esbuild.mjs --watch    again whenever the code changes (not the curriculum)
//   node esbuild.mjs --tests    also the suites that run inside VS Code, as dist/test/vscode.cjs
//
// Start-up must be quick, so every dynamic `import('./x.ts')` becomes a bundle of its own, dist/x.cjs, loaded on first use.
// (esbuild splits ES modules only, and VS Code's extension API is most at home in CommonJS.)
//
// The processes that the extension starts are ES modules, since the engine is one that waits at its top level. The engine
// itself is in none of the bundles: it lies in dist/node_modules.

import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { engineFile } from './scripts/package/engineFile.ts';
import { notices } from './scripts/package/notices.ts';
import { enginePackage, stageEngine } from './scripts/package/stageEngine.ts';
import { hostTarget } from './scripts/package/targets.ts';
import { pagesBuild } from './scripts/pages.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const dist = join(root, 'dist');

/** Entry file → bundle name, for every dynamic import met so far. */
const lazy = new Map();

/** @type {import('esbuild').Plugin} */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const file = resolve(args.resolveDir, args.path);
      const name = basename(file, '.ts');
      const known = [...lazy].find(([other, taken]) => taken === name && other !== file);
      if (known) return { errors: [{ text: `two lazily loaded files are named ${name}: ${known[0]} and ${file}` }] };
      lazy.set(file, name);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/**
 * citation-js could fetch what it is asked to read. It is asked to read texts, and nothing leaves this machine by that way.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutFetching = {
  name: 'without-fetching',
  setup(build) {
    build.onResolve({ filter: /^sync-fetch-undici$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({
      contents: "export default () => { throw new Error('nothing is fetched here'); };",
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: dist,
  external: ['vscode', 'node:sqlite'],
  plugins: [lazyBundles],
  minify: !watch,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
};

/**
 * What runs in processes of its own: the model, what judges machines, the trial of a GPU, the MCP server,
 * what reads the library and what searches it.
 *
 * @type {import('esbuild').BuildOptions}
 */
const processes = {
  ...node,
  entryPoints: {
    model: join(root, 'src/model/main.ts'),
    inspect: join(root, 'src/model/inspectMain.ts'),
    'gpu-trial': join(root, 'src/model/binaries/trialMain.ts'),
    mcp: join(root, 'src/mcp/main.ts'),
    transfer: join(root, 'src/store/transferMain.ts'),
    extract: join(root, 'src/library/extract/main.ts'),
    bibliography: join(root, 'src/library/bibliography/main.ts'),
    'search-library': join(root, 'src/library/searchMain.ts'),
  },
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // What is imported on demand is not to be loaded before: which engine it is, is known only then.
  splitting: true,
  chunkNames: 'processes/[name]-[hash]',
  // The canvases are for drawing, which the process that reads documents doesn't.
  external: [enginePackage, 'node:sqlite', 'canvas', '@napi-rs/canvas'],
  plugins: [withoutFetching],
  // For what was CommonJS and asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
};

const pages = { ...pagesBuild(root, join(dist, 'webview')), minify: !watch, metafile: true };

for (const name of ['test', 'processes']) await rm(join(dist, name), { recursive: true, force: true });
await mkdir(dist, { recursive: true });
execFileSync(process.execPath, [join(root, 'scripts/buildCurriculum.ts')], { stdio: 'inherit' });

const entries = {
  extension: join(root, 'src/extension.ts'),
  ...(tests && { 'test/vscode': join(root, 'test/vscode/index.ts') }),
};
/** @type {import('esbuild').Metafile[]} What went into the bundles. */
const made = [];

/** @param {import('esbuild').BuildOptions} options */
async function make(options) {
  const { metafile } = await build(options);
  if (metafile) made.push(metafile);
}

await make({ ...node, entryPoints: entries });
// Lazily loaded parts may themselves load parts lazily: until no new one turns up.
for (let built = 0; built < lazy.size;) {
  const batch = [...lazy].slice(built);
  built = lazy.size;
  await make({ ...node, entryPoints: Object.fromEntries(batch.map(([file, name]) => [name, file])) });
}
await make(processes);
await make(pages);
// What pdf.js needs besides a file: tables of characters, to read it; fonts and decoders of pictures, to draw it.
for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
  await cp(join(root, 'node_modules/pdfjs-dist', folder), join(dist, 'pdf', folder), {
    recursive: true,
    // The scripting of PDFs stays behind.
    filter: (file) => !/quickjs|nowasm/.test(basename(file)),
  });
}
made.push(...(await stageEngine(join(dist, 'node_modules'), hostTarget())));
await writeFile(join(dist, 'engine.json'), await engineFile());
await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), await notices(made));

if (watch) {
  const all = { ...entries, ...Object.fromEntries([...lazy].map(([file, name]) => [name, file])) };
  const watched = [{ ...node, entryPoints: all }, processes, pages];
  await Promise.all(watched.map(async (options) => (await context(options)).watch()));
  console.log('Watching for changes. Ctrl-C ends it.');
}
