// Asking the extension for what pdf.js needs besides the file.

import type { FromPdf, PdfDataKind } from '../../src/protocol/pdf.ts';
import type { FetchData } from './openPdf.ts';

export interface WantedData {
  readonly fetch: FetchData;
  readonly answered: (request: number, bytes: Uint8Array | undefined) => void;
}

const kinds: readonly PdfDataKind[] = ['cMapUrl', 'standardFontDataUrl', 'wasmUrl'];

export function wantedData(post: (message: FromPdf) => void): WantedData {
  let requests = 0;
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  return {
    fetch: (wanted, name) => {
      const kind = kinds.find((one) => one === wanted);
      if (!kind) return Promise.reject(new Error(`There is no ${wanted}`));
      const request = ++requests;
      const answer = Promise.withResolvers<Uint8Array>();
      waiting.set(request, answer);
      post({ type: 'need', request, kind, name });
      return answer.promise;
    },
    answered: (request, bytes) => {
      const answer = waiting.get(request);
      waiting.delete(request);
      if (bytes) answer?.resolve(bytes);
      else answer?.reject(new Error('The extension has no such file'));
    },
  };
}
