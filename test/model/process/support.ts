// What the tests of the model's process share: a place of their own, a scripted model in it, windows that use it.

import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import type { GenerateEvent, GenerateRequest } from '../../../src/core/model/language.ts';
import { openModel } from '../../../src/model/client.ts';
import type { ModelClient, OpenModelOptions } from '../../../src/model/client.ts';
import { isAlive } from '../../../src/model/remoteProcess.ts';
import { readRunFile } from '../../../src/model/runFile.ts';
import type { Running } from '../../../src/model/runFile.ts';
import { removeSocketAddress } from '../../../src/model/socketFolder.ts';

const entry = fileURLToPath(new URL('scriptedMain.ts', import.meta.url));

/** A folder of its own whose processes are gone when the test is over. */
export interface Place {
  readonly folder: string;
  readonly options: OpenModelOptions;
  /** Everything that was logged. */
  readonly log: string[];
}

/** `model` is how the scripted engine loads: 'ok', 'hang', … */
export function place(t: TestContext, model = 'ok', changes: Partial<OpenModelOptions> = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'hp-'));
  const file = join(folder, 'model.gguf');
  writeFileSync(file, model);
  mkdirSync(join(folder, 'state'));
  const log: string[] = [];
  const options: OpenModelOptions = {
    entry,
    runFolder: join(folder, 'run'),
    file,
    kind: 'chat',
    settings: automaticSettings,
    stateFolder: join(folder, 'state'),
    stateQuota: 1e9,
    idleMs: 60_000,
    loadTimeoutMs: 10_000,
    silenceMs: 10_000,
    log: (level, line) => void log.push(`${level} ${line}`),
    onLoading: () => undefined,
    ...changes,
  };
  t.after(async () => {
    for (const { pid, socket } of runFiles(options.runFolder)) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      await gone(pid);
      removeSocketAddress(socket);
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, options, log };
}

export function open(options: OpenModelOptions, signal = new AbortController().signal): Promise<ModelClient> {
  return openModel(options, signal);
}

/** Opens the model of a new place; it is let go when the test is over. */
export async function openedIn(t: TestContext, options: OpenModelOptions): Promise<ModelClient> {
  const client = await open(options);
  t.after(() => client.dispose());
  return client;
}

export function runFiles(runFolder: string): Running[] {
  if (!existsSync(runFolder)) return [];
  return readdirSync(runFolder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readRunFile(join(runFolder, name)) ?? []);
}

export function request(text: string): GenerateRequest {
  return { messages: [{ role: 'user', text }], maxTokens: 1000, priority: 'foreground' };
}

/** All events of a generation. */
export async function ask(
  client: ModelClient,
  text: string,
  signal = new AbortController().signal,
): Promise<GenerateEvent[]> {
  return Array.fromAsync(client.generate(request(text), signal));
}

/** The answer's text. */
export async function answerOf(client: ModelClient, text: string): Promise<string> {
  return (await ask(client, text)).map((event) => (event.type === 'text' ? event.text : '')).join('');
}

/** Resolves when the process is gone; a zombie, dead but not yet looked after by its parent, is gone too. */
export async function gone(pid: number, withinMs = 5_000): Promise<void> {
  const start = performance.now();
  while (isAlive(pid) && !isZombie(pid)) {
    if (performance.now() - start > withinMs) throw new Error(`process ${pid} still runs after ${withinMs} ms`);
    await wait(10);
  }
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when `condition` holds. */
export async function until(condition: () => boolean, withinMs = 5_000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > withinMs) throw new Error('it did not come to that');
    await wait(10);
  }
}

/** Another window: a process that opens the same model and does as it is told, line by line. */
export interface OtherWindow {
  readonly process: ChildProcessWithoutNullStreams;
  readonly say: (command: string) => void;
  /** The next line it prints. */
  readonly next: () => Promise<string>;
}

export function otherWindow(t: TestContext, options: OpenModelOptions, before: readonly string[] = []): OtherWindow {
  const node = [process.execPath, fileURLToPath(new URL('otherWindow.ts', import.meta.url))];
  const child = spawn('env', [...before, ...node], { detached: true });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      const waiter = waiting.shift();
      if (waiter) waiter(line);
      else lines.push(line);
    }
  });
  child.stderr.pipe(process.stderr);
  const say = (command: string): void => {
    child.stdin.write(`${command}\n`);
  };
  say(JSON.stringify(options));
  return {
    process: child,
    say,
    next: () => {
      const line = lines.shift();
      return line === undefined ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve(line);
    },
  };
}
