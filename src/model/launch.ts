// Starts the model's process.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { ModelError } from '../core/model/modelError.ts';
import { exitError, silentError } from './exitReason.ts';
import type { Exit } from './exitReason.ts';
import { watchSilence } from './silence.ts';
import { readFromProcess } from './start.ts';
import type { StartOptions, ToProcess } from './start.ts';

export interface LaunchedProcess {
  readonly pid: number;
  readonly socket: string;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** The last lines that the process printed. */
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export interface LaunchOptions {
  /** What is forked. */
  readonly entry: string;
  readonly start: StartOptions;
  /** How long it may take until it listens; the model is loaded after that. */
  readonly listenMs: number;
  readonly log: (level: 'warn' | 'info' | 'debug', line: string) => void;
}

const longestLine = 8_192;

const keptLines = 30;

/**
 * Forks the process and resolves when it listens. Rejects with a ModelError if it doesn't come to that, or with the
 * signal's reason; the process is ended then.
 */
export async function launch(
  { entry, start, listenMs, log }: LaunchOptions,
  signal: AbortSignal,
): Promise<LaunchedProcess> {
  signal.throwIfAborted();
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: processEnvironment(process.env),
    // A group of its own: what ends the window's group doesn't take the process from other windows.
    detached: true,
    windowsHide: true,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    readLines(stream, (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      log('debug', line);
    });
  }
  const output = (): string => lines.join('\n');
  const exited = new Promise<Exit>((resolve) => {
    // 'close' comes when the last of the output was read, but may never come if a child of the child holds the pipes.
    child.once('exit', (code, exitSignal) => {
      const done = (): void => {
        clearTimeout(timer);
        resolve({ code, signal: exitSignal });
      };
      const timer = setTimeout(done, 200);
      child.once('close', done);
    });
    // It could not be started at all: there will be no exit.
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
  try {
    const socket = await untilListening(child, start, { exited, output, listenMs, signal });
    if (child.pid === undefined) throw exitError(undefined, true, output());
    letGo(child);
    const kill = (name: NodeJS.Signals): void => {
      child.kill(name);
    };
    return { pid: child.pid, socket, exited, output, kill };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** The window's environment without what is meant for the window: debuggers, loaders, VS Code's own. */
export function processEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(NODE|VSCODE|ELECTRON)_/i.test(name))),
    ELECTRON_RUN_AS_NODE: '1',
    // Each token is computed in a job of libuv's pool, which starts threads of its own: more than one such job at a time
    // only fights for the cores (measured: a quarter slower with the usual four).
    UV_THREADPOOL_SIZE: '1',
    // Where glibc allocates: one arena for all threads (they allocate little, and each new one reserves its own), and free
    // memory goes back to the system. Else 50 MB that loading needed for a moment would stay.
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: String(2 ** 20),
    MALLOC_TRIM_THRESHOLD_: String(2 ** 17),
    // Else an abort starts a debugger, if there is one, to print where it happened.
    GGML_NO_BACKTRACE: '1',
  };
}

interface Listening {
  readonly exited: Promise<Exit>;
  readonly output: () => string;
  readonly listenMs: number;
  readonly signal: AbortSignal;
}

async function untilListening(
  child: ChildProcess,
  start: StartOptions,
  { exited, output, listenMs, signal }: Listening,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  const silence = watchSilence({
    limitMs: listenMs,
    isWaiting: () => true,
    onSilent: () => {
      reject(silentError(true, listenMs));
    },
  });
  signal.addEventListener('abort', onAbort, { once: true });
  child.on('error', (error) => {
    reject(new ModelError('internal', 'The model’s process could not be started. The log says more.', error.message));
  });
  child.on('message', (value: unknown) => {
    const message = readFromProcess(value);
    if (message?.type === 'listening') resolve(message.socket);
    else if (message) reject(exitError(undefined, true, message.detail));
  });
  void exited.then((exit) => {
    reject(exitError(exit, true, output()));
  });
  child.send({ type: 'start', options: start } satisfies ToProcess, () => undefined);
  try {
    return await promise;
  } finally {
    silence.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}

/** The window may end before the process: it is no reason to wait. */
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  if (!stream) return;
  stream.setEncoding('utf8');
  let rest = '';
  stream.on('data', (piece: string) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      lines.push(rest);
      rest = '';
    }
    for (const line of lines) if (line !== '') onLine(line.slice(0, longestLine));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => undefined);
}
