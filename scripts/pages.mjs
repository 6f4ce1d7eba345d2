// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/** The pages that the extension shows: each has a folder in webview/ and a style sheet in media/. */
export const pageNames = /** @type {const} */ ([
  'reader',
  'ask',
  'model',
  'review',
  'map',
  'quiz',
  'dashboard',
  'document',
  'pdf',
]);

/**
 * A script that is imported with `?text` is its own words: pdf.js's worker goes into a page as text. In ASCII: of one letter
 * that isn't, a browser makes two bytes of every letter.
 *
 * @type {import('esbuild').Plugin}
 */
const asText = {
  name: 'as-text',
  setup(build) {
    build.onResolve({ filter: /\?text$/ }, async ({ path, resolveDir, kind }) => {
      const found = await build.resolve(path.slice(0, -'?text'.length), { resolveDir, kind });
      return { ...found, suffix: '?text' };
    });
    build.onLoad({ filter: /./ }, async ({ path, suffix }) =>
      suffix === '?text' ? { contents: await asciiOf(path), loader: 'text' } : undefined,
    );
  },
};

/** @param {string} path A script. */
async function asciiOf(path) {
  const { code } = await transform(await readFile(path, 'utf8'), { charset: 'ascii', minify: true, format: 'esm' });
  return code;
}

/**
 * How the pages are bundled.
 *
 * @param {string} root The project's folder.
 * @param {string} outdir
 * @returns {import('esbuild').BuildOptions}
 */
export function pagesBuild(root, outdir) {
  return {
    absWorkingDir: root,
    entryPoints: {
      ...Object.fromEntries(
        pageNames.flatMap((name) => [
          [name, join(root, 'webview', name, 'main.ts')],
          [`${name}-style`, join(root, 'media', `${name}.css`)],
        ]),
      ),
      // Before the page's own.
      'pdf-thread': join(root, 'webview', 'pdf', 'thread.ts'),
    },
    bundle: true,
    format: 'iife',
    target: 'es2022',
    outdir,
    loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'empty', '.svg': 'empty', '.gif': 'empty' },
    plugins: [asText],
    assetNames: 'fonts/[name]',
    logLevel: 'warning',
  };
}
