import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeenDocuments } from '../../../src/vscode/document/seenDocuments.ts';

const place = { page: 2, fraction: 0.25, zoom: 'auto' };
const seen = { place, width: 800, height: 600, picture: new Uint8Array([1]) };

test('a document looks as it was last seen while its file and the place are the same', () => {
  const documents = createSeenDocuments();
  documents.keep('a', 'hash', { ...seen, width: 700 });
  documents.keep('a', 'hash', seen);
  assert.equal(documents.find('a', 'hash', { ...place }), seen);
  assert.equal(documents.find('a', 'other', place), undefined);
  assert.equal(documents.find('a', 'hash', { ...place, fraction: 0.3 }), undefined);
  assert.equal(documents.find('a', 'hash', undefined), undefined);
  assert.equal(documents.find('b', 'hash', place), undefined);
});

test('of many documents those seen last are kept', () => {
  const documents = createSeenDocuments();
  for (let n = 0; n < 40; n++) {
    documents.keep('often', 'hash', seen);
    documents.keep(`d${n}`, 'hash', seen);
  }
  assert.equal(documents.find('often', 'hash', place), seen);
  assert.equal(documents.find('d39', 'hash', place), seen);
  assert.equal(documents.find('d0', 'hash', place), undefined);
});
