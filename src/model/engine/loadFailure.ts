// What made loading fail, in words for the learner.

import { InsufficientMemoryError, NoBinaryFoundError } from 'node-llama-cpp';
import { ModelError } from '../../core/model/modelError.ts';

/**
 * The error that says what happened. The library itself says little more than "Failed to load model".
 * @param lines What llama.cpp has logged meanwhile.
 */
export function explainLoadFailure(error: unknown, lines: readonly string[]): ModelError {
  if (error instanceof ModelError) return error;
  const thrown = error instanceof Error ? error.message : String(error);
  const detail = [
    thrown,
    ...lines.filter((line) => /error|fail|invalid|unknown|unsupported/i.test(line)).slice(-8),
  ].join('\n');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    return new ModelError('no-model', 'The model file isn’t there any more. Choose a model again.', detail);
  }
  if (
    error instanceof NoBinaryFoundError ||
    /GLIBC|cannot open shared object|dlopen|No prebuilt binary/i.test(thrown)
  ) {
    return new ModelError(
      'no-engine',
      'The engine has no binary that runs on this machine, so models can’t be used here. Quoting works without one.',
      detail,
    );
  }
  if (
    error instanceof InsufficientMemoryError ||
    /out of memory|failed to allocate|unable to allocate|cudaMalloc failed|ErrorOutOfDeviceMemory|bad_alloc/i.test(
      detail,
    )
  ) {
    return new ModelError(
      'out-of-memory',
      'There isn’t enough free memory for this model. Choose a smaller one, a shorter context or fewer layers on the GPU.',
      detail,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new ModelError('bad-file', 'The model file can’t be read: its permissions forbid it.', detail);
  }
  // What a reader trips over that has believed a damaged header: nothing that helps the learner.
  const tripped = error instanceof TypeError || error instanceof RangeError;
  const why = tripped ? 'its header is damaged. Get the file again' : reason(thrown, lines);
  return new ModelError('bad-file', `The model file can’t be loaded: ${why}.`, detail);
}

/** The most telling line, without the function that said it. */
function reason(thrown: string, lines: readonly string[]): string {
  const telling =
    lines.findLast((line) => /error loading model/i.test(line)) ??
    lines.findLast((line) => /error|failed|invalid|unknown|unsupported/i.test(line)) ??
    thrown;
  return telling
    .replace(/^[\w:]+: /, '')
    .replace(/^error loading model(?: \w+)?: /i, '')
    .replace(/\.$/, '')
    .slice(0, 200);
}
