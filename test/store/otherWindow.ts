// A second process for the tests, as another VS Code window would be. Run as `node otherWindow.ts <task> <path> …`; each
// line it prints has been done.

import { appendFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/storeError.ts';
import { exportTo, importFrom } from '../../src/store/transfer.ts';
import { turn } from './support.ts';

const [task = '', path = '', count = '0', name = 'child'] = process.argv.slice(2);
let made = 0;
const options = { path, now: () => Date.now(), newId: () => `${name}-${process.pid}-${++made}` };

switch (task) {
  case 'record': {
    const { store } = openStore(options);
    for (let index = 0; index < Number(count); index++) {
      const { id } = store.record({ kind: 'chapter', subject: `${name}-${index}`, state: 'studied' });
      process.stdout.write(`${id}\n`);
    }
    store.dispose();
    break;
  }
  case 'open': {
    const { store, opening } = openStore(options);
    process.stdout.write(`${opening.type}\n`);
    store.dispose();
    break;
  }
  // Records when told to, line by line, and says what it sees.
  case 'follow': {
    const { store } = openStore(options);
    process.stdout.write('ready\n');
    process.stdin.on('data', () => {
      const { id } = store.record({ kind: 'chapter', subject: 'followed', state: 'studied' });
      process.stdout.write(`${id} of ${store.events().length}\n`);
    });
    process.stdin.on('end', () => {
      store.dispose();
    });
    break;
  }
  case 'hold': {
    const db = new DatabaseSync(path);
    db.exec('BEGIN EXCLUSIVE');
    process.stdout.write('held\n');
    process.stdin.on('end', () => {
      db.close();
    });
    process.stdin.resume();
    break;
  }
  // Listens without doing anything else: must end by itself.
  case 'listen': {
    openStore(options).store.onDidChange(() => undefined);
    process.stdout.write('listening\n');
    break;
  }
  case 'unprivileged': {
    if (process.getuid?.() === 0) process.setuid?.(65534);
    try {
      openStore(options);
      process.stdout.write('opened\n');
    } catch (error) {
      process.stdout.write(error instanceof StoreError ? `${error.kind}\n` : `${String(error)}\n`);
    }
    break;
  }
  // Writes every kind of thing, again and again; a line says what is on disk.
  case 'everything': {
    const { store } = openStore(options);
    for (let index = 0; index < Number(count); index++) {
      const text = `${name} ${index}`;
      const note = { chapterId: 'a', anchor: 'why', quote: text, before: '', after: '', text };
      const stored = store.recordAll([
        { kind: 'chapter', subject: `${name}-${index}`, state: 'studied' },
        { kind: 'card', subject: `${name}-card-${index % 7}`, card: { front: text, back: text } },
        { kind: 'review', subject: `${name}-card-${index % 7}`, rating: 3 },
        { kind: 'note', subject: `${name}-note-${index}`, note },
      ]);
      store.saveTurn({ id: name, title: name, startedAt: 1 }, { ...turn(`t${index}`), question: text });
      process.stdout.write(`${stored.map(({ id }) => id).join(' ')} t${index}\n`);
    }
    store.dispose();
    break;
  }
  // Exports, erases and imports, again and again.
  case 'transfer': {
    const { store } = openStore(options);
    const file = `${path}.export.json`;
    process.stdout.write('ready\n');
    for (;;) {
      exportTo(path, file, Date.now(), {});
      process.stdout.write('exported\n');
      store.erase();
      process.stdout.write('erased\n');
      importFrom(path, file, Date.now());
      process.stdout.write('imported\n');
    }
  }
  // Does everything on a disk that is as good as full, and says what came of it.
  case 'full': {
    const { store } = openStore(options);
    const head = { id: 'c', title: 'c', startedAt: 1 };
    const fill = 'x'.repeat(20_000);
    const note = { chapterId: 'a', anchor: 'why', quote: fill, before: '', after: '', text: fill };
    const tasks: Readonly<Record<string, () => unknown>> = {
      mark: () => store.record({ kind: 'chapter', subject: 'full', state: 'studied' }),
      card: () => store.record({ kind: 'card', subject: 'full', card: { front: fill, back: fill } }),
      review: () => store.record({ kind: 'review', subject: 'card', rating: 3 }),
      note: () => store.record({ kind: 'note', subject: 'full', note }),
      turn: () => store.saveTurn(head, { ...turn('full'), thought: fill }),
      unite: () => store.unite([{ id: 'u', at: 5, kind: 'note', subject: 'u', note }]),
      export: () => exportTo(path, `${path}.json`, Date.now(), {}),
      import: () => importFrom(path, count, Date.now()),
    };
    const ended = (work: () => unknown): string => {
      try {
        work();
        return 'done';
      } catch (error) {
        return error instanceof StoreError ? error.kind : String(error);
      }
    };
    store.recordAll([
      { kind: 'card', subject: 'card', card: { front: 'f', back: 'b' } },
      { kind: 'chapter', subject: 'before', state: 'studied' },
    ]);
    const ballast = join(dirname(path), 'ballast');
    for (const size of [65_536, 4096, 512]) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size));
      } catch {
        // As full as it gets.
      }
    }
    const before = JSON.stringify([store.events(), store.conversations()]);
    for (const [what, work] of Object.entries(tasks)) process.stdout.write(`${what} ${ended(work)}\n`);
    process.stdout.write(`same ${JSON.stringify([store.events(), store.conversations()]) === before}\n`);
    rmSync(ballast);
    for (const [what, work] of Object.entries(tasks)) process.stdout.write(`${what} ${ended(work)}\n`);
    store.dispose();
    process.stdout.write(`${openStore(options).opening.type}\n`);
    break;
  }
  default:
    throw new Error(`unknown task ${task}`);
}
