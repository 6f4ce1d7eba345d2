// Fetches a file into a folder that it doesn't fit into, and prints what came of it.

import { readdirSync } from 'node:fs';
import { download } from '../../../src/model/files/download.ts';
import { DownloadError } from '../../../src/model/files/downloadError.ts';

const [, , url = '', folder = ''] = process.argv;

try {
  await download(
    { url, folder, fileName: 'model.gguf' },
    { onProgress: () => undefined, freeBytes: () => Promise.resolve(1e12) },
    new AbortController().signal,
  );
} catch (error) {
  if (!(error instanceof DownloadError)) throw error;
  console.log(JSON.stringify({ problem: error.problem, message: error.message, left: readdirSync(folder) }));
}
