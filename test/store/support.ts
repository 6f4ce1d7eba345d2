import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Turn } from '../../src/core/answer.ts';
import { openStore } from '../../src/store/store.ts';
import type { OpenedStore, StoreOptions } from '../../src/store/store.ts';

/** A path for a database in a folder that goes with the test. */
export function freshPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'companion-store-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'companion.db');
}

let ids = 0;

/** Opens a store that closes with the test. */
export function open(t: TestContext, path: string, options: Partial<StoreOptions> = {}): OpenedStore {
  const opened = openStore({ path, now: () => Date.now(), newId: () => `id-${++ids}`, ...options });
  t.after(() => {
    opened.store.dispose();
  });
  return opened;
}

export interface OtherWindow {
  readonly process: ChildProcessWithoutNullStreams;
  /** Every line printed so far. */
  readonly lines: string[];
  /** Resolves at the `count`th line. */
  readonly printed: (count: number) => Promise<void>;
  /** Resolves when the process is gone, with its exit code; null if it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts otherWindow.ts; it is killed at the end of the test if it still runs. */
export function otherWindow(t: TestContext, ...args: string[]): OtherWindow {
  const script = fileURLToPath(new URL('otherWindow.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...args]);
  child.stderr.pipe(process.stderr);
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const waiting: { readonly count: number; readonly done: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const one of waiting) if (lines.length >= one.count) one.done();
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const printed = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      if (lines.length >= count) resolve();
      waiting.push({ count, done: resolve });
      void ended.then(() => {
        reject(new Error(`the other window ended after ${lines.length} lines`));
      });
    });
  return { process: child, lines, printed, ended };
}

/** Overwrites the index of events by time in a closed database: damage that leaves every row readable. */
export function spoilIndex(path: string): void {
  const db = new DatabaseSync(path);
  const page = db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'event_in_time'`).get()?.['rootpage'];
  db.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, (Number(page) - 1) * 4096);
  closeSync(file);
}

/** A repeatable source of numbers from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function turn(id: string): Turn {
  return {
    id,
    question: 'why does my 4-bit model still need so much memory?',
    askedAt: 1000,
    coverage: 'covered',
    speaker: 'quotation',
    sources: [
      {
        number: 1,
        passageId: 'parameter-quantization#scale',
        chapterId: 'parameter-quantization',
        chapterTitle: 'Parameter Quantization',
        heading: 'Scale',
        excerpt: 'A scale per block.',
        score: 1,
      },
    ],
    sentences: [{ text: 'A scale per block.', html: 'A <em>scale</em> per block.', citations: [1] }],
    ended: 'finished',
  };
}
