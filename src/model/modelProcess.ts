// The model's process: forked by a window, told over the fork's channel what to load, spoken to over a local socket. It
// lives by the rules of lifetime.ts.

import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ModelError } from '../core/model/modelError.ts';
import type { Engine, OpenEngine } from './engine.ts';
import { takeEngineFrom } from './engineFolder.ts';
import { nextEnd } from './lifetime.ts';
import { guardAgainstOrphan } from './orphanGuard.ts';
import { readRunFile, removeRunFile, writeRunFile } from './runFile.ts';
import { createServing, modelErrorOf } from './serve.ts';
import { watchSilence } from './silence.ts';
import { openDoor } from './socketServer.ts';
import { makeSocketAddress, removeSocketAddress } from './socketFolder.ts';
import { readToProcess } from './start.ts';
import type { FromProcess, StartOptions } from './start.ts';
import { wireVersion } from './wire.ts';

type Log = (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;

const helloMs = 5_000;

/** What is left to the engine to put itself away in before the process ends all the same. */
const disposeMs = 600;

/** How long the window that starts the process may take to come in. */
const firstWindowMs = 10_000;

/** How often a process without windows looks whether it can still be found. */
const lookoutMs = 2_000;

/** setTimeout can't wait longer. */
const longestWaitMs = 2 ** 31 - 1;

/** The whole life of the process. `loadEngine` is called once it is known which model and which engine are wanted. */
export function runModelProcess(loadEngine: () => Promise<OpenEngine>): void {
  // Touching them makes them non-blocking: what native code prints is dropped when nobody reads, instead of waited for.
  // When their other end is gone, writing fails, and that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  guardAgainstOrphan();
  process.once('message', (message: unknown) => {
    const start = readToProcess(message);
    if (start === undefined) {
      tellParent({ type: 'failed', detail: 'not told what to start' });
      process.exit(1);
    }
    live(start.options, loadEngine).catch((error: unknown) => {
      tellParent({ type: 'failed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      process.exit(1);
    });
  });
  // Not started by a window, or its end came before the first word.
  if (!process.connected) process.exit(1);
}

async function live(options: StartOptions, loadEngine: () => Promise<OpenEngine>): Promise<void> {
  const startedAt = performance.now();
  let engine: Engine | undefined;
  let model: 'loading' | 'ready' | 'failed' = 'loading';
  let hadWindow = false;
  let isEnding = false;
  let idle: NodeJS.Timeout | undefined;
  let lookout: NodeJS.Timeout | undefined;
  const loading = new AbortController();
  const address = makeSocketAddress();

  const log: Log = (level, line) => {
    if (serving.windows() > 0) serving.sendAll({ type: 'log', level, line });
    else process.stderr.write(`${line}\n`);
  };

  const end = async (code: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    clearTimeout(idle);
    clearInterval(lookout);
    // In this order: nobody finds the process any more, who is here hears the last of it, then the engine goes.
    removeRunFile(options.runFile, options.token);
    // Whatever hangs below can't hold it back.
    setTimeout(() => {
      process.kill(process.pid, 'SIGKILL');
    }, disposeMs * 2).unref();
    loading.abort(new ModelError('ended', 'The model was let go while it was loading.'));
    await door.close(200);
    removeSocketAddress(address);
    await Promise.race([engine?.dispose(), wait(disposeMs)]).catch((error: unknown) => {
      process.stderr.write(`dispose: ${String(error)}\n`);
    });
    process.exit(code);
  };

  /** Not if a cleaner of temporary files took the socket away, or another process the place in the run file. */
  const canBeFound = (): boolean =>
    readRunFile(options.runFile)?.token === options.token && (process.platform === 'win32' || existsSync(address));

  const consider = (): void => {
    clearTimeout(idle);
    clearInterval(lookout);
    const windows = serving.windows();
    switch (nextEnd({ windows, hadWindow, parentLives: process.connected, model, canBeFound: canBeFound() })) {
      case 'stay':
        return;
      case 'now':
        void end(0);
        return;
      case 'when idle':
        idle = setTimeout(() => void end(0), hadWindow ? Math.min(options.idleMs, longestWaitMs) : firstWindowMs);
        lookout = setInterval(() => {
          if (hadWindow && !canBeFound()) void end(0);
        }, lookoutMs);
        return;
    }
  };

  const serving = createServing({
    ofProcess: () => ({
      uptimeMs: performance.now() - startedAt,
      cpuMs: cpuMs(),
      residentBytes: process.memoryUsage.rss(),
    }),
    log,
    onSign: () => {
      stall.sign();
    },
    onWindows: () => {
      hadWindow ||= serving.windows() > 0;
      consider();
    },
  });
  const stall = watchSilence({
    limitMs: options.stalledMs,
    isWaiting: () => serving.inFlight() > 0,
    onSilent: () => {
      const seconds = Math.round(options.stalledMs / 1000);
      const message = `The engine showed no progress for ${seconds} seconds and was ended. Ask again to start it anew.`;
      serving.fail(new ModelError('silent', message));
      void end(1);
    },
  });

  const door = await openDoor({ address, token: options.token, helloMs, log, join: serving.join });
  process.on('disconnect', consider);
  process.on('SIGTERM', () => void end(0));
  // Ctrl-C in the terminal of the window is meant for the window.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('unhandledRejection', (reason) => {
    log('error', `unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  });
  process.on('uncaughtException', (error) => {
    serving.fail(modelErrorOf(error));
    log('error', `uncaught: ${error.stack ?? error.message}`);
    void end(1);
  });
  try {
    writeRunFile(options.runFile, { socket: address, token: options.token, pid: process.pid, version: wireVersion });
  } catch (error) {
    // The window that started us knows the way; others will start their own.
    log('warn', `no run file: ${String(error)}`);
  }
  tellParent({ type: 'listening', socket: address });
  consider();

  try {
    if (options.engineFolder !== null) takeEngineFrom(options.engineFolder);
    const openEngine = await loadEngine();
    const onLoading = (fraction: number): void => {
      serving.loading(fraction);
    };
    engine = await openEngine({ ...options, log, onLoading }, loading.signal);
    model = 'ready';
    serving.ready(engine);
  } catch (error) {
    model = 'failed';
    removeRunFile(options.runFile, options.token);
    serving.fail(modelErrorOf(error));
  }
  consider();
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tellParent(message: FromProcess): void {
  // Fails when the parent has just gone, which 'disconnect' tells.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
