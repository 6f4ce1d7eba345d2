import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const pieceBytes = 2 ** 20;

/** The checksum of a whole file, in hex. Rejects with an error of the file system or the signal's reason. */
export async function sha256(path: string, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let at = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, at);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
      onProgress(at);
    }
  } finally {
    await file.close();
  }
}
