import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import { buildRandomModel } from '../model/specimen/shapes.ts';
import { until } from './collect.ts';
import { closeEverything, companion, extensionId } from './companion.ts';

/** The specimen as it lies in the repository. */
export function specimen(name = 'specimen-f16.gguf'): string {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  return join(extension.extensionPath, 'test', 'model', 'fixtures', name);
}

/** A model that goes on until it is told to end: no end comes in its chain of words. */
export async function endless(run: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'endless-'));
  try {
    const file = join(folder, 'endless.gguf');
    buildRandomModel(file, { shape: 'tiny', type: 'f16', seed: 1, chain: true });
    await run(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Changes a setting of the companion for this profile; undefined takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('handbook').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Chooses a model by its setting, runs, and leaves everything as it was. */
export async function withModel(file: string, run: (running: Companion) => Promise<void>): Promise<void> {
  const running = await companion();
  await set('model.file', file);
  await until('the setting is heard of', () => running.model.wanted('chat')?.file === file);
  try {
    await vscode.commands.executeCommand('handbook.newConversation');
    await run(running);
  } finally {
    await set('model.file', undefined);
    await until('the model is let go', () => running.model.state().type === 'none');
    await closeEverything();
  }
}
