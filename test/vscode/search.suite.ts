import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';

test('searching lists passages, and choosing one opens it highlighted', async () => {
  const running = await companion();
  await closeEverything();
  await vscode.commands.executeCommand('handbook.search', 'hidden markov');
  const search = running.search() ?? assert.fail('the search box is open');
  const rows = await search.listed();
  const hit = rows.find((row) => row.kind === 'passage') ?? assert.fail('something was found');
  assert.match(`${hit.label} ${hit.description} ${hit.detail}`, /markov/i);
  search.accept(hit);
  const [chapterId, anchor] = hit.passageId.split('#');
  await until('the page shows it', () => running.readers.open[0]?.shownId === chapterId);
  assert.equal(running.readers.open[0]?.highlight?.anchor, anchor);
});

test('before anything is typed there are chapters to go on with and questions to try', async () => {
  const running = await companion();
  await vscode.commands.executeCommand('handbook.search');
  const search = running.search() ?? assert.fail();
  const kinds = new Set((await search.listed()).map(({ kind }) => kind));
  assert.ok(kinds.has('chapter') && kinds.has('suggestion'), [...kinds].join());
  search.close();
});

test('what isn’t found is said to be so, with the offer to ask', async () => {
  const running = await companion();
  await vscode.commands.executeCommand('handbook.search', 'xqzvkjw wqzxj');
  const search = running.search() ?? assert.fail();
  assert.deepEqual(
    (await search.listed()).map(({ kind }) => kind),
    ['nothing', 'ask'],
  );
  search.close();
});

test('nothing that can be typed breaks the search', async () => {
  const running = await companion();
  await vscode.commands.executeCommand('handbook.search', '');
  const search = running.search() ?? assert.fail();
  for (const typed of [
    'title:',
    '*',
    '+-~^',
    '"',
    '\\',
    'a:b:c',
    '(',
    '😀',
    '\u202e',
    'x'.repeat(5000),
    'attention?',
  ]) {
    search.type(typed);
    const rows = await search.listed();
    assert.ok(rows.length > 0, typed.slice(0, 20));
  }
  search.close();
});
