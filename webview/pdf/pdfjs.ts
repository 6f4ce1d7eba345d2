// The only file that knows where pdf.js comes from: its reading half, its viewer parts, and its worker as text. The page's
// policy lets no script be loaded but ours; a worker made of our own words needs none.

import { AnnotationMode, getDocument, GlobalWorkerOptions, PasswordResponses } from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?text';
// After the half above, which it looks for among the globals.
import {
  EventBus,
  FindState,
  GenericL10n,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
} from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';

export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
export {
  AnnotationMode,
  EventBus,
  FindState,
  GenericL10n,
  getDocument,
  PasswordResponses,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
};

/** Starts the thread that reads files. It begins while the rest of the page is still being built. */
export function startWorker(): void {
  const url = URL.createObjectURL(new Blob([worker], { type: 'text/javascript' }));
  GlobalWorkerOptions.workerPort = new Worker(url, { type: 'module' });
}
