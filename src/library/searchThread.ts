// The library's search as the rest of the companion sees it: in a thread of its own, started with the first question.

import { Worker } from 'node:worker_threads';
import type { SavedFinds, SavedPassage } from '../core/library/savedPassage.ts';
import { LibraryError } from './libraryError.ts';
import type { SavedHit } from './search.ts';
import type { SearchEnd, SearchTask, Sought } from './searchTask.ts';

interface Waiting {
  readonly resolve: (end: SearchEnd) => void;
  readonly reject: (error: unknown) => void;
}

/** Every search is answered: one that can't be done, or whose thread ends, rejects with a LibraryError. */
export class SearchThread {
  readonly #script: string;
  readonly #database: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;
  #disposed = false;

  /**
   * @param script searchMain.ts, or what was built of it
   * @param database the path of the library's database, which is there
   */
  constructor(script: string, database: string) {
    this.#script = script;
    this.#database = database;
  }

  /** What the search box lists for what is being typed. */
  async search(typed: string, limit: number): Promise<readonly SavedHit[]> {
    const end = await this.#ask({ type: 'box', text: typed, limit });
    return end.type === 'box' ? end.hits : [];
  }

  /** The passages that answer best to a question, and how rare its words are. */
  async find(question: string, limit: number): Promise<SavedFinds> {
    const end = await this.#ask({ type: 'question', text: question, limit });
    return end.type === 'question' ? end.finds : { found: [], words: [], passages: 0 };
  }

  /** The passages nearest in meaning, nearest first; none where their meaning to that model isn't known. */
  async near(model: string, vector: readonly number[], limit: number): Promise<readonly SavedPassage[]> {
    const end = await this.#ask({ type: 'meaning', model, vector, limit });
    return end.type === 'meaning' ? end.near : [];
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#end(closing());
    await this.#worker?.terminate();
  }

  async #ask(sought: Sought): Promise<SearchEnd> {
    if (this.#disposed) throw closing();
    const id = ++this.#last;
    const worker = (this.#worker ??= this.#start());
    const end = await new Promise<SearchEnd>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ ...sought, id } satisfies SearchTask);
    });
    if (end.type === 'failed') throw new LibraryError(end.kind, end.message);
    return end;
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#database });
    worker.on('message', (end: SearchEnd) => {
      this.#waiting.get(end.id)?.resolve(end);
      this.#waiting.delete(end.id);
      // While it has nothing to do it keeps nobody from ending.
      if (this.#waiting.size === 0) worker.unref();
    });
    const gone = (why: string): void => {
      if (this.#worker !== worker) return;
      // The next search starts another one.
      this.#worker = undefined;
      this.#end(new LibraryError('search', `Your library could not be searched: ${why} Try again.`));
    };
    worker.on('error', (error) => {
      gone(error instanceof Error ? error.message : String(error));
    });
    worker.on('exit', () => {
      gone('its search ended.');
    });
    return worker;
  }

  #end(error: LibraryError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function closing(): LibraryError {
  return new LibraryError('closed', 'Your library could not be searched: the window is closing.');
}
