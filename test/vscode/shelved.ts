// The library of the running companion, and a server on loopback to fill it from.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Companion } from '../../src/extension.ts';
import type { LibraryRow } from '../../src/vscode/library/libraryRows.ts';

export const page = (title: string): string => `<!doctype html><title>${title}</title><p>${'Words. '.repeat(200)}</p>`;

export async function serving(answer: RequestListener): Promise<{ origin: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

export async function emptyShelf({ shelf }: Companion): Promise<void> {
  const { shelf: all } = await shelf.library.open();
  all.remove(all.documents().map(({ id }) => id));
}

/** What the library says once everything in it has been read. */
export async function settled(running: Companion): Promise<LibraryRow> {
  const { texts } = await running.shelf.library.open();
  await texts.whenIdle();
  return only(running);
}

export async function rows({ shelf }: Companion): Promise<readonly LibraryRow[]> {
  return shelf.libraryTree.rows();
}

export async function only(running: Companion): Promise<LibraryRow> {
  const [row, ...others] = await rows(running);
  assert.ok(row && others.length === 0, `one document, not ${others.length + 1}`);
  return row;
}
