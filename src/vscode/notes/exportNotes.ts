// Writing notes into the workspace: a Markdown file a chapter or document, which the next export brings up to date.

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { chaptersInOrder } from '../../core/curriculum.ts';
import { fileState, noteFile, type FileState } from '../../core/study/noteFile.ts';
import { inChapterOrder } from '../../core/study/placedNote.ts';
import type { Problems } from '../problems.ts';
import type { Study } from '../study.ts';
import { withoutLinks } from '../withoutLinks.ts';
import { notedIn } from './noteActions.ts';
import type { Notes } from './notes.ts';

/** The folder's name unless the learner chooses another. */
const folderName = 'handbook-notes';

interface Planned {
  readonly name: string;
  readonly file: vscode.Uri;
  readonly text: string;
  readonly state: FileState | 'missing';
}

/** What an export did, in numbers of files. */
export interface Exported {
  readonly written: number;
  readonly unchanged: number;
  /** Changed by hand, and left as they are. */
  readonly left: number;
}

/** Writes the notes of the chapters that `ids` are about, or of all; into `target`, or the folder that the learner chooses. */
export async function exportNotes(
  study: Study,
  notes: Notes,
  problems: Problems,
  target?: vscode.Uri,
  ids: readonly string[] = [],
  overwrite?: boolean,
): Promise<Exported | undefined> {
  try {
    const all = await notes.all();
    const wanted = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
    const chapters = new Set(wanted.map(({ chapterId }) => chapterId));
    if (chapters.size === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There are no notes to export yet. Select words in a chapter or a saved document to make one.'),
      );
      return undefined;
    }
    const folder = target ?? (await chooseFolder());
    if (!folder) return undefined;

    const curriculum = await study.curriculum();
    const order = [...chaptersInOrder(curriculum).map(({ id }) => id), ...chapters];
    const planned: Planned[] = [];
    for (const chapterId of new Set(order.filter((id) => chapters.has(id)))) {
      const here = inChapterOrder(all.filter((note) => note.chapterId === chapterId));
      const [first] = here;
      if (!first) continue;
      const name = fileName(chapterId, first.document?.title);
      planned.push(await plan(folder, name, noteFile(notedIn(curriculum, first), here, digest, name)));
    }
    const theirs = planned.filter(({ state }) => state === 'changed' || state === 'foreign');
    const replace = theirs.length > 0 && (overwrite ?? (await mayReplace(theirs)));
    if (replace === undefined) return undefined;
    const writable = planned.filter(({ state }) => state === 'missing' || state === 'ours');
    const toWrite = replace ? [...writable, ...theirs] : writable;
    if (toWrite.length > 0) await vscode.workspace.fs.createDirectory(folder);
    for (const { file, text } of toWrite) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const done = {
      written: toWrite.length,
      unchanged: planned.filter(({ state }) => state === 'same').length,
      left: replace ? 0 : theirs.length,
    };
    tell(done, folder, planned[0]?.file);
    return done;
  } catch (error) {
    problems.report(
      error,
      vscode.l10n.t('The notes couldn’t be written. Choose another folder, or see the log for the cause.'),
    );
    return undefined;
  }
}

async function plan(folder: vscode.Uri, bareName: string, text: string): Promise<Planned> {
  const name = `${bareName}.md`;
  const file = vscode.Uri.joinPath(folder, name);
  try {
    const there = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return { name, file, text, state: fileState(there, text, digest) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return { name, file, text, state: 'missing' };
    }
    throw error;
  }
}

/** Ids of chapters are file names; those in somebody's file may be anything. A document goes by its title. */
function fileName(chapterId: string, title?: string): string {
  if (title !== undefined) {
    const words = title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    return `${words.slice(0, 60) || 'document'}-${digest(chapterId).slice(0, 6)}`;
  }
  return /^[a-z0-9][a-z0-9-]{0,99}$/.test(chapterId) ? chapterId : `chapter-${digest(chapterId)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.workspaceFolders?.[0];
  if (workspace) {
    const usual = vscode.Uri.joinPath(workspace.uri, folderName);
    const other = vscode.l10n.t('Another folder…');
    const chosen = await vscode.window.showQuickPick(
      [
        { label: folderName, description: workspace.name, iconPath: new vscode.ThemeIcon('folder') },
        { label: other, iconPath: new vscode.ThemeIcon('folder-opened') },
      ],
      { title: vscode.l10n.t('Export notes'), placeHolder: vscode.l10n.t('Where to write a Markdown file a chapter') },
    );
    if (!chosen) return undefined;
    if (chosen.label !== other) return usual;
  }
  const folders = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Export notes'),
    openLabel: vscode.l10n.t('Export here'),
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: workspace?.uri ?? vscode.Uri.file(homedir()),
  });
  return folders?.[0];
}

/** Whether files that were changed by hand may be replaced; undefined if the export is to be given up. */
async function mayReplace(theirs: readonly Planned[]): Promise<boolean | undefined> {
  const replace = vscode.l10n.t('Replace');
  const leave = vscode.l10n.t('Leave as they are');
  const names = theirs.slice(0, 8).map(({ name }) => name);
  const more = theirs.length > names.length ? [vscode.l10n.t('and {0} more', theirs.length - names.length)] : [];
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Some files have been changed since they were written. Replace them?'),
    { modal: true, detail: [...names, ...more].join('\n') },
    replace,
    leave,
  );
  return chosen === undefined ? undefined : chosen === replace;
}

function tell({ written, unchanged, left }: Exported, folder: vscode.Uri, first: vscode.Uri | undefined): void {
  const name = withoutLinks(folder.path.split('/').at(-1) ?? folder.path);
  const said = [
    written + unchanged === 1
      ? vscode.l10n.t('The notes of one chapter are in {0}.', name)
      : vscode.l10n.t('The notes of {0} chapters are in {1}.', written + unchanged, name),
    ...(left === 1 ? [vscode.l10n.t('One file that was changed by hand was left as it is.')] : []),
    ...(left > 1 ? [vscode.l10n.t('{0} files that were changed by hand were left as they are.', left)] : []),
  ].join(' ');
  const open = vscode.l10n.t('Open');
  void vscode.window.showInformationMessage(said, open).then((chosen) => {
    if (chosen === open && first) void vscode.commands.executeCommand('vscode.open', first);
  });
}
