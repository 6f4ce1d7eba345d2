import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFromDocument, parseFromPdf, parseKeptDocument } from '../../../src/vscode/document/documentMessages.ts';

const quote = { anchor: 'main:3', quote: 'words', before: '', after: '' };
const seen = { place: { page: 3, fraction: 0.5, zoom: 'auto' }, width: 800, height: 600 };
const subject = 'saved:https://example.org/paper.pdf?a=1';

test('what the page of a PDF says is understood', () => {
  for (const message of [
    { type: 'ready' },
    { type: 'place', place: { page: 3, fraction: 0.5, zoom: 'page-width' } },
    { type: 'seen', seen: { ...seen, picture: new Uint8Array(9) } },
    { type: 'need', request: 1, kind: 'cMapUrl', name: 'Adobe-Japan1-UCS2.bcmap' },
    { type: 'need', request: 1, kind: 'wasmUrl', name: 'jbig2.wasm' },
    { type: 'askAbout', text: 'words' },
    { type: 'read', reading: { form: 'main', pages: false } },
    { type: 'openLink', url: 'https://example.org' },
    { type: 'openChapter', chapterId: 'lora', beside: true },
    { type: 'keepNote', request: 1, chapterId: subject, quote, text: '' },
    { type: 'makeCard', chapterId: subject, quote },
    { type: 'deleteNote', noteId: 'n1' },
  ]) {
    assert.deepEqual(parseFromPdf(message), message);
  }
});

test('what isn’t theirs is nothing', () => {
  for (const message of [
    undefined,
    'ready',
    { type: 'place', place: { page: 0, fraction: 0.5, zoom: 'auto' } },
    { type: 'place', place: { page: 1, fraction: 2, zoom: 'auto' } },
    { type: 'place', place: { page: 1, fraction: 0, zoom: '"><script>' } },
    { type: 'seen', seen: { ...seen, picture: '<img>' } },
    { type: 'seen', seen: { ...seen, picture: new Uint8Array(5e6) } },
    { type: 'seen', seen: { ...seen, width: '1) or (width: 2', picture: new Uint8Array(9) } },
    { type: 'seen', seen: { ...seen, height: 0.5, picture: new Uint8Array(9) } },
    { type: 'need', request: 1, kind: 'cMapUrl', name: '../../../etc/passwd' },
    { type: 'need', request: 1, kind: 'cMapUrl', name: 'a/b' },
    { type: 'need', request: 1, kind: 'home', name: 'a' },
    { type: 'read', reading: { form: 'film', pages: true } },
    { type: 'keepNote', request: 1, chapterId: 'saved:'.padEnd(300, 'x'), quote, text: '' },
    { type: 'keepNote', request: 1, chapterId: 'https://example.org', quote, text: '' },
  ]) {
    assert.equal(parseFromPdf(message), undefined, JSON.stringify(message));
  }
  assert.equal(parseFromDocument({ type: 'place', place: { page: 3, fraction: 0.5, zoom: 'auto' } }), undefined);
  assert.equal(parseFromDocument({ type: 'need', request: 1, kind: 'cMapUrl', name: 'a' }), undefined);
});

test('what a page kept over a restart: of earlier versions only the document', () => {
  assert.deepEqual(parseKeptDocument({ documentId: 'd1' }), { documentId: 'd1' });
  const reading = { form: 'main', pages: true };
  assert.deepEqual(parseKeptDocument({ documentId: 'd1', reading, place: {} }), { documentId: 'd1', reading });
  assert.equal(parseKeptDocument({ reading }), undefined);
});
