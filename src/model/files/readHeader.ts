import { open } from 'node:fs/promises';
import { parseGgufHeader } from './ggufHeader.ts';
import type { GgufHeader } from './ggufHeader.ts';

const pieceBytes = 2 ** 20;

/**
 * Reads a file's header and nothing more. Throws a FileProblemError, an error of the file system, or the signal's reason.
 */
export async function readHeader(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly header: GgufHeader; readonly bytes: number }> {
  const file = await open(path, 'r');
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw Object.assign(new Error(`${path} is not a file`), { code: 'EISDIR' });
    const parser = parseGgufHeader(stat.size);
    let step = parser.next();
    for (let at = 0; step.done !== true;) {
      signal.throwIfAborted();
      const { buffer, bytesRead } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes, at);
      at += bytesRead;
      step = parser.next(buffer.subarray(0, bytesRead));
    }
    return { header: step.value, bytes: stat.size };
  } finally {
    await file.close();
  }
}
