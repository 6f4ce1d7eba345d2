// Reads documents in a process of their own, one process a document.

import { fork } from 'node:child_process';
import type { DocumentText, ExtractProblem } from '../../core/library/documentText.ts';
import { ExtractError } from './extractError.ts';
import type { ExtractJob, ExtractStart, FromExtract } from './messages.ts';

export interface ExtractOptions {
  /** What is forked: dist/extract.mjs. */
  readonly entry: string;
  /** The folder with pdf.js's tables. */
  readonly data: string;
  readonly signal: AbortSignal;
  readonly limits: ExtractLimits;
  readonly onPage?: (page: number, pages: number) => void;
  readonly log: (line: string) => void;
}

export interface ExtractLimits {
  /** Without a new page for so long, in milliseconds, the document is given up. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly memoryBytes: number;
}

export const usualLimits: ExtractLimits = { idleMs: 60_000, totalMs: 600_000, memoryBytes: 1_500_000_000 };

/** What a stored document says. Rejects with an ExtractError, or with the signal's reason; no process is left then. */
export async function extract(job: ExtractJob, options: ExtractOptions): Promise<DocumentText> {
  const { entry, data, signal, limits, log } = options;
  signal.throwIfAborted();
  const child = fork(entry, [], {
    execArgv: [`--max-old-space-size=${Math.ceil(limits.memoryBytes / 2 / 2 ** 20)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    windowsHide: true,
  });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    // To the end even when nobody wants it: a full pipe would stop the process.
    if (output.length < 20_000) output += chunk.toString();
  });
  let idle: NodeJS.Timeout | undefined;
  let total: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    child.kill('SIGKILL');
  };
  try {
    return await new Promise<DocumentText>((resolve, reject) => {
      const giveUp = (problem: ExtractProblem, detail: string): void => {
        reject(new ExtractError(problem, detail));
      };
      const beat = (): void => {
        clearTimeout(idle);
        idle = setTimeout(() => {
          giveUp('too-slow', `no sign of life for ${limits.idleMs} ms`);
        }, limits.idleMs);
      };
      total = setTimeout(() => {
        giveUp('too-slow', `not done after ${limits.totalMs} ms`);
      }, limits.totalMs);
      signal.addEventListener('abort', onAbort, { once: true });
      child.on('message', (message: FromExtract) => {
        beat();
        switch (message.type) {
          case 'page':
            options.onPage?.(message.page, message.pages);
            break;
          case 'done':
            resolve(message.document);
            break;
          case 'failed':
            giveUp(message.problem, message.detail);
            break;
        }
      });
      child.once('error', (error) => {
        giveUp('crashed', error.message);
      });
      child.once('exit', (code, by) => {
        if (signal.aborted) reject(signal.reason as Error);
        // The memory guard ends it so; V8 aborts where its own limit is reached.
        const memory = by === 'SIGTERM' || /heap (?:limit|out of memory)|allocation failed/i.test(output);
        giveUp(memory ? 'too-much-memory' : 'crashed', `ended with ${String(by ?? code)}. ${output.slice(-2000)}`);
      });
      beat();
      const start: ExtractStart = { type: 'start', job, data, mostMemory: limits.memoryBytes };
      child.send(start);
    });
  } catch (error) {
    if (error instanceof ExtractError)
      log(`${job.path} (${job.format}) can't be read: ${error.problem}. ${error.message}`);
    throw error;
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}
