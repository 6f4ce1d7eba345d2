// Reads what is saved into the search: one document at a time in all windows together, in a process of its own, until
// nothing is unread. What this window doesn't get to, another one does, or the next.

import type { DocumentText, ExtractProblem } from '../core/library/documentText.ts';
import type { ContentType } from '../core/library/sniff.ts';
import { extract, usualLimits } from './extract/extract.ts';
import type { ExtractLimits } from './extract/extract.ts';
import { ExtractError } from './extract/extractError.ts';
import type { DocumentFormat } from './extract/messages.ts';
import type { Shelf } from './shelf/shelf.ts';
import {
  claimReading,
  countUnread,
  finishReading,
  isRead,
  isReading,
  keepReading,
  readAgain,
  releaseReading,
} from './shelf/texts.ts';
import type { Reading } from './shelf/texts.ts';

export interface TextQueueOptions {
  readonly shelf: Shelf;
  /** What is forked, and pdf.js's tables: dist/extract.mjs, dist/pdf. */
  readonly entry: string;
  readonly data: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly report: (problem: string) => void;
  readonly limits?: ExtractLimits;
  /** How long a window that doesn't say so is believed to be reading. */
  readonly leaseMs?: number;
}

const formats: Readonly<Record<ContentType, DocumentFormat>> = {
  pdf: 'pdf',
  html: 'html',
  markdown: 'markdown',
  text: 'text',
  vtt: 'transcript',
  srt: 'transcript',
};

export class TextQueue {
  readonly #options: TextQueueOptions;
  #listening: (() => void) | undefined;
  readonly #waiting = new Set<() => void>();
  #running: { readonly abort: AbortController; readonly ended: Promise<void>; readonly reading: Reading } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #first = '';
  #claiming = false;
  #disposed = false;

  constructor(options: TextQueueOptions) {
    this.#options = options;
  }

  /** Begins to read, or goes on. Whatever is put on the shelf later begins by itself. */
  start(): void {
    this.#listening ??= this.#options.shelf.onDidChange(() => {
      this.#look();
    });
    this.#look();
  }

  /** Resolves once a document has been read, or can't be; it is read before others. */
  async read(documentId: string, signal?: AbortSignal): Promise<void> {
    this.#first = documentId;
    await this.#until(() => this.#options.shelf.ask((db) => isRead(db, documentId)), signal);
  }

  /** Resolves once nothing is unread any more. */
  async whenIdle(): Promise<void> {
    await this.#until(() => !this.#running && this.#options.shelf.ask(countUnread) === 0);
  }

  /** Tries again to read documents that couldn't be read. */
  again(ids: readonly string[]): void {
    this.#options.shelf.within((db) => {
      readAgain(db, ids);
    });
  }

  /** Ends the reading; what it was at stays unread. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listening?.();
    clearTimeout(this.#timer);
    for (const call of [...this.#waiting]) call();
    this.#running?.abort.abort(new Error('closing'));
    await this.#running?.ended;
  }

  async #until(met: () => boolean, signal?: AbortSignal): Promise<void> {
    this.start();
    while (!this.#disposed && signal?.aborted !== true && !met()) {
      await new Promise<void>((resolve) => {
        const call = (): void => {
          this.#waiting.delete(call);
          signal?.removeEventListener('abort', call);
          resolve();
        };
        this.#waiting.add(call);
        signal?.addEventListener('abort', call);
      });
    }
  }

  /** The shelf has changed, or a reading has ended. */
  #look(): void {
    // A claim changes the shelf, too.
    if (this.#disposed || this.#claiming) return;
    const { shelf, report } = this.#options;
    this.#claiming = true;
    try {
      const running = this.#running;
      if (running && !shelf.ask((db) => isReading(db, running.reading))) {
        running.abort.abort(new Error('taken off the shelf'));
      }
      if (!running) this.#next();
    } catch (error) {
      // The shelf can't be read just now (another window holds it, the disk is full): what is unread stays unread.
      report(`Saved documents couldn’t be read into the search: ${String(error)}`);
    } finally {
      this.#claiming = false;
    }
    for (const call of [...this.#waiting]) call();
  }

  #next(): void {
    const { shelf, now, newId, leaseMs = 30_000 } = this.#options;
    clearTimeout(this.#timer);
    if (shelf.ask(countUnread) === 0) return;
    const at = now();
    const token = newId();
    const reading = shelf.within((db) => claimReading(db, token, { now: at, until: at + leaseMs }, this.#first));
    if (!reading) {
      // Another window reads; if it goes away without a word, its lease ends.
      this.#timer = setTimeout(() => {
        this.#look();
      }, leaseMs / 3).unref();
      return;
    }
    const abort = new AbortController();
    const ended = this.#read(reading, abort)
      .catch((error: unknown) => {
        this.#options.report(`Reading a saved document failed: ${String(error)}`);
      })
      .finally(() => {
        this.#running = undefined;
        this.#look();
      });
    this.#running = { abort, ended, reading };
  }

  async #read(reading: Reading, abort: AbortController): Promise<void> {
    const { shelf, now, report, leaseMs = 30_000 } = this.#options;
    const beat = setInterval(() => {
      try {
        if (!shelf.within((db) => keepReading(db, reading, now() + leaseMs))) abort.abort(new Error('not wanted'));
      } catch (error) {
        report(`A window that reads couldn’t say so: ${String(error)}`);
      }
    }, leaseMs / 3);
    try {
      const outcome = await this.#outcome(reading, abort.signal);
      shelf.within((db) => {
        if (outcome === undefined) releaseReading(db, reading);
        else finishReading(db, reading, outcome);
      });
    } finally {
      clearInterval(beat);
    }
  }

  /** What the content says, or why it can't be read; undefined if nobody wants to know any more. */
  async #outcome(
    { documentId, form, type, address, charset }: Reading,
    signal: AbortSignal,
  ): Promise<DocumentText | ExtractProblem | undefined> {
    const { shelf, entry, data, limits = usualLimits, report } = this.#options;
    const document = shelf.document(documentId);
    const path = document && shelf.pathOf(document, form);
    if (path === undefined) return 'damaged';
    try {
      const job = { path, format: formats[type], address, ...(charset !== undefined && { charset }) };
      return await extract(job, { entry, data, signal, limits, log: report });
    } catch (error) {
      if (signal.aborted) return undefined;
      return error instanceof ExtractError ? error.problem : 'crashed';
    }
  }
}
