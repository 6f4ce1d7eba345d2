import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eraseNow } from '../../src/vscode/eraseData.ts';
import { test } from './collect.ts';
import { chapterIds, companion } from './companion.ts';

test('exported progress brings marks back that were made before', async () => {
  const running = await companion();
  const [id = ''] = await chapterIds(running);
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  const file = vscode.Uri.file(join(folder, 'progress.json'));
  await vscode.commands.executeCommand('handbook.markStudied', id);
  assert.equal(await vscode.commands.executeCommand('handbook.exportEverything', file), true);
  const exported = JSON.parse(await readFile(file.fsPath, 'utf8')) as {
    readonly events: readonly { readonly id: string; readonly at: number; readonly subject: string }[];
  };
  assert.ok(exported.events.some(({ subject }) => subject === id));

  // The same file again changes nothing.
  const before = await running.study.progress();
  assert.equal(await vscode.commands.executeCommand('handbook.importEverything', file), true);
  assert.deepEqual(await running.study.progress(), before);

  // An event of another machine comes in.
  const other = { id: 'from-another-machine', at: Date.now() + 1000, kind: 'chapter', subject: id, state: 'skimmed' };
  await writeFile(file.fsPath, JSON.stringify({ ...exported, events: [...exported.events, other] }));
  assert.equal(await vscode.commands.executeCommand('handbook.importEverything', file), true);
  assert.equal((await running.study.progress()).chapters[id], 'skimmed');
  await rm(folder, { recursive: true });
});

test('a file that is none of ours changes nothing', async () => {
  const running = await companion();
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  const before = await running.study.progress();
  for (const text of ['', 'not json', '{}', '[1,2]', '{"format":"genai-handbook-progress","version":99}']) {
    const file = vscode.Uri.file(join(folder, 'junk.json'));
    await writeFile(file.fsPath, text);
    assert.equal(await vscode.commands.executeCommand('handbook.importEverything', file), false, text);
  }
  const missing = vscode.Uri.file(join(folder, 'missing.json'));
  assert.equal(await vscode.commands.executeCommand('handbook.importEverything', missing), false);
  assert.deepEqual(await running.study.progress(), before);
  await rm(folder, { recursive: true });
});

test('everything goes out, is erased, and comes back', async () => {
  const running = await companion();
  const [id = ''] = await chapterIds(running);
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  const file = vscode.Uri.file(join(folder, 'everything.json'));
  const store = await running.study.store();
  await vscode.commands.executeCommand('handbook.markStudied', id);
  store.record({ kind: 'card', subject: 'mine', card: { front: 'front', back: 'back' } });
  const before = { progress: store.progress(), cards: store.events(['card']) };
  assert.equal(await vscode.commands.executeCommand('handbook.exportEverything', file), true);
  let erased = 0;
  const listening = running.study.onDidErase(() => {
    erased++;
  });
  await eraseNow(running.data);
  assert.equal(erased, 1);
  assert.deepEqual((await running.study.progress()).chapters, {});
  assert.deepEqual(store.events(['card', 'review', 'note']), []);
  assert.deepEqual(store.conversations(), []);
  assert.equal(await vscode.commands.executeCommand('handbook.importEverything', file), true);
  assert.deepEqual({ progress: store.progress(), cards: store.events(['card']) }, before);
  listening.dispose();
  await rm(folder, { recursive: true });
});

test('progress goes through the values that Settings Sync carries', async () => {
  const running = await companion();
  const setting = vscode.workspace.getConfiguration('handbook');
  await setting.update('sync', true, vscode.ConfigurationTarget.Global);
  running.sync.noteChange();
  await running.sync.sync();
  const [one] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.markSkimmed', one);
  running.sync.noteChange();
  await running.sync.sync();
  assert.equal((await running.study.progress()).chapters[one ?? ''], 'skimmed');
  assert.equal((await running.study.store()).events().length > 0, true);
  await setting.update('sync', undefined, vscode.ConfigurationTarget.Global);
});
