// @ts-check
import { join } from 'node:path';

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
]);

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
    entryPoints: Object.fromEntries(
      pageNames.flatMap((name) => [
        [name, join(root, 'webview', name, 'main.ts')],
        [`${name}-style`, join(root, 'media', `${name}.css`)],
      ]),
    ),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    outdir,
    loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'empty', '.svg': 'dataurl' },
    assetNames: 'fonts/[name]',
    logLevel: 'warning',
  };
}
