import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { chromium as playwright } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { chromium, CHROMIUM_ARGUMENTS } from '../../../scripts/host/chromium.mjs';
import { boxesOf } from '../../../src/core/library/cutPassages.ts';
import type { DocumentPassageKind, DocumentText } from '../../../src/core/library/documentText.ts';
import { articleOf, flowOf } from './article.ts';
import type { Article } from './article.ts';
import { printArticle } from './printArticle.ts';
import { readPdf as read } from './readFile.ts';
import { score } from './score.ts';

const folder = mkdtempSync(join(tmpdir(), 'extract-'));
let browser: Browser;

before(async () => {
  browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function printed(article: Article, columns: 1 | 2): Promise<string> {
  const path = join(folder, `${columns}.pdf`);
  await printArticle(browser, article, columns, path);
  return path;
}

function flow({ title, passages }: DocumentText): string[] {
  const texts: string[] = title === undefined ? [] : [title];
  let heading = title;
  for (const passage of passages) {
    if (passage.kind !== 'text' && passage.kind !== 'reference') continue;
    if (passage.heading !== heading) texts.push(passage.heading);
    heading = passage.heading;
    texts.push(passage.text);
  }
  return texts;
}

const article = articleOf('parameter-quantization', 'speculative-decoding', 'cpu-offloading');

/** One column and two: how good reading must be. */
const bars = { 1: 0.99, 2: 0.97 } as const;

function assertWellRead(t: TestContext, document: DocumentText, expected: readonly string[], columns: 1 | 2): void {
  const { characters, order } = score(flow(document), expected);
  t.diagnostic(`characters ${characters.toFixed(4)}, order ${order.toFixed(4)}`);
  assert.ok(characters >= bars[columns], `characters ${characters}`);
  assert.ok(order >= bars[columns], `order ${order}`);
  assert.equal(document.title, expected[0]);
}

function textsOf(document: DocumentText, kind: DocumentPassageKind): string[] {
  return document.passages.filter((one) => one.kind === kind).map(({ text }) => text);
}

for (const columns of [1, 2] as const) {
  test(`what Chromium printed in ${columns} column(s) is read in order, letter by letter`, async (t) => {
    const document = await read(await printed(article, columns));
    assertWellRead(t, document, flowOf(article), columns);
    assert.deepEqual(textsOf(document, 'caption'), article.captions);
    assert.deepEqual(textsOf(document, 'reference'), article.references);
    assert.deepEqual(
      document.outline.map(({ title }) => title),
      [article.title, 'Abstract', ...article.sections.map(({ heading }) => heading), 'References'],
    );
  });

  // Made by fixtures/make.ts.
  for (const [producer, name] of [
    ['TeX', 'tex'],
    ['LibreOffice', 'office'],
  ]) {
    test(`what ${producer} printed in ${columns} column(s) is read in order, letter by letter`, async (t) => {
      const fixtures = join(import.meta.dirname, 'fixtures');
      const { flow: expected, captions } = JSON.parse(await readFile(join(fixtures, 'flow.json'), 'utf8')) as {
        readonly flow: readonly string[];
        readonly captions: readonly string[];
      };
      const document = await read(join(fixtures, `${name}-${columns}.pdf`));
      assertWellRead(t, document, expected, columns);
      assert.deepEqual(textsOf(document, 'caption'), captions);
      assert.equal(textsOf(document, 'reference').length, 14);
    });
  }
}

test('a sentence is found again at the lines where it is printed', async () => {
  const path = await printed(article, 2);
  const document = await read(path);
  for (const { kind, text, boxes } of document.passages.filter((one) => one.kind === 'text')) {
    assert.ok(boxes.length > 0, kind);
    assert.ok(boxes.every(({ page }) => page >= 1 && page <= (document.pages ?? 0)));
    const middle = Math.floor(text.length / 2);
    const lines = boxesOf({ boxes }, middle, middle + 10);
    assert.ok(lines.length >= 1 && lines.length <= 2, `${lines.length} lines for ten letters`);
    const [line] = lines;
    assert.ok(line && line.at <= middle && line.width > 20 && line.height > 5);
  }
});

test('a file that is no PDF, one cut short and one of random bytes cost one clear error each', async () => {
  const whole = await readFile(await printed(article, 1));
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['text', Buffer.from('This is not a PDF.'), /damaged/],
    ['nothing', new Uint8Array(), /damaged/],
    ['a head alone', whole.subarray(0, 300), /damaged|empty|scanned/],
    ['random', Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251), /damaged/],
  ];
  for (const [name, bytes, problem] of cases) {
    const path = join(folder, `${name}.pdf`);
    writeFileSync(path, bytes);
    await assert.rejects(read(path), (error: { problem?: string }) => problem.test(error.problem ?? ''), name);
  }
});
