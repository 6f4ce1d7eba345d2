// The server as another program meets it: a process of its own, spoken to over stdin and stdout.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { handbookToolNames } from '../../src/core/tools/toolNames.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { openStore } from '../../src/store/store.ts';

const bundle = fileURLToPath(new URL('../../dist/mcp.mjs', import.meta.url));

async function withClient(args: readonly string[], use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [bundle, ...args] }));
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<{ text: string; failed: boolean }> {
  const { content, isError } = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const [first] = content;
  assert.ok(first?.type === 'text');
  return { text: first.text, failed: isError === true };
}

test('it offers the tools of the manifest and answers them', async () => {
  await withClient([], async (client) => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...handbookToolNames],
    );
    assert.ok(tools.every(({ description }) => (description ?? '') !== ''));
    assert.deepEqual(
      tools.map(({ title }) => title),
      ['Search the handbook', 'Read a chapter', 'See your progress'],
    );
    const found = await call(client, 'handbook_search', { query: 'what is speculative decoding?' });
    assert.match(found.text, /The handbook covers this\.[\s\S]*\(speculative-decoding#/);
    const { text } = await call(client, 'handbook_progress', {});
    assert.match(text, /^0 of 55 chapters studied/);
  });
});

test('a call that cannot be served is told to the model, and the server goes on', async () => {
  await withClient([], async (client) => {
    assert.deepEqual(await call(client, 'handbook_search', {}), {
      text: 'Give "query": the question or the words to look for, as a string.',
      failed: true,
    });
    assert.equal((await call(client, 'rm', {})).failed, true);
    assert.equal((await call(client, 'handbook_read_chapter', { chapter: 'flashattention' })).failed, false);
  });
});

test('it sees the progress that another process keeps, as it changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  const path = join(folder, 'progress.db');
  const { store } = openStore({ path, now: Date.now, newId: randomUUID });
  try {
    await withClient([path], async (client) => {
      assert.match((await call(client, 'handbook_progress', {})).text, /^0 of 55/);
      store.record({ kind: 'chapter', subject: 'flashattention', state: 'studied' });
      assert.match((await call(client, 'handbook_progress', {})).text, /^1 of 55[\s\S]*Studied: flashattention\./);
    });
  } finally {
    store.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('it searches the library that stands beside the progress, as soon as there is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  const search = async (client: Client): Promise<string> =>
    (await call(client, 'handbook_search', { query: 'why does a sourdough crust blister?' })).text;
  try {
    await withClient([join(folder, 'progress.db')], async (client) => {
      assert.match(await search(client), /^The handbook does not cover this\./);
      const { db } = openDatabase(join(folder, 'library', 'library.db'), Date.now, 1000);
      db.exec(`
        INSERT INTO document (id, address, title, creators, kind, origin, added_at) VALUES ('b', '', 'Bread', '', 'file', 'file', 0);
        INSERT INTO copy (document_id, form, address, state) VALUES ('b', 'main', '', 'resting');
        INSERT INTO passage (document_id, form, number, kind, heading, text, boxes)
          VALUES ('b', 'main', 0, 'text', 'Proofing', 'The cold makes the crust of sourdough blister.', '[]');
      `);
      db.close();
      assert.match(
        await search(client),
        /^The learner's library covers this\.[\s\S]*Bread: Proofing \(saved:b:main:0\)/,
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
