// What a new page of a PDF has from the start.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type * as vscode from 'vscode';
import type { StoredText } from '../../../src/library/shelf/texts.ts';
import type { PdfPlace, ShownPdf } from '../../../src/protocol/pdf.ts';
import { PdfFace } from '../../../src/vscode/document/pdfFace.ts';
import { createSeenDocuments } from '../../../src/vscode/document/seenDocuments.ts';

const place: PdfPlace = { page: 3, fraction: 0.5, zoom: 'auto' };
const text: StoredText = {
  form: 'main',
  passages: [
    {
      ...{ number: 0, kind: 'text', heading: '', text: 'Weights < caches' },
      boxes: [{ page: 1, x: 72, y: 72, width: 200, height: 12, at: 0 }],
    },
  ],
  between: [],
  firstPage: { width: 612, height: 792 },
};

let folder: string;
const file = { path: '', hash: 'a' };
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'face-'));
  file.path = join(folder, 'paper.pdf');
  await writeFile(file.path, '%PDF-1.7');
});
after(() => rm(folder, { recursive: true }));

const shownAt = (at?: PdfPlace): ShownPdf => ({
  documentId: 'd',
  ...{ subject: '', title: '', creators: '', facts: [], original: '', readings: [], problem: '', citedBy: [] },
  searchable: true,
  ...(at && { place: at }),
});

function face(): PdfFace {
  // Nothing is asked of the extension's folder here.
  const folderOfExtension: Partial<vscode.Uri> = {};
  return new PdfFace(folderOfExtension as vscode.Uri, 'd', createSeenDocuments(), () => undefined);
}

test('at its first opening the words of the first page stand there', async () => {
  const { first, behind } = await face().extras(shownAt(), file, text, false);
  assert.deepEqual(first, { type: 'open', document: shownAt(), bytes: Buffer.from('%PDF-1.7').toString('base64') });
  assert.match(behind?.html ?? '', /<svg viewBox="0 0 612 792" width="1020"><text .*>Weights &lt; caches<\/text>/);
  assert.equal(behind?.pictures, false);
});

test('nothing stands there that will stand elsewhere: at a passage, on another page, of an unknown size, a slide', async () => {
  const { firstPage, ...without } = text;
  assert.ok(firstPage);
  for (const [shown, read, atPassage] of [
    [shownAt(), text, true],
    [shownAt(place), text, false],
    [shownAt({ ...place, page: 1 }), text, false],
    [shownAt({ page: 1, fraction: 0, zoom: 'page-fit' }), text, false],
    [shownAt(), without, false],
    [shownAt(), { ...text, firstPage: { width: 960, height: 540 } }, false],
    [shownAt(), undefined, false],
  ] as const) {
    assert.equal((await face().extras(shown, file, read, atPassage)).behind, undefined);
  }
});

test('once it told how it looks, it stands there so, at that place and of the same file', async () => {
  const one = face();
  await one.extras(shownAt(place), file, text, false);
  one.greet();
  one.keepSeen({ place, width: 800, height: 600, picture: Buffer.from('RIFF') });
  const picture = /<source media="\(width: 800px\) and \(height: 600px\)" srcset="data:image\/webp;base64,UklGRg==">/;
  assert.match(one.behind(place)?.html ?? '', picture);
  assert.equal(one.behind({ ...place, page: 4 }), undefined);
  one.forget();
  assert.equal(one.behind(place), undefined);
  assert.match((await one.extras(shownAt(place), file, text, false)).behind?.html ?? '', picture);
  assert.equal((await one.extras(shownAt(place), file, text, true)).behind, undefined);
  assert.equal((await one.extras(shownAt(place), { ...file, hash: 'b' }, text, false)).behind, undefined);
});

test('a large file comes later; what stands there meanwhile comes at once', async () => {
  const large = { path: join(folder, 'large.pdf'), hash: 'c' };
  await writeFile(large.path, Buffer.alloc(2_000_001));
  const { first, behind } = await face().extras(shownAt(), large, text, false);
  assert.equal(first, undefined);
  assert.ok(behind);
});
