// Messages of windows → the engine → messages to windows. Knows no socket and no process.

import { ModelError } from '../core/model/modelError.ts';
import type { EngineStatistics, FromModel } from '../protocol/model.ts';
import { doJob } from './doJob.ts';
import type { Job } from './doJob.ts';
import type { Engine } from './engine.ts';
import type { JoinedWindow } from './socketServer.ts';

export interface ServingOptions {
  /** What the process itself knows. */
  readonly ofProcess: () => Pick<EngineStatistics, 'uptimeMs' | 'cpuMs' | 'residentBytes'>;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
  /** The engine did something. */
  readonly onSign: () => void;
  /** A window came or left. */
  readonly onWindows: () => void;
}

export interface Serving {
  readonly join: (send: (message: FromModel) => void) => JoinedWindow;
  readonly windows: () => number;
  /** Requests that the engine hasn't answered. */
  readonly inFlight: () => number;
  readonly loading: (fraction: number) => void;
  readonly ready: (engine: Engine) => void;
  /** The model can't be loaded, or (after `ready`) can't go on: everything that waits is answered with the reason. */
  readonly fail: (error: ModelError) => void;
  readonly sendAll: (message: FromModel) => void;
}

interface Window {
  readonly send: (message: FromModel) => void;
  readonly jobs: Map<number, AbortController>;
}

export function createServing({ ofProcess, log, onSign, onWindows }: ServingOptions): Serving {
  const windows = new Set<Window>();
  let engine: Engine | undefined;
  let failure: ModelError | undefined;
  let fraction = 0;
  let requests = 0;

  const sendAll = (message: FromModel): void => {
    for (const window of windows) window.send(message);
  };

  const start = (window: Window, job: Job): void => {
    const controller = new AbortController();
    const running = engine;
    if (running === undefined || failure !== undefined || window.jobs.has(job.id)) {
      const why =
        failure ?? new ModelError('internal', 'The model isn’t ready for this. Ask again.', `request ${job.id}`);
      window.send({ type: 'failed', id: job.id, ...wordsOf(why) });
      return;
    }
    requests++;
    window.jobs.set(job.id, controller);
    onSign();
    const send = (message: FromModel): void => {
      onSign();
      if (window.jobs.get(job.id) === controller) window.send(message);
    };
    const statistics = (): EngineStatistics => ({
      ...running.statistics(),
      ...ofProcess(),
      windows: windows.size,
      requests,
    });
    doJob(running, job, controller.signal, send, onSign, statistics)
      .catch((error: unknown) => {
        const why = modelErrorOf(error, controller.signal);
        if (why.problem === 'internal') log('error', `${job.type}: ${why.detail}`);
        send({ type: 'failed', id: job.id, ...wordsOf(why) });
      })
      .finally(() => {
        if (window.jobs.get(job.id) === controller) window.jobs.delete(job.id);
      });
  };

  return {
    windows: () => windows.size,
    inFlight: () => [...windows].reduce((sum, window) => sum + window.jobs.size, 0),
    sendAll,
    join: (send) => {
      const window: Window = { send, jobs: new Map() };
      windows.add(window);
      if (failure !== undefined) send({ type: 'loadFailed', ...wordsOf(failure) });
      else if (engine !== undefined) send({ type: 'ready', card: engine.card });
      else send({ type: 'loading', fraction });
      onWindows();
      return {
        receive: (message) => {
          switch (message.type) {
            case 'hello':
              return;
            case 'ping':
              send({ type: 'pong' });
              return;
            case 'cancel':
              window.jobs.get(message.id)?.abort();
              return;
            case 'generate':
            case 'countTokens':
            case 'countPrompt':
            case 'embed':
            case 'rank':
            case 'warm':
            case 'statistics':
              start(window, message);
              return;
          }
        },
        leave: () => {
          for (const job of window.jobs.values()) job.abort();
          windows.delete(window);
          onWindows();
        },
      };
    },
    loading: (next) => {
      if (engine !== undefined || failure !== undefined) return;
      fraction = next;
      sendAll({ type: 'loading', fraction });
    },
    ready: (loaded) => {
      engine = loaded;
      sendAll({ type: 'ready', card: loaded.card });
    },
    fail: (error) => {
      const wasReady = engine !== undefined;
      failure = error;
      if (!wasReady) sendAll({ type: 'loadFailed', ...wordsOf(error) });
      for (const window of windows) {
        for (const id of window.jobs.keys()) window.send({ type: 'failed', id, ...wordsOf(error) });
        for (const job of window.jobs.values()) job.abort();
        window.jobs.clear();
      }
    },
  };
}

function wordsOf({ problem, message, detail }: ModelError): Pick<ModelError, 'problem' | 'message' | 'detail'> {
  return { problem, message, detail };
}

/** Whatever was thrown, as an error for the window. */
export function modelErrorOf(error: unknown, signal?: AbortSignal): ModelError {
  if (error instanceof ModelError) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return signal?.aborted
    ? new ModelError('ended', 'This was stopped.', detail)
    : new ModelError('internal', 'The model could not do this. Ask again; the log says more.', detail);
}
