// Looks at a model's file before the engine sees it: what is wrong in a header can abort its process or never end.

import { basename } from 'node:path';
import { FileProblemError, fileProblemWords } from './fileProblem.ts';
import type { FileProblem } from './fileProblem.ts';
import type { GgufTensor } from './ggufHeader.ts';
import { wholeAt } from './headerFields.ts';
import { readModelFacts } from './modelFacts.ts';
import type { ModelFacts } from './modelFacts.ts';
import { readHeader } from './readHeader.ts';
import { splitFiles, splitName } from './splitFiles.ts';

export type CheckedFile =
  | { readonly ok: true; readonly facts: ModelFacts }
  | {
      readonly ok: false;
      readonly problem: FileProblem;
      /** For the learner. */
      readonly message: string;
      /** For the log. */
      readonly detail: string;
    };

/**
 * Checks the file at `path`, and those that belong to it if the model is split. Reads headers only. Rejects with the
 * signal's reason when aborted, and with nothing else.
 */
export async function checkModelFile(path: string, signal: AbortSignal): Promise<CheckedFile> {
  const fail = (problem: FileProblem, detail: string): CheckedFile => ({
    ok: false,
    problem,
    message: fileProblemWords(problem, basename(path)),
    detail: `${path}: ${detail}`,
  });
  signal.throwIfAborted();
  try {
    return { ok: true, facts: await readFacts(path, signal) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FileProblemError) return fail(error.problem, error.message);
    const code = (error as NodeJS.ErrnoException).code;
    return fail(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', String(error));
  }
}

async function readFacts(path: string, signal: AbortSignal): Promise<ModelFacts> {
  const first = await readHeader(path, signal);
  const { metadata } = first.header;
  const parts = wholeAt(metadata, 'split.count', 0, 999) ?? 1;
  const number = wholeAt(metadata, 'split.no', 0, 998) ?? 0;
  if (parts <= 1)
    return readModelFacts(first.header, first.header.tensors, [{ path, bytes: first.bytes }], basename(path));
  if (number !== 0)
    throw new FileProblemError('parts-missing', `this is part ${number + 1} of ${parts}, not the first`);
  const name = splitName(path);
  if (name?.part !== 1 || name.parts !== parts) {
    throw new FileProblemError('parts-missing', `a model in ${parts} files, but the name doesn’t say so`);
  }

  const tensors: GgufTensor[] = [...first.header.tensors];
  const files = [{ path, bytes: first.bytes }];
  for (const other of splitFiles(path).slice(1)) {
    const { header, bytes } = await readHeader(other, signal).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new FileProblemError('parts-missing', `${basename(other)} is missing`);
    });
    tensors.push(...header.tensors);
    files.push({ path: other, bytes });
  }
  if (new Set(tensors.map((tensor) => tensor.name)).size !== tensors.length) {
    throw new FileProblemError('damaged', 'a tensor stands in two files');
  }
  return readModelFacts(first.header, tensors, files, basename(path));
}
