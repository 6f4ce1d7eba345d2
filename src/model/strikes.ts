// Three strikes: a model whose process died or hung three times in a row while it was loaded isn't loaded a fourth time
// by itself. The count belongs to the file as it is and the settings (a changed file or GPU setting starts afresh) and is
// kept beside the run file, so that all windows share it and reloading one doesn't repeat the crashes.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ModelError } from '../core/model/modelError.ts';
import { fromJson, isCount } from './check.ts';

export const mostStrikes = 3;

export function strikesAt(path: string): number {
  try {
    const count = fromJson(readFileSync(path, 'utf8'));
    return isCount(count) ? count : 0;
  } catch {
    return 0;
  }
}

/** One more death while loading. A count that can't be kept isn't worth failing for. */
export function strike(path: string): void {
  try {
    writeFileSync(path, String(strikesAt(path) + 1), { mode: 0o600 });
  } catch {
    return;
  }
}

/** The model loaded, or the learner wants to try again. */
export function forgive(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}

export function strikesError(file: string): ModelError {
  return new ModelError(
    'bad-file',
    'This model crashed three times while it was being loaded. Choose another model or other engine settings, or try again.',
    file,
  );
}
