// A model is fetched from the list in a real VS Code: the connection breaks, the learner stops and goes on, and
// the model answers.
// The installed catalogue is made to point at a server of this test; everything else is as it is shipped.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import catalogue from '../../src/model/files/catalogue.json' with { type: 'json' };
import { fileServer, serve, type Served } from '../model/files/fileServer.ts';
import { buildRandomModel } from '../model/specimen/shapes.ts';
import { packed } from './packed.ts';

let own: string;
let workbench: Workbench;
let model: Served;

const [offered] = catalogue.models as [(typeof catalogue.models)[number]];

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'fetched-'));
  const file = path.join(own, 'tiny.gguf');
  buildRandomModel(file, { shape: 'tiny', type: 'f16', seed: 1, chain: true });
  const bytes = await readFile(file);
  // Models made for tests are marked, and refused: for this once it is to pass for a real one.
  bytes.write('handbook.ordinary', bytes.indexOf('handbook.specimen'));
  model = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  workbench = await openWorkbench({
    vsix: await packed(),
    userDataDir: path.join(own, 'user'),
    extensionsDir: path.join(own, 'extensions'),
  });
});

after(async () => {
  await workbench.close();
  await rm(own, { recursive: true, force: true, maxRetries: 3 });
});

/** Lets the catalogue's first model lie at `url`. The list is loaded when it is first opened. */
async function offerAt(url: string): Promise<void> {
  const extensions = path.join(own, 'extensions');
  const [ours = ''] = (await readdir(extensions)).filter((name) => name.startsWith('genai-handbook'));
  const bundle = path.join(extensions, ours, 'dist', 'modelPick.cjs');
  const text = await readFile(bundle, 'utf8');
  const changed = [
    [offered.url, url],
    [offered.sha256, model.sha256],
    [String(offered.bytes), String(model.bytes.length)],
  ].reduce((before, [from = '', to = '']) => {
    assert.ok(before.includes(from), `the bundle says ${from}`);
    return before.replaceAll(from, to);
  }, text);
  await writeFile(bundle, changed);
}

/** Sends a few more bytes of what was asked for, and then nothing. */
function stall(response: ServerResponse, from: number): void {
  const whole = model.bytes.length;
  response.writeHead(206, {
    'content-length': whole - from,
    'content-range': `bytes ${from}-${whole - 1}/${whole}`,
    etag: '"one"',
  });
  response.write(model.bytes.subarray(from, from + 4096));
}

test('a model is fetched over a broken connection, stopped, gone on with, checked, and used', async (t) => {
  const third = Math.floor(model.bytes.length / 3);
  const server = await fileServer(t, (request, response, count) => {
    if (count === 1) serve(model, request, response, { cut: third });
    else if (count === 2) stall(response, third);
    else serve(model, request, response);
  });
  const requests = (): number => server.ranges.length;
  await offerAt(server.url);
  const { page } = workbench;
  await workbench.runCommand('Handbook: Choose a model');
  // Rows move as it becomes known how well their models fit: what is typed leaves the one.
  await page.locator('.quick-input-widget input.input').fill(offered.title);
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const texts = await rows.allInnerTexts();
    if (texts.some((text) => text.includes(offered.title)) && texts.every((text) => !text.includes('Gemma'))) break;
    await page.waitForTimeout(100);
  }
  await rows.filter({ hasText: offered.title }).first().click();

  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /from 127\.0\.0\.1[^]*Licence: Apache 2\.0[^]*nothing of yours leaves/);
  assert.equal(requests(), 0, 'nothing is fetched before the learner has agreed');
  await dialog.getByRole('button', { name: 'Fetch', exact: true }).click();

  // It breaks off, and goes on by itself; then nothing comes any more, and the learner has enough.
  const told = page.locator('.notifications-toasts .notification-list-item');
  for (const end = Date.now() + 30_000; requests() < 2 && Date.now() < end;) await page.waitForTimeout(100);
  await told.filter({ hasText: 'Fetching' }).getByRole('button', { name: 'Cancel' }).click();
  const stopped = told.filter({ hasText: 'are here and are kept' });
  await stopped.getByRole('button', { name: 'Go on' }).click();
  await told.filter({ hasText: 'answers from now on' }).waitFor();
  const [first = 0, second = 0, last = 0] = server.ranges.map((range) => Number(range?.replace(/\D/g, '') ?? 0));
  assert.deepEqual([first, second], [0, third], 'only what was missing was asked for');
  assert.ok(last > third, 'what had come by then was kept');
  assert.equal(requests(), 3);

  await workbench.runCommand('Handbook: Ask a question');
  const ask = await workbench.frameWith('vscode-text-area');
  await ask.locator('.model-line[data-state="ready"]').waitFor();
  await ask.locator('textarea').fill('what does GPTQ do?');
  await ask.locator('textarea').press('Enter');
  await ask.locator('.turn.answered .speaker', { hasText: 'on your machine' }).waitFor();
});

test('what was fetched can be removed: it is named with its size, asked about, and gone', async () => {
  const { page } = workbench;
  const storage = path.join(own, 'user', 'User', 'globalStorage');
  const fetched = async (): Promise<string[]> =>
    (await readdir(storage, { recursive: true })).filter((name) => /[\\/]models[\\/].*\.gguf/.test(name));
  const [file = '', ...others] = await fetched();
  assert.notEqual(file, '');
  assert.deepEqual(others, []);
  await workbench.runCommand('Handbook: Remove a model…');
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  const row = rows.filter({ hasText: path.basename(file) });
  await row.waitFor();
  assert.match(await row.innerText(), /MB[^]*In use/);
  await row.click();
  const dialog = page.locator('.monaco-dialog-box');
  assert.match(await dialog.innerText(), /become free\. Your conversations stay\./);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.locator('.notification-list-item', { hasText: 'are free again' }).waitFor();
  assert.deepEqual(await fetched(), []);
  // The view says so, its conversation is still there, and the next question is answered by quoting.
  const ask = await workbench.frameWith('vscode-text-area');
  await ask.locator('.model-line[data-state="none"]').waitFor();
  assert.equal(await ask.locator('.turn.answered .speaker', { hasText: 'on your machine' }).count(), 1);
  await ask.locator('textarea').fill('what is FlashAttention?');
  await ask.locator('textarea').press('Enter');
  await ask.locator('.turn.answered .speaker', { hasText: 'Quoted' }).waitFor();
});
