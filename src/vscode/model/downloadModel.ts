// Fetching a model of the catalogue: asked for, shown while it goes on, resumable whenever it ended.

import { mkdir, statfs } from 'node:fs/promises';
import * as vscode from 'vscode';
import { builtInCatalogue } from '../../model/files/catalogue.ts';
import type { CatalogueModel } from '../../model/files/catalogue.ts';
import { download } from '../../model/files/download.ts';
import { DownloadError } from '../../model/files/downloadError.ts';
import { partPlace, readPart, removePart } from '../../model/files/partFile.ts';
import { say } from '../say.ts';
import { downloadWords } from './downloadWords.ts';
import type { ModelParts } from './modelParts.ts';
import type { RemoteEntry } from './modelPickRows.ts';
import { sizeWords } from './sizes.ts';

/** Fetches the model once the learner has agreed; its path, or undefined if it didn't come to that. */
export async function downloadModel(entry: RemoteEntry, parts: ModelParts): Promise<string | undefined> {
  const wanted = builtInCatalogue().models.find(({ id }) => id === entry.id);
  if (!wanted) return undefined;
  const folder = parts.model.places.models;
  await mkdir(folder, { recursive: true });
  if (!(await agreed(wanted, folder))) return undefined;
  for (;;) {
    const ended = await fetchOnce(wanted, folder, parts);
    if (ended.type === 'done') return ended.path;
    if (!(await wantsAnotherTry(ended, wanted, folder))) return undefined;
  }
}

type Ended =
  | { readonly type: 'done'; readonly path: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly message: string };

async function fetchOnce(wanted: CatalogueModel, folder: string, { problems }: ModelParts): Promise<Ended> {
  const { url, file, bytes, sha256, title } = wanted;
  const stop = new AbortController();
  return vscode.window.withProgress<Ended>(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Fetching {0}', title),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => {
        stop.abort(new Error('Stopped'));
      });
      const words = downloadWords(performance.now(), bytes, say);
      let before = 0;
      try {
        const path = await download(
          { url, folder, fileName: file, bytes, sha256 },
          {
            onProgress: (report) => {
              const fraction = report.done / bytes;
              const increment = report.step === 'fetching' ? Math.max(0, (fraction - before) * 100) : 0;
              if (report.step === 'fetching') before = Math.max(before, fraction);
              progress.report({ message: words(report, performance.now()), increment });
            },
          },
          stop.signal,
        );
        return { type: 'done', path };
      } catch (error) {
        if (stop.signal.aborted) return { type: 'stopped' };
        if (error instanceof DownloadError) {
          problems.log.error(`${error.problem}: ${error.message} ${error.detail}`);
          return { type: 'failed', message: error.message };
        }
        throw error;
      }
    },
  );
}

async function agreed(wanted: CatalogueModel, folder: string): Promise<boolean> {
  const { title, maker, licence, licenceUrl, mustAccept, url, bytes, file } = wanted;
  const { bytes: there } = await readPart(partPlace(folder, file), url);
  const { bavail, bsize } = await statfs(folder);
  const start =
    there > 0
      ? vscode.l10n.t('Go on fetching')
      : mustAccept
        ? vscode.l10n.t('Accept the licence and fetch')
        : vscode.l10n.t('Fetch');
  const showLicence = vscode.l10n.t('Read the licence');
  const detail = [
    vscode.l10n.t('{0} from {1}, by {2}.', sizeWords(bytes), new URL(url).host, maker),
    ...(there > 0 ? [vscode.l10n.t('{0} of it are here already.', sizeWords(there))] : []),
    vscode.l10n.t('{0} are free on the disk.', sizeWords(bavail * bsize)),
    mustAccept
      ? vscode.l10n.t('Licence: {0}. By fetching the model you accept its terms.', licence)
      : vscode.l10n.t('Licence: {0}.', licence),
    vscode.l10n.t('Only this file is fetched; nothing of yours leaves this machine.'),
  ].join('\n');
  for (;;) {
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Fetch {0}?', title),
      { modal: true, detail },
      start,
      showLicence,
    );
    if (chosen !== showLicence) return chosen === start;
    await vscode.env.openExternal(vscode.Uri.parse(licenceUrl, true));
  }
}

async function wantsAnotherTry(
  ended: Exclude<Ended, { type: 'done' }>,
  { title, url, file }: CatalogueModel,
  folder: string,
): Promise<boolean> {
  const place = partPlace(folder, file);
  const { bytes: there } = await readPart(place, url);
  const again = there > 0 ? vscode.l10n.t('Go on') : vscode.l10n.t('Try again');
  const discard = vscode.l10n.t('Throw away what is here');
  const buttons = there > 0 ? [again, discard] : [again];
  const chosen =
    ended.type === 'failed'
      ? await vscode.window.showErrorMessage(ended.message, ...buttons)
      : await vscode.window.showInformationMessage(
          there > 0
            ? vscode.l10n.t('Fetching {0} was stopped; {1} are here and are kept.', title, sizeWords(there))
            : vscode.l10n.t('Fetching {0} was stopped.', title),
          ...buttons,
        );
  if (chosen === discard) await removePart(place);
  return chosen === again;
}
