// The library as one thing: its shelf, and the queue that fills it.

import { join } from 'node:path';
import { strictRules } from '../core/library/address.ts';
import type { AddressRules, CopyForm } from '../core/library/address.ts';
import { resolveBySystem } from './fetch/guardedLookup.ts';
import type { Resolve } from './fetch/guardedLookup.ts';
import { usualLimits } from './fetch/limits.ts';
import type { Limits } from './fetch/limits.ts';
import { createNetwork } from './fetch/network.ts';
import type { Network, NetworkSettings } from './fetch/network.ts';
import { MeaningQueue } from './meaningQueue.ts';
import type { MeaningQueueOptions } from './meaningQueue.ts';
import { FetchQueue } from './fetchQueue.ts';
import { copyOwnFile } from './ownFile.ts';
import { SearchThread } from './searchThread.ts';
import { openDatabase } from './shelf/openDatabase.ts';
import { usualPoliteness } from './shelf/queueRows.ts';
import type { Politeness } from './shelf/queueRows.ts';
import { Shelf } from './shelf/shelf.ts';
import { TextQueue } from './textQueue.ts';

export interface LibraryOptions {
  /** The library's folder; made if it is missing. */
  readonly folder: string;
  /** Asked anew for every request, so that a changed setting counts at once. */
  readonly network: () => NetworkSettings;
  readonly quota: () => number;
  readonly userAgent: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly report: (problem: string) => void;
  readonly rules?: AddressRules;
  readonly limits?: Limits;
  readonly polite?: Politeness;
  readonly resolve?: Resolve;
  readonly busyTimeout?: number;
  /** What reads documents: dist/extract.mjs and dist/pdf. */
  readonly extract: { readonly entry: string; readonly data: string };
  /** What searches: searchMain.ts, or what was built of it. */
  readonly searchScript: string;
  /** The embedding model, if the learner has chosen one. */
  readonly meaning?: Pick<MeaningQueueOptions, 'wanted' | 'open' | 'onProgress'>;
}

export interface Library {
  readonly shelf: Shelf;
  readonly queue: FetchQueue;
  /** Reads what is saved into the search, once it is started. */
  readonly texts: TextQueue;
  readonly search: SearchThread;
  /** Finds out what passages mean, once it is started. */
  readonly meanings: MeaningQueue;
  /** What the learner should be told, if the old list couldn't be used. */
  readonly notice?: string;
  /** Puts a file of the learner's on the shelf, or as another form to a document; the document's id. */
  readonly addFile: (path: string, to: { title: string } | { documentId: string; form: CopyForm }) => Promise<string>;
  readonly dispose: () => Promise<void>;
}

/** Opens the library; throws a LibraryError. Nothing is fetched before its queue is started. */
export function openLibrary(options: LibraryOptions): Library {
  const { folder, now, newId, report, rules = strictRules, limits = usualLimits, polite = usualPoliteness } = options;
  const path = join(folder, 'library.db');
  const { db, setAside } = openDatabase(path, now, options.busyTimeout ?? 5000);
  const shelf = new Shelf({ db, folder, now, newId, quota: options.quota, report });
  const network = followSettings(options, rules, limits);
  const parts = join(folder, 'parts');
  const fetching = { network, rules, limits, folder: parts, userAgent: options.userAgent, now };
  const queue = new FetchQueue({ shelf, fetching, polite, newId, report });
  const texts = new TextQueue({ shelf, ...options.extract, now, newId, report });
  const search = new SearchThread(options.searchScript, path);
  const meanings = new MeaningQueue({ shelf, now, newId, report, ...(options.meaning ?? noModel) });
  return {
    shelf,
    queue,
    texts,
    search,
    meanings,
    ...(setAside && { notice: noticeOf(setAside) }),
    addFile: async (file, to) => shelf.addOwn(to, await copyOwnFile(file, parts, newId(), limits.bytes)),
    dispose: async () => {
      await Promise.all([queue.dispose(), texts.dispose(), meanings.dispose(), search.dispose()]);
      await network.close();
      shelf.dispose();
    },
  };
}

const noModel: Pick<MeaningQueueOptions, 'wanted' | 'open' | 'onProgress'> = {
  wanted: () => false,
  open: () => Promise.resolve(undefined),
  onProgress: () => undefined,
};

function followSettings(options: LibraryOptions, rules: AddressRules, limits: Limits): Network {
  const { network: settingsNow, resolve = resolveBySystem } = options;
  let current: { readonly key: string; readonly network: Network } | undefined;
  return {
    wayTo: async (host) => {
      const settings = settingsNow();
      const key = JSON.stringify(settings);
      if (current?.key !== key) {
        // Requests on the old ways end as they may.
        current = { key, network: createNetwork({ settings, resolve, rules, limits }) };
      }
      return current.network.wayTo(host);
    },
    close: async () => current?.network.close(),
  };
}

function noticeOf({ movedTo, rescued }: { readonly movedTo: string; readonly rescued: number }): string {
  return `The list of your library was damaged. It was kept as ${movedTo}. ${rescued} documents of it are in the new list.`;
}
