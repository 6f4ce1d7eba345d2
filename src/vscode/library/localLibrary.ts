// The door to the library. Nothing behind it is loaded before somebody asks for it, and nothing is fetched unasked: what
// was asked for in an earlier session goes on when the library is opened again.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { strictRules } from '../../core/library/address.ts';
import type { AddressRules } from '../../core/library/address.ts';
import type { MeaningProgress } from '../../library/meaningQueue.ts';
import type { Library } from '../../library/library.ts';
import type { LocalModel } from '../model/localModel.ts';
import type { Problems } from '../problems.ts';
import { readSettings } from '../settings.ts';

export interface LocalLibraryOptions {
  readonly extension: vscode.Uri;
  readonly storage: vscode.Uri;
  readonly version: string;
  readonly problems: Problems;
  /** With an embedding model passages are found by their meaning, too. */
  readonly model: LocalModel;
  /**
   * Whether VS Code was started to run tests. Only then, and never by a setting, are addresses on loopback fetched; nothing
   * else is then.
   */
  readonly testing: boolean;
}

export class LocalLibrary implements vscode.Disposable {
  readonly #options: LocalLibraryOptions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  #opening: Promise<Library> | undefined;
  #meaning: MeaningProgress | undefined;
  #disposed = false;

  /** Something on the shelf has changed, in this or another window. */
  readonly onDidChange = this.#changed.event;
  /** Which addresses are fetched. */
  readonly rules: AddressRules;

  constructor(options: LocalLibraryOptions) {
    this.#options = options;
    let file = options.model.wanted('embedding')?.file;
    this.#listening = options.model.onDidChange((kind) => {
      if (kind !== 'embedding') return;
      const wanted = options.model.wanted('embedding')?.file;
      const other = wanted !== file;
      file = wanted;
      this.#opening
        ?.then((library) => {
          if (other) library.meanings.restart();
          else this.#compareModel(library);
        })
        .catch(() => undefined);
    });
    this.rules = options.testing ? { permitLoopback: true } : strictRules;
  }

  /** How far it is known what passages mean, while that is being found out. */
  get meaning(): MeaningProgress | undefined {
    return this.#meaning;
  }

  /** Whether passages are found by their meaning. */
  get byMeaning(): boolean {
    return this.#options.model.has('embedding');
  }

  /** Whether there is a library yet; to look into it, it need not be made. */
  async exists(): Promise<boolean> {
    if (this.#opening) return true;
    const file = vscode.Uri.joinPath(this.#options.storage, 'library', 'library.db');
    return vscode.workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
  }

  /** Opens the library, and goes on with what is still wanted. */
  async open(): Promise<Library> {
    this.#opening ??= this.#open();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** Erases everything in it; what is being fetched or read is given up. */
  async erase(): Promise<void> {
    if (!(await this.exists())) return;
    const { shelf, queue } = await this.open();
    await queue.stop(shelf.documents().map(({ id }) => id));
    shelf.erase();
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#changed.dispose();
    // What is under way goes back into the queue; if there is no time for that, the queue finds out by itself.
    this.#opening?.then((library) => library.dispose()).catch(() => undefined);
  }

  /** Another model may have been chosen while nobody had the library open. */
  #compareModel({ meanings }: Library): void {
    const state = this.#options.model.state('embedding');
    if (state.type === 'ready') meanings.modelIs(state.card.modelHash);
  }

  async #open(): Promise<Library> {
    const { extension, storage, version, problems, model, testing } = this.#options;
    await vscode.workspace.fs.createDirectory(storage);
    const [{ openLibrary }, { networkSettings }] = await Promise.all([
      import('../../library/library.ts'),
      import('./networkSettings.ts'),
    ]);
    if (this.#disposed) throw new Error('The companion has been closed.');
    const library = openLibrary({
      folder: vscode.Uri.joinPath(storage, 'library').fsPath,
      network: () => networkSettings(ofThisMachine, process.env),
      quota: () => readSettings().libraryBytes,
      userAgent: `GenAI-Handbook-Companion/${version} (saves the pages that its reader asks for)`,
      now: Date.now,
      newId: randomUUID,
      report: (problem) => {
        problems.log.warn(problem);
      },
      rules: this.rules,
      extract: {
        entry: vscode.Uri.joinPath(extension, 'dist', 'extract.mjs').fsPath,
        data: vscode.Uri.joinPath(extension, 'dist', 'pdf').fsPath,
      },
      searchScript: vscode.Uri.joinPath(extension, 'dist', 'search-library.mjs').fsPath,
      meaning: {
        wanted: () => model.has('embedding'),
        open: async (signal) => (await import('../model/savedMeaning.ts')).openMeaningModel(model, signal),
        onProgress: (progress) => {
          this.#meaning = progress;
          this.#changed.fire(undefined);
        },
      },
      ...(testing && { resolve: onlyLoopback }),
    });
    if (library.notice !== undefined) problems.tell(library.notice);
    library.shelf.onDidChange(() => {
      this.#changed.fire(undefined);
    });
    try {
      library.queue.start();
      library.texts.start();
      library.meanings.start();
      this.#compareModel(library);
    } catch (error) {
      // It is there to be read all the same; what is wanted stays wanted.
      problems.log.warn(`What was wanted of the library couldn’t go on: ${String(error)}`);
    }
    return library;
  }
}

/** VS Code's own network settings, without what a workspace says. */
function ofThisMachine(name: string): unknown {
  const found = vscode.workspace.getConfiguration('http').inspect(name);
  return found?.globalValue ?? found?.defaultValue;
}

function onlyLoopback(host: string): Promise<readonly string[]> {
  return host.endsWith('.test')
    ? Promise.resolve(['127.0.0.1'])
    : Promise.reject(Object.assign(new Error(`In tests ${host} is not looked up`), { code: 'ENOTFOUND' }));
}
