// The thread that reads files, pdf.js's worker: made of its own words, since the page's policy lets nothing be loaded but
// our scripts. It is imported first, and starts while the rest of the page is still being put together.

import words from 'pdfjs-dist/build/pdf.worker.min.mjs?text';
import { addMissingBuiltIns } from './missingBuiltIns.ts';

addMissingBuiltIns();

export const readerThread = new Worker(
  URL.createObjectURL(new Blob([`(${addMissingBuiltIns.toString()})();`, words], { type: 'text/javascript' })),
  { type: 'module' },
);
