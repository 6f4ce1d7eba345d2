// Where the process listens: a socket in a folder of its own that only this user can enter.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const socketFolderPrefix = 'handbook-model-';

/** The address of a Unix socket has 108 bytes on Linux, 104 on macOS, with the zero at its end. */
const longestAddress = 103;

/** A new address to listen at; throws if there is no place for it. On Windows a pipe, whose name can't be guessed. */
export function makeSocketAddress(): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\handbook-${randomBytes(16).toString('hex')}`;
  const name = `${socketFolderPrefix}XXXXXX/model`;
  const base = Buffer.byteLength(join(tmpdir(), name)) <= longestAddress ? tmpdir() : '/tmp';
  // mkdtemp makes the folder with mode 0700.
  return join(mkdtempSync(join(base, socketFolderPrefix)), 'model');
}

export function removeSocketAddress(address: string): void {
  if (process.platform === 'win32') return;
  rmSync(address, { force: true });
  try {
    rmdirSync(dirname(address));
  } catch {
    // Whatever else lies there isn't ours to remove.
    return;
  }
}
