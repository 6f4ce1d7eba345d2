// The way to a loaded model: finds the process that another window has started for it, or starts one.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { EngineSettings } from '../core/model/engineSettings.ts';
import type { ModelCard } from '../core/model/language.ts';
import { ModelError } from '../core/model/modelError.ts';
import { arrive } from './connection.ts';
import type { Connection } from './connection.ts';
import { exitError, silentError } from './exitReason.ts';
import { launch } from './launch.ts';
import { createModelClient } from './modelClient.ts';
import type { ModelClient } from './modelClient.ts';
import { foundProcess, launchedProcess } from './remoteProcess.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import { makeRunFolder, readRunFile, removeStale, runFilePath, runName, sweep } from './runFile.ts';
import { forgive, mostStrikes, strike, strikesAt, strikesError } from './strikes.ts';
import { inTurn } from './turn.ts';
import { untilReady } from './untilReady.ts';

export type { ModelClient } from './modelClient.ts';

export interface OpenModelOptions {
  /** What is forked: dist/model.mjs. */
  readonly entry: string;
  /** Where processes leave word of themselves; made if it isn't there. */
  readonly runFolder: string;
  readonly file: string;
  readonly kind: ModelCard['kind'];
  readonly settings: EngineSettings;
  readonly stateFolder: string;
  readonly stateQuota: number;
  /** The process ends when it had no window for so long. */
  readonly idleMs: number;
  /** Loading may stand still for so long. */
  readonly loadTimeoutMs: number;
  /** A process that is asked and gives no sign of life for so long is ended. */
  readonly silenceMs: number;
  /** A folder that holds (or is) a node_modules folder with an engine for this machine's GPU. */
  readonly engineFolder?: string;
  /** The learner asked for this very attempt: earlier crashes don't count. */
  readonly explicit?: boolean;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
  readonly onLoading: (fraction: number) => void;
}

/**
 * An engine with work that shows nothing for so many silences is taken to hang, even though its process answers: a driver
 * can. Many, because evaluating a long prompt on a slow machine shows nothing either.
 */
const silencesToStall = 10;

/** How long the end of a socket may come before that of its process. */
const exitMs = 2_000;

/**
 * Opens the model; resolves when it is loaded. Rejects with a ModelError, or with the signal's reason when aborted: a
 * process that nobody else waits for then ends.
 */
export async function openModel(options: OpenModelOptions, signal: AbortSignal): Promise<ModelClient> {
  try {
    return await openOrStart(options, signal);
  } catch (error) {
    if (signal.aborted || error instanceof ModelError) throw error;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = 'The model’s process could not be started. Check that the disk isn’t full; the log says more.';
    throw new ModelError('internal', message, detail);
  }
}

async function openOrStart(options: OpenModelOptions, signal: AbortSignal): Promise<ModelClient> {
  signal.throwIfAborted();
  makeRunFolder(options.runFolder);
  const engineFolder = options.engineFolder ?? null;
  const name = runName({ ...options, engineFolder });
  const runFile = runFilePath(options.runFolder, name);
  const strikes = join(options.runFolder, `${name}.strikes`);
  if (options.explicit === true) forgive(strikes);

  const { remote, connection } = await findOrStart({ ...options, engineFolder }, runFile, strikes, signal);
  try {
    const card = await untilReady(connection, remote, options, signal);
    forgive(strikes);
    options.log('info', `model ready in process ${remote.pid}${remote.isOurs ? '' : ', shared with another window'}`);
    return createModelClient(connection, remote, card, { silenceMs: options.silenceMs, log: options.log, runFile });
  } catch (error) {
    if (remote.isOurs && !signal.aborted && isDeath(error)) strike(strikes);
    await connection.close();
    throw error;
  }
}

interface Wanted extends Omit<OpenModelOptions, 'engineFolder'> {
  readonly engineFolder: string | null;
}

interface Reached {
  readonly remote: RemoteProcess;
  readonly connection: Connection;
}

async function findOrStart(options: Wanted, runFile: string, strikes: string, signal: AbortSignal): Promise<Reached> {
  const { runFolder, log, silenceMs, loadTimeoutMs, file } = options;
  const warn = (line: string): void => {
    log('warn', line);
  };
  // Starting is done in turn, so that windows that open at once make one process between them.
  const reached = await inTurn(join(runFolder, 'turn.lock'), signal, warn, async () => {
    const found = await find(runFile, silenceMs, log, signal);
    if (found) return found;
    sweep(runFolder);
    if (strikesAt(strikes) >= mostStrikes) throw strikesError(file);
    return start(options, runFile, signal);
  });
  const { remote, connection } = reached;
  if (connection) return { remote, connection };
  try {
    const arrival = await arrive(remote, loadTimeoutMs, signal);
    if (arrival.type === 'in') return { remote, connection: arrival.connection };
    const why =
      arrival.type === 'silent'
        ? silentError(true, loadTimeoutMs)
        : ((await remote.endedWithin(exitMs, true)) ?? exitError(undefined, true, arrival.detail));
    strike(strikes);
    throw why;
  } catch (error) {
    // When it was only stopped, another window may have come in meanwhile; if none has, the process ends by itself.
    if (!signal.aborted) remote.kill('SIGKILL');
    throw error;
  }
}

/** The process that the run file tells of, if it answers. What doesn't is cleared away, and ended if it is there at all. */
async function find(
  runFile: string,
  silenceMs: number,
  log: OpenModelOptions['log'],
  signal: AbortSignal,
): Promise<Reached | undefined> {
  const running = readRunFile(runFile);
  if (running) {
    const remote = foundProcess(running);
    const arrival = await arrive(running, silenceMs, signal);
    if (arrival.type === 'in') return { remote, connection: arrival.connection };
    if (arrival.type === 'silent') remote.kill('SIGKILL');
    log('info', `no answer from process ${running.pid}: ${arrival.type === 'silent' ? 'silent' : arrival.detail}`);
  }
  removeStale(runFile, running);
  return undefined;
}

async function start(
  options: Wanted,
  runFile: string,
  signal: AbortSignal,
): Promise<{ readonly remote: RemoteProcess; readonly connection: undefined }> {
  const { entry, file, kind, settings, stateFolder, stateQuota, idleMs, silenceMs, engineFolder, log } = options;
  const token = randomBytes(32).toString('base64url');
  const launched = await launch(
    {
      entry,
      start: {
        file,
        kind,
        settings,
        stateFolder,
        stateQuota: Math.floor(stateQuota),
        token,
        runFile,
        idleMs: Math.floor(idleMs),
        stalledMs: Math.floor(silenceMs * silencesToStall),
        engineFolder,
      },
      listenMs: options.loadTimeoutMs,
      log,
    },
    signal,
  );
  void launched.exited.then(({ code, signal: killedBy }) => {
    log('info', `model process ${launched.pid} ended: code ${code ?? '-'}, signal ${killedBy ?? '-'}`);
    const left = readRunFile(runFile);
    if (left?.token === token) removeStale(runFile, left);
  });
  log('info', `model process ${launched.pid} started`);
  return { remote: launchedProcess(launched, token), connection: undefined };
}

function isDeath(error: unknown): boolean {
  return error instanceof ModelError && (error.problem === 'ended' || error.problem === 'silent');
}
