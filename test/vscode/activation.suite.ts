import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/vscode/commandIds.ts';
import { test, until } from './collect.ts';
import { companion, extensionId } from './companion.ts';

test('activating adds every command of the manifest', async () => {
  await companion();
  const there = new Set(await vscode.commands.getCommands(true));
  const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  const contributed = manifest.contributes.commands.map(({ command }) => command);
  assert.deepEqual(
    contributed.filter((id) => !there.has(id)),
    [],
  );
  assert.deepEqual([...contributed].sort(), [...commandIds].sort());
});

test('the status bar counts the chapters once VS Code has come to rest', async () => {
  const { status, study } = await companion();
  const total = Object.keys((await study.curriculum()).chapters).length;
  const text = await until('the status item says something', () => status.text || undefined);
  assert.match(text, new RegExp(`\\d+/${total} studied`));
});
