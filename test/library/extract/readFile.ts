import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentText } from '../../../src/core/library/documentText.ts';
import { extract, usualLimits } from '../../../src/library/extract/extract.ts';
import type { ExtractLimits } from '../../../src/library/extract/extract.ts';
import type { DocumentFormat } from '../../../src/library/extract/messages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Reads a file in the real process, as it is packed. */
export function readFileOf(
  format: DocumentFormat,
  path: string,
  limits: Partial<ExtractLimits> = {},
): Promise<DocumentText> {
  return extract(
    { path, format, address: 'https://example.org/a/page' },
    {
      entry: join(root, 'dist/extract.mjs'),
      data: join(root, 'dist/pdf'),
      signal: AbortSignal.timeout(100_000),
      limits: { ...usualLimits, ...limits },
      log: () => undefined,
    },
  );
}

export function readPdf(path: string, limits: Partial<ExtractLimits> = {}): Promise<DocumentText> {
  return readFileOf('pdf', path, limits);
}
