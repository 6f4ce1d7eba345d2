import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../../src/core/translate.ts';
import { pickSections } from '../../../src/vscode/model/modelPickRows.ts';
import type { Fit, LocalEntry, PickKnown, RemoteEntry } from '../../../src/vscode/model/modelPickRows.ts';

const fit = (fits: Fit['fits'], more: Partial<Fit> = {}): Fit => ({
  fits,
  score: 1,
  ramBytes: 1e9,
  vramBytes: 0,
  why: fits === 'well' ? '' : 'It needs 12 GB; 8 GB are there.',
  ...more,
});

const remote = (id: string, gigabytes: number, more: Partial<RemoteEntry> = {}): RemoteEntry => ({
  id,
  title: id,
  kind: 'chat',
  licence: 'Apache 2.0',
  bytes: gigabytes * 1e9,
  quantisation: 'Q4_K_M',
  contextTokens: 40_960,
  fetchedBytes: 0,
  ...more,
});

const local = (path: string, more: Partial<LocalEntry> = {}): LocalEntry => ({
  path,
  name: path,
  kind: 'chat',
  where: 'from Ollama',
  bytes: 2e9,
  quantisation: 'Q8_0',
  ...more,
});

const list = (known: Partial<PickKnown>) =>
  pickSections({ inUse: {}, found: [], catalogue: [], ownBytes: 0, ...known }, inEnglish);
const labels = (known: Partial<PickKnown>, title: string): readonly string[] =>
  list(known)
    .find((section) => section.title === title)
    ?.rows.map(({ label }) => label) ?? [];

test('with nothing known there are still a file of one’s own and quoting', () => {
  assert.deepEqual(
    list({}).flatMap(({ rows }) => rows.map(({ choice }) => choice.type)),
    ['chooseFile', 'quote'],
  );
});

test('what is to be downloaded is listed by size until it is judged, then by how it suits the machine', () => {
  const catalogue = [remote('large', 9), remote('small', 1), remote('medium', 4)];
  assert.deepEqual(labels({ catalogue }, 'to download'), ['small', 'medium', 'large']);
  const judged = [
    remote('large', 9, { fit: fit('no') }),
    remote('small', 1, { fit: fit('well', { score: 0.4 }) }),
    remote('medium', 4, { fit: fit('well') }),
    remote('heavy', 6, { fit: fit('tight') }),
  ];
  assert.deepEqual(labels({ catalogue: judged }, 'to download'), ['medium', 'small', 'heavy', 'large']);
  const rows = list({ catalogue: judged })[0]?.rows ?? [];
  assert.match(rows[0]?.description ?? '', /^recommended/);
  assert.equal(rows.filter(({ description }) => description?.includes('recommended')).length, 1);
  assert.match(rows[3]?.detail ?? '', /too large for this machine.*needs 12 GB/);
});

test('each model says its licence, size, quantisation and context before anything is fetched', () => {
  const [row] =
    list({ catalogue: [remote('a', 2.5, { fit: fit('well', { vramBytes: 1 }), fetchedBytes: 1e9 })] })[0]?.rows ?? [];
  assert.equal(row?.description, 'recommended · Q4_K_M · 2.5 GB · 1 GB are there already');
  assert.equal(row.detail, 'fits this machine, on its GPU · licence: Apache 2.0 · context of 40,960 tokens');
});

test('what is in use stands on top, once, even if its file is gone', () => {
  const known: Partial<PickKnown> = {
    inUse: { chat: { file: '/a', name: 'a' }, embedding: { file: '/gone', name: 'gone' } },
    found: [local('/a', { name: 'A model' }), local('/b')],
  };
  assert.deepEqual(labels(known, 'in use'), ['A model', 'gone']);
  assert.deepEqual(labels(known, 'on this machine'), ['/b']);
  assert.deepEqual(
    list(known)[0]?.rows.map(({ choice }) => choice),
    [{ type: 'show' }, { type: 'stopUsing', kind: 'embedding' }],
  );
});

test('models that help to find passages are kept apart from those that answer', () => {
  const catalogue = [remote('answers', 2), remote('embeds', 0.3, { kind: 'embedding', fit: fit('well') })];
  assert.deepEqual(labels({ catalogue }, 'to download'), ['answers']);
  assert.deepEqual(labels({ catalogue }, 'to download: finding passages better'), ['embeds']);
});

test('removing is offered where the companion has fetched something', () => {
  assert.ok(labels({ ownBytes: 2.5e9 }, 'other').includes('Remove a model…'));
});

test('a row keeps its name while more becomes known of it', () => {
  const id = (known: Partial<PickKnown>) => list(known)[0]?.rows[0]?.id;
  assert.equal(id({ catalogue: [remote('a', 1)] }), id({ catalogue: [remote('a', 1, { fit: fit('no') })] }));
  assert.equal(id({ found: [local('/a')] }), id({ found: [local('/a', { fit: fit('well') })] }));
});
