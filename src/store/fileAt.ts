import { statSync } from 'node:fs';

/** Tells one file from another that takes its place under the same name. */
export function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}
