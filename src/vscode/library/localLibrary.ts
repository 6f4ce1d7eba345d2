// The door to the library. Nothing behind it is loaded before somebody asks for it, and nothing is fetched unasked: what
// was asked for in an earlier session goes on when the library is opened again.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { strictRules } from '../../core/library/address.ts';
import type { AddressRules } from '../../core/library/address.ts';
import { documentState } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Library } from '../../library/library.ts';
import type { Problems } from '../problems.ts';
import { readSettings } from '../settings.ts';
import { networkSettings } from './networkSettings.ts';

export interface LocalLibraryOptions {
  readonly storage: vscode.Uri;
  readonly version: string;
  readonly problems: Problems;
  /**
   * Whether VS Code was started to run tests. Only then, and never by a setting, are addresses on loopback fetched; nothing
   * else is then.
   */
  readonly testing: boolean;
}

export class LocalLibrary implements vscode.Disposable {
  readonly #options: LocalLibraryOptions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  #opening: Promise<Library> | undefined;
  #disposed = false;

  /** Something on the shelf has changed, in this or another window. */
  readonly onDidChange = this.#changed.event;
  /** Which addresses are fetched. */
  readonly rules: AddressRules;

  constructor(options: LocalLibraryOptions) {
    this.#options = options;
    this.rules = options.testing ? { permitLoopback: true } : strictRules;
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

  /** Resolves once none of these documents is wanted or fetched any more. */
  async settled(ids: readonly string[], signal: AbortSignal): Promise<SavedDocument[]> {
    const { shelf } = await this.open();
    const now = (): SavedDocument[] => ids.flatMap((id) => shelf.document(id) ?? []);
    return new Promise((resolve) => {
      const look = (): void => {
        const documents = now();
        if (!signal.aborted && documents.some(isUnderWay)) return;
        listening.dispose();
        signal.removeEventListener('abort', look);
        resolve(documents);
      };
      const listening = this.onDidChange(look);
      signal.addEventListener('abort', look);
      look();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#changed.dispose();
    // What is under way goes back into the queue; if there is no time for that, the queue finds out by itself.
    this.#opening?.then((library) => library.dispose()).catch(() => undefined);
  }

  async #open(): Promise<Library> {
    const { storage, version, problems, testing } = this.#options;
    await vscode.workspace.fs.createDirectory(storage);
    const { openLibrary } = await import('../../library/library.ts');
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
      ...(testing && { resolve: onlyLoopback }),
    });
    if (library.notice !== undefined) problems.tell(library.notice);
    library.shelf.onDidChange(() => {
      this.#changed.fire(undefined);
    });
    library.queue.start();
    return library;
  }
}

export function isUnderWay(document: SavedDocument): boolean {
  return ['queued', 'fetching', 'checking'].includes(documentState(document));
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
