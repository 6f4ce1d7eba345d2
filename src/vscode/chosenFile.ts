// Files that the learner chooses to write to or to read from.

import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { withoutLinks } from './withoutLinks.ts';

/** Where a file dialog starts: in the workspace, or at home. */
export function startingAt(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.Uri.joinPath(folder?.scheme === 'file' ? folder : vscode.Uri.file(homedir()), name);
}

/** The file's name, for a message. */
export function nameOf(file: vscode.Uri): string {
  return withoutLinks(file.path.split('/').at(-1) ?? file.path);
}
