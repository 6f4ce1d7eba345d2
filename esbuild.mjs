// Builds everything into dist/: the curriculum (data, HTML, search index), the extension, its lazily loaded parts, the pages.
//
//   node esbuild.mjs            once
//   node esbuild.mjs --watch    again whenever the code changes (not the curriculum)
//   node esbuild.mjs --tests    also the suites that run inside VS Code, as dist/test/vscode.cjs
//
// Start-up must be quick, so every dynamic `import('./x.ts')` becomes a bundle of its own, dist/x.cjs, loaded on first use.
// (esbuild splits ES modules only, and VS Code's extension API is most at home in CommonJS.)

import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

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

/** @type {import('esbuild').BuildOptions} */
const node = {
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
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
const pages = {
  entryPoints: {
    reader: join(root, 'webview/reader/main.ts'),
    ask: join(root, 'webview/ask/main.ts'),
    'reader-style': join(root, 'media/reader.css'),
    'ask-style': join(root, 'media/ask.css'),
  },
  bundle: true,
  format: 'iife',
  target: 'es2022',
  outdir: join(dist, 'webview'),
  loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'empty', '.svg': 'dataurl' },
  assetNames: 'fonts/[name]',
  minify: !watch,
  logLevel: 'warning',
};

await rm(join(dist, 'test'), { recursive: true, force: true });
await mkdir(dist, { recursive: true });
execFileSync(process.execPath, [join(root, 'scripts/buildCurriculum.ts')], { stdio: 'inherit' });

const entries = {
  extension: join(root, 'src/extension.ts'),
  ...(tests && { 'test/vscode': join(root, 'test/vscode/index.ts') }),
};
await build({ ...node, entryPoints: entries });
// Lazily loaded parts may themselves load parts lazily: until no new one turns up.
for (let built = 0; built < lazy.size;) {
  const batch = [...lazy].slice(built);
  built = lazy.size;
  await build({ ...node, entryPoints: Object.fromEntries(batch.map(([file, name]) => [name, file])) });
}
await build(pages);

if (watch) {
  const all = { ...entries, ...Object.fromEntries([...lazy].map(([file, name]) => [name, file])) };
  await Promise.all([(await context({ ...node, entryPoints: all })).watch(), (await context(pages)).watch()]);
  console.log('Watching for changes. Ctrl-C ends it.');
}
