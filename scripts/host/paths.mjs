// @ts-check
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** Everything downloaded for tests and for `npm start`; git ignores it, deleting it only costs time. */
export const cacheFolder = path.join(projectRoot, '.vscode-test');
