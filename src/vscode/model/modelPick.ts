// `Handbook: Choose a Model`: what is there is listed at once, what is found and how it fits this machine as it becomes known.

import * as vscode from 'vscode';
import { say } from '../say.ts';
import { adoptFile } from './adoptFile.ts';
import { chooseFile } from '../settings.ts';
import { downloadModel } from './downloadModel.ts';
import type { LocalModel } from './localModel.ts';
import type { ModelParts } from './modelParts.ts';
import { pickSections } from './modelPickRows.ts';
import type { ModelKind, PickChoice, PickKnown, PickRow } from './modelPickRows.ts';
import { modelSources } from './modelSources.ts';
import type { CommandId } from '../commandIds.ts';

interface Item extends vscode.QuickPickItem {
  readonly id: string;
  readonly choice?: PickChoice;
}

/** Lets the learner choose, and does what they chose. */
export async function openModelPick(parts: ModelParts): Promise<void> {
  const choice = await pickChoice(parts);
  if (choice) await act(choice, parts);
}

async function pickChoice({ model, problems }: ModelParts): Promise<PickChoice | undefined> {
  const stop = new AbortController();
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Choose a model');
  pick.placeholder = vscode.l10n.t('It runs on this machine. Only the file of a model to download is fetched.');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const sources = modelSources(model.places, model.settings.engine, (line) => {
    problems.log.info(line);
  });
  let known: PickKnown = { inUse: inUse(model), found: [], catalogue: sources.catalogue(), ownBytes: 0 };
  let firstId: string | undefined;
  const render = (more: Partial<PickKnown>): void => {
    if (stop.signal.aborted) return;
    known = { ...known, ...more };
    const active = pick.activeItems[0];
    pick.items = pickSections(known, say).flatMap(({ title, rows }) => [
      { id: `section/${title}`, label: title, kind: vscode.QuickPickItemKind.Separator },
      ...rows.map(itemOf),
    ]);
    // Rows move as they are judged. Whoever has gone to one stays on it; else the first is offered, whichever it is now.
    const same = pick.items.filter(({ id }) => id === active?.id);
    if (same.length > 0 && active?.id !== firstId) pick.activeItems = same;
    firstId = pick.items.find(({ choice }) => choice)?.id;
  };
  pick.keepScrollPosition = true;
  render({});
  const { promise, resolve } = Promise.withResolvers<PickChoice | undefined>();
  pick.onDidAccept(() => {
    const choice = pick.activeItems[0]?.choice;
    if (!choice) return;
    resolve(choice);
    pick.hide();
  });
  pick.onDidHide(() => {
    resolve(undefined);
    stop.abort(new Error('The list was closed.'));
    pick.dispose();
  });
  pick.show();
  sources.look(render, stop.signal).then(
    () => {
      if (!stop.signal.aborted) pick.busy = false;
    },
    (error: unknown) => {
      if (stop.signal.aborted) return;
      pick.busy = false;
      problems.log.warn(`The list of models isn’t complete: ${String(error)}`);
    },
  );
  return promise;
}

function itemOf({ id, label, description, detail, icon, choice }: PickRow): Item {
  return {
    id,
    label,
    choice,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
  };
}

function inUse(model: LocalModel): PickKnown['inUse'] {
  const used: Partial<Record<ModelKind, { readonly file: string; readonly name: string }>> = {};
  for (const kind of ['chat', 'embedding', 'ranking'] as const) {
    const wanted = model.wanted(kind);
    if (wanted) used[kind] = { file: wanted.file, name: wanted.name };
  }
  return used;
}

async function act(choice: PickChoice, parts: ModelParts): Promise<void> {
  switch (choice.type) {
    case 'show':
    case 'remove': {
      const command: CommandId = choice.type === 'show' ? 'handbook.showModel' : 'handbook.removeModel';
      await vscode.commands.executeCommand(command);
      return;
    }
    case 'use':
      await adoptFile(choice.entry.path, parts, choice.entry.fit);
      return;
    case 'download': {
      const file = await downloadModel(choice.entry, parts);
      if (file !== undefined) await adoptFile(file, parts);
      return;
    }
    case 'chooseFile': {
      const [file] =
        (await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Choose a model'),
          openLabel: vscode.l10n.t('Use this model'),
          filters: { [vscode.l10n.t('Models')]: ['gguf'] },
        })) ?? [];
      if (file) await adoptFile(file.fsPath, parts);
      return;
    }
    case 'stopUsing':
      await chooseFile(choice.kind, '');
      return;
    case 'quote':
      await chooseFile('chat', '');
      return;
  }
}
