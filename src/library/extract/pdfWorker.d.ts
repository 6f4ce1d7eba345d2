/** pdf.js ships no types for the half of it that reads files; only pdf.js itself talks to it. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown;
}
