// What pdf.js needs besides a file, from the folder beside the bundles: by kind and name, never by a path.

import * as vscode from 'vscode';
import type { PdfDataKind } from '../../protocol/pdf.ts';

const folders: Readonly<Record<PdfDataKind, string>> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'standard_fonts',
  wasmUrl: 'wasm',
};

/** The bytes; undefined if there is no such file. The name is one that the parser of messages let through. */
export async function readPdfData(
  extension: vscode.Uri,
  kind: PdfDataKind,
  name: string,
): Promise<Uint8Array | undefined> {
  const folder = vscode.Uri.joinPath(extension, 'dist', 'pdf', folders[kind]);
  try {
    return await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
  } catch {
    return undefined;
  }
}
