// Putting something of the learner's own into the library: an address, a file, a transcript.

import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isFilm, savedAs } from '../../core/library/address.ts';
import { failureReasons, failureWords } from '../../core/library/failure.ts';
import type { FailureReason } from '../../core/library/failure.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { fieldsOf, oneOf } from '../fromPage.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import { withoutLinks } from '../withoutLinks.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { saveDocuments } from './saveOffline.ts';

/** Adds what the argument names (an address, or the uri of a file), or what the learner then chooses. */
export async function addToLibrary(library: LocalLibrary, problems: Problems, what?: unknown): Promise<void> {
  if (what instanceof vscode.Uri) {
    await addFile(library, problems, what);
    return;
  }
  if (typeof what === 'string') {
    await addAddress(library, problems, what);
    return;
  }
  const address = vscode.l10n.t('$(globe) An address');
  const file = vscode.l10n.t('$(file) A file');
  const chosen = await vscode.window.showQuickPick(
    [
      { label: address, detail: vscode.l10n.t('A paper or page on the web, with https') },
      { label: file, detail: vscode.l10n.t('A PDF, web page, Markdown file or transcript on this machine') },
    ],
    { title: vscode.l10n.t('Add to my library') },
  );
  if (chosen?.label === address) {
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t('Add to my library'),
      prompt: vscode.l10n.t('The address of the paper or page'),
      placeHolder: 'https://arxiv.org/abs/…',
      validateInput: (text) => (text.trim() === '' || savedAs(text.trim(), library.rules) ? undefined : notAnAddress()),
    });
    if (typed !== undefined && typed.trim() !== '') await addAddress(library, problems, typed);
  } else if (chosen?.label === file) {
    for (const each of (await chooseFiles(true)) ?? []) await addFile(library, problems, each);
  }
}

/** Gives a film on the shelf the transcript that the learner has of it. */
export async function addTranscript(
  library: LocalLibrary,
  problems: Problems,
  documentId: string,
  file?: vscode.Uri,
): Promise<void> {
  const chosen = file ?? (await chooseFiles(false, true))?.[0];
  if (chosen) await take(library, problems, chosen, { documentId, form: 'transcript' });
}

/** Gives a document of which nothing is kept a file that the learner has of it. */
export async function attachFile(
  library: LocalLibrary,
  problems: Problems,
  documentId: string,
  file?: vscode.Uri,
): Promise<void> {
  const chosen = file ?? (await chooseFiles(false))?.[0];
  if (chosen) await take(library, problems, chosen, { documentId, form: 'main' });
}

async function addAddress(library: LocalLibrary, problems: Problems, typed: string): Promise<void> {
  const as = savedAs(typed.trim(), library.rules);
  if (!as) {
    problems.tell(notAnAddress());
    return;
  }
  await saveDocuments(library, [
    { ...as, title: as.address, creators: '', kind: 'page', origin: 'address', minutes: 0 },
  ]);
}

async function addFile(library: LocalLibrary, problems: Problems, file: vscode.Uri): Promise<void> {
  if (file.scheme !== 'file') {
    problems.tell(vscode.l10n.t('Only files on this machine can be added. Save it here first.'));
    return;
  }
  const name = basename(file.fsPath);
  const film = /\.(?:vtt|srt)$/i.test(name) ? await whichFilm(library) : 'none';
  if (film === undefined) return;
  const to = film === 'none' ? { title: name } : ({ documentId: film.id, form: 'transcript' } as const);
  await take(library, problems, file, to);
}

async function take(
  library: LocalLibrary,
  problems: Problems,
  file: vscode.Uri,
  to: Parameters<Awaited<ReturnType<LocalLibrary['open']>>['addFile']>[1],
): Promise<void> {
  const opened = await library.open();
  try {
    await opened.addFile(file.fsPath, to);
    const name = basename(file.fsPath);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) {0} is in your library', name), 4000);
  } catch (error) {
    // By name, not by class: it lives in a bundle of its own.
    const fields = fieldsOf(error);
    const reason = oneOf(failureReasons, fields?.['reason']);
    if (reason === undefined) throw error;
    problems.log.error(error instanceof Error ? error : String(error));
    problems.tell(withoutLinks(fileFailure(reason, basename(file.fsPath))));
  }
}

function fileFailure(reason: FailureReason, name: string): string {
  if (reason === 'wrong-type') {
    return vscode.l10n.t('{0} is no PDF, web page, Markdown file or transcript. Nothing was added.', name);
  }
  if (reason === 'empty') return vscode.l10n.t('{0} is empty. Nothing was added.', name);
  if (reason === 'too-large') return vscode.l10n.t('{0} is larger than the library takes. Nothing was added.', name);
  if (reason === 'disk') {
    return vscode.l10n.t('{0} couldn’t be read or copied. Check that it is there and may be read.', name);
  }
  return failureWords({ reason, host: name, detail: '' }, say);
}

/** Which film on the shelf a transcript belongs to; 'none' if it stands for itself, undefined if the learner gave up. */
async function whichFilm(library: LocalLibrary): Promise<SavedDocument | 'none' | undefined> {
  const { shelf } = await library.open();
  const films = shelf.documents().filter(({ address }) => isFilm(address));
  if (films.length === 0) return 'none';
  const rows: (vscode.QuickPickItem & { readonly film: SavedDocument | 'none' })[] = [
    ...films.map((film) => ({ label: film.title, description: film.creators, film })),
    { label: vscode.l10n.t('None of these'), film: 'none' },
  ];
  const placeHolder = vscode.l10n.t('Which film is it the transcript of?');
  return (await vscode.window.showQuickPick(rows, { placeHolder }))?.film;
}

function chooseFiles(many: boolean, transcripts = false): Thenable<vscode.Uri[] | undefined> {
  const kinds = transcripts ? ['vtt', 'srt'] : ['pdf', 'html', 'htm', 'xhtml', 'md', 'markdown', 'txt', 'vtt', 'srt'];
  return vscode.window.showOpenDialog({
    title: transcripts ? vscode.l10n.t('Add a transcript') : vscode.l10n.t('Add to my library'),
    openLabel: vscode.l10n.t('Add'),
    canSelectMany: many,
    filters: { [transcripts ? vscode.l10n.t('Transcripts') : vscode.l10n.t('Texts')]: kinds },
  });
}

/** What a learner reads who typed something else. */
export function notAnAddress(): string {
  return vscode.l10n.t('Only https addresses on the public Internet are fetched, without a sign-in or a port in them.');
}
