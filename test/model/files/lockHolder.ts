// Takes a lock and holds it until it is killed.

import { takeLock } from '../../../src/model/files/fileLock.ts';

const lock = await takeLock(process.argv[2] ?? '');
console.log(lock ? 'held' : 'refused');
setInterval(() => undefined, 1000);
