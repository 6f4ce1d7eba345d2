// The only file that knows where pdf.js comes from: its reading half, and its viewer parts.

// Before all else.
import './builtIns.ts';
import { AnnotationEditorType, AnnotationMode, getDocument, GlobalWorkerOptions, PasswordResponses } from 'pdfjs-dist';
// After the half above, which it looks for among the globals.
import {
  EventBus,
  FindState,
  GenericL10n,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
} from 'pdfjs-dist/web/pdf_viewer.mjs';

export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
export {
  AnnotationEditorType,
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

GlobalWorkerOptions.workerPort = window.readerThread;
