// The thread that reads files, pdf.js's worker: made of its own words, since the page's policy lets nothing be loaded but
// our scripts. It is a script of its own, before that of the page: a thread doesn't start while its page runs a script, and
// this way it does while that of the page is still being read.

import words from 'pdfjs-dist/build/pdf.worker.min.mjs?text';
import { addMissingBuiltIns } from './missingBuiltIns.ts';

declare global {
  interface Window {
    readonly readerThread: Worker;
  }
}

Object.assign(window, {
  readerThread: new Worker(
    URL.createObjectURL(new Blob([`(${addMissingBuiltIns.toString()})();`, words], { type: 'text/javascript' })),
    { type: 'module' },
  ),
});
