import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../../src/core/translate.ts';
import { downloadWords } from '../../../src/vscode/model/downloadWords.ts';

test('a download tells how much there is, how fast it goes and how long it will take', () => {
  const words = downloadWords(0, 2.5e9, inEnglish);
  assert.equal(words({ step: 'fetching', done: 0 }, 100), '0 bytes of 2.5 GB');
  assert.equal(words({ step: 'fetching', done: 1.2e9 }, 100_000), '1.2 GB of 2.5 GB, 12 MB a second, 2 min left');
  assert.equal(words({ step: 'fetching', done: 2.4e9 }, 200_000), '2.4 GB of 2.5 GB, 12 MB a second, 8.3 s left');
  assert.equal(words({ step: 'checking', done: 1.25e9 }, 210_000), 'Checking: 50 %');
});

test('what was there already doesn’t count as fetched just now', () => {
  const words = downloadWords(0, 2e9, inEnglish);
  words({ step: 'fetching', done: 1e9 }, 10);
  assert.equal(words({ step: 'fetching', done: 1.1e9 }, 10_000), '1.1 GB of 2 GB, 10 MB a second, 2 min left');
});
