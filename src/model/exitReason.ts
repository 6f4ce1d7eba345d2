// Why the model's process ended, in words.

import { ModelError } from '../core/model/modelError.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What Windows reports as the exit code of a program that crashed. */
const windowsCrashes: Readonly<Record<number, string>> = {
  0xc0000005: 'access violation',
  0xc000001d: 'illegal instruction',
  0xc0000017: 'out of memory',
  0xc00000fd: 'stack overflow',
  0xc0000374: 'damaged heap',
  0xc0000409: 'abort',
};

const signalWords: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGTERM: 'was told to stop (SIGTERM)',
  SIGINT: 'was told to stop (SIGINT)',
  SIGHUP: 'was told to stop (SIGHUP)',
  SIGBUS: 'crashed (SIGBUS: the model file may have been changed while it was in use)',
  SIGILL: 'crashed (SIGILL: the processor lacks an instruction)',
};

/** The error for whoever waited. `output` is the last of what the process printed; `loading`: before it was ready. */
export function exitError(exit: Exit | undefined, loading: boolean, output: string): ModelError {
  const what = loading ? 'The model could not be loaded: its process' : 'The model stopped working: its process';
  const then = loading ? 'Try again, or choose another model.' : 'Ask again to start it anew.';
  const detail = [exit ? `code ${exit.code ?? '-'}, signal ${exit.signal ?? '-'}` : 'the socket was closed', output]
    .filter((part) => part !== '')
    .join('\n');
  if (/heap out of memory|bad_alloc/i.test(output)) {
    return new ModelError('out-of-memory', `${what} ran out of memory. Choose a smaller model or context.`, detail);
  }
  if (exit?.signal === 'SIGKILL') {
    const why = 'was killed, most likely by the system because memory ran out (out of memory killer)';
    return new ModelError('ended', `${what} ${why}. ${then} If it happens again, choose a smaller model.`, detail);
  }
  const crashed = how(exit);
  if (loading && crashed.startsWith('crashed')) {
    const why = 'The file may be damaged, or of a kind that the engine doesn’t know.';
    return new ModelError('ended', `${what} ${crashed}. ${why} Get it again, or choose another model.`, detail);
  }
  return new ModelError('ended', `${what} ${crashed}. ${then}`, detail);
}

function how(exit: Exit | undefined): string {
  if (!exit) return 'ended';
  const { code, signal } = exit;
  if (signal !== null) return signalWords[signal] ?? `crashed (${signal})`;
  if (code === null || code === 0) return 'ended';
  const crash = windowsCrashes[code >>> 0];
  return crash === undefined ? `ended with code ${code}` : `crashed (${crash})`;
}

/** The process gave no sign of life for so long and was ended. */
export function silentError(loading: boolean, afterMs: number): ModelError {
  const seconds = Math.max(1, Math.round(afterMs / 1000));
  return loading
    ? new ModelError(
        'silent',
        `Loading the model made no progress for ${seconds} seconds and was ended. Try again, or choose another model.`,
      )
    : new ModelError(
        'silent',
        `The model gave no sign of life for ${seconds} seconds and was ended. Ask again to start it anew.`,
      );
}
