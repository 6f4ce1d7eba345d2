// A library as a learner may have it after a while, filled by its own code from a server on loopback, in the profile of a
// VS Code that is then started.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DocumentKind } from '../../src/core/library/savedDocument.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { Library } from '../../src/library/library.ts';
import { usualPoliteness } from '../../src/library/shelf/queueRows.ts';

const extensionId = 'genai-handbook-companion.genai-handbook-companion';

/** Saves a paper in both its forms, a page that is gone, a film, and a file of the learner's. */
export async function fillLibrary(userDataDir: string): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url === '/gone') response.writeHead(404).end();
    else if (request.url === '/paper.pdf') response.end(`%PDF-1.7\n${'x'.repeat(2_100_000)}`);
    else response.end(`<!doctype html><title>Attention, step by step</title>${'<p>Words.</p>'.repeat(20_000)}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const library = libraryIn(userDataDir);
  const common = { creators: 'Ann Author', minutes: 40, origin: 'resource' } as const;
  const main = (address: string) => ({ form: 'main', address, optional: false }) as const;
  const document = (title: string, kind: DocumentKind, address: string, ...more: string[]) => ({
    ...common,
    title,
    kind,
    address,
    copies: more.map((each, index) =>
      index === 0 ? main(each) : ({ form: 'html', address: each, optional: true } as const),
    ),
  });
  library.shelf.add([
    document('A page that has moved', 'blog', `${origin}/gone`, `${origin}/gone`),
    document('A talk on attention', 'video', 'https://www.youtube.com/watch?v=attention'),
    document('Attention, measured', 'paper', `${origin}/`, `${origin}/paper.pdf`, `${origin}/page`),
  ]);
  const folder = await mkdtemp(path.join(tmpdir(), 'own-'));
  const own = path.join(folder, 'Notes on attention.md');
  await writeFile(own, '# Notes on attention\n\nA weighted sum of values.\n');
  await library.addFile(own, { title: 'Notes on attention.md' });
  await rm(folder, { recursive: true });
  library.queue.start();
  await library.queue.whenIdle();
  await library.dispose();
  server.close();
}

/** The library of a profile, while no VS Code runs in it. */
export function libraryIn(userDataDir: string): Library {
  return openLibrary({
    folder: path.join(userDataDir, 'User', 'globalStorage', extensionId, 'library'),
    network: () => ({ proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: false }),
    quota: () => 1e9,
    userAgent: 'Test/1',
    now: Date.now,
    newId: randomUUID,
    report: () => undefined,
    rules: { permitLoopback: true },
    // Read by the window that opens it.
    extract: { entry: '', data: '' },
    polite: { ...usualPoliteness, hostMs: () => 0 },
    resolve: () => Promise.reject(new Error('nothing but loopback')),
  });
}
