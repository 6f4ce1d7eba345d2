// The wire between the extension and the process that reads documents.

import type { DocumentText, ExtractProblem } from '../../core/library/documentText.ts';

export type DocumentFormat = 'pdf' | 'html' | 'markdown' | 'text' | 'transcript';

export interface ExtractJob {
  /** The stored file. */
  readonly path: string;
  readonly format: DocumentFormat;
  /** Where it came from: relative links of a page refer to it. */
  readonly address: string;
  /** The encoding that the server named. */
  readonly charset?: string;
}

export interface ExtractStart {
  readonly type: 'start';
  readonly job: ExtractJob;
  /** The folder with pdf.js's tables. */
  readonly data: string;
  /** Bytes that the process may hold. */
  readonly mostMemory: number;
}

export type FromExtract =
  | { readonly type: 'page'; readonly page: number; readonly pages: number }
  | { readonly type: 'done'; readonly document: DocumentText }
  | { readonly type: 'failed'; readonly problem: ExtractProblem; readonly detail: string };
