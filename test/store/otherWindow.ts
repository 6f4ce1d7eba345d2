// A second process for the tests, as another VS Code window would be. Run as `node otherWindow.ts <task> <path> …`; each
// line it prints has been done.

import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/storeError.ts';

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
  default:
    throw new Error(`unknown task ${task}`);
}
