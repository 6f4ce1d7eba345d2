// Shows saved texts in an editor that can't be typed into: what is kept is known by its hash and must stay as it is.

import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SavedCopy, SavedDocument } from '../../core/library/savedDocument.ts';
import type { LocalLibrary } from './localLibrary.ts';

const scheme = 'handbook-saved';

export class SavedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #library: LocalLibrary;
  readonly #registration: vscode.Disposable;

  constructor(library: LocalLibrary) {
    this.#library = library;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async show(document: SavedDocument, { form, content }: SavedCopy): Promise<void> {
    const name = document.title.replace(/[\\/]/g, ' ').slice(0, 100);
    const ending = content?.type === 'markdown' ? '.md' : '.txt';
    const uri = vscode.Uri.from({ scheme, path: `/${document.id}/${form}/${name.replace(/\.\w{1,8}$/, '')}${ending}` });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const [, id = '', form = ''] = path.split('/');
    const { shelf } = await this.#library.open();
    const document = shelf.document(id);
    const copy = document?.copies.find((each) => each.form === form);
    const file = document && copy && shelf.pathOf(document, copy.form);
    if (file === undefined) throw new Error(vscode.l10n.t('This text isn’t in the library any more.'));
    return new TextDecoder().decode(await readFile(file));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
