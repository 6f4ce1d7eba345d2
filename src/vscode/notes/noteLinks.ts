// Exported notes link back. VS Code follows no `command:` link of a plain Markdown file by itself; in the editor it follows
// those that an extension vouches for.

import * as vscode from 'vscode';

/** The links that an export writes (see core/study/noteFile.ts), and no other command. */
const link = /\]\((command:handbook\.(?:openNote|openChapter|openSaved)\?[\w%.~-]+)\)/g;

const provider: vscode.DocumentLinkProvider = {
  provideDocumentLinks: (document) =>
    [...document.getText().matchAll(link)].flatMap(({ index, 1: target = '' }) => {
      const start = document.positionAt(index + 2);
      const found = new vscode.DocumentLink(
        new vscode.Range(start, start.translate(0, target.length)),
        vscode.Uri.parse(target),
      );
      found.tooltip = vscode.l10n.t('Open in the handbook');
      return [found];
    }),
};

/** Makes the links of exported notes work in the editor. */
export function registerNoteLinks(): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider({ language: 'markdown' }, provider);
}
