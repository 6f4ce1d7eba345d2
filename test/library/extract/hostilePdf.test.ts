// Files that want more than to be read. Each costs at most one clear error; this process lives and asks nothing of anybody.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ExtractProblem } from '../../../src/core/library/documentText.ts';
import { ExtractError } from '../../../src/library/extract/extractError.ts';
import { readPdf } from './readFile.ts';
import { lines, onePage, pdfOf, stream, font } from './tinyPdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The text of a file, or why it can't be read. Anything else is a failure. */
async function outcome(bytes: Buffer): Promise<string | { readonly problem: ExtractProblem }> {
  const path = join(folder, 'file.pdf');
  writeFileSync(path, bytes);
  try {
    const { passages } = await readPdf(path, { memoryBytes: 400_000_000, idleMs: 30_000 });
    return passages.map(({ text }) => text).join(' ');
  } catch (error) {
    assert.ok(error instanceof ExtractError, String(error));
    assert.notEqual(error.problem, 'crashed', error.message);
    return { problem: error.problem };
  }
}

const mark = join(folder, 'executed');
const script = `(try { app.launchURL\\("https://example.org/"\\) } catch \\(e\\) {} require\\('fs'\\).writeFileSync\\('${mark}', ''\\))`;

const read: readonly (readonly [string, Buffer])[] = [
  ['a script that runs on opening', onePage({ catalogue: `/OpenAction << /S /JavaScript /JS ${script} >>` })],
  [
    'a named script and one of the page',
    onePage({
      catalogue: `/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS ${script} >>] >> >>`,
      page: `/AA << /O << /S /JavaScript /JS ${script} >> >>`,
    }),
  ],
  ['a program to launch', onePage({ catalogue: '/OpenAction << /S /Launch /F (/bin/sh) >>' })],
  ['an address to open', onePage({ catalogue: '/OpenAction << /S /URI /URI (https://example.org/) >>' })],
  [
    'a file inside',
    onePage({
      catalogue: '/Names << /EmbeddedFiles << /Names [(x.sh) << /Type /Filespec /F (x.sh) /EF << /F 6 0 R >> >>] >> >>',
      objects: { 6: stream('#!/bin/sh\n', '/Type /EmbeddedFile') },
    }),
  ],
  ['pages as large as a country', onePage({ page: '/MediaBox [0 0 100000000 100000000]' })],
  [
    'a picture that says it is huge',
    onePage({
      page: '/Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >>',
      content: stream(`/I Do ${lines}`),
      objects: {
        6: stream(
          Buffer.alloc(1000),
          '/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB',
        ),
      },
    }),
  ],
  [
    'an outline that bites its own tail',
    onePage({
      catalogue: '/Outlines 6 0 R',
      objects: {
        6: '<< /First 7 0 R /Last 7 0 R /Count 1 >>',
        7: '<< /Title (Round) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>',
      },
    }),
  ],
  [
    'a form that draws itself',
    onePage({
      page: '/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>',
      content: stream(`/X Do ${lines}`),
      objects: {
        6: stream('/X Do', '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>'),
      },
    }),
  ],
];

for (const [what, bytes] of read) {
  test(`read as if nothing were in it: ${what}`, async () => {
    const text = await outcome(bytes);
    assert.ok(typeof text === 'string', JSON.stringify(text));
    assert.match(text, /quick brown fox/);
    assert.ok(!existsSync(mark), 'the script ran');
  });
}

const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>';
const refused: readonly (readonly [string, () => Buffer, readonly ExtractProblem[]])[] = [
  [
    'a tree of pages that goes in a circle',
    () =>
      pdfOf({
        1: '<< /Type /Catalog /Pages 2 0 R >>',
        2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        3: '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>',
      }),
    ['damaged', 'empty', 'scanned', 'too-slow'],
  ],
  [
    'a million pages',
    () =>
      pdfOf({
        1: '<< /Type /Catalog /Pages 2 0 R >>',
        2: '<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>',
        3: page,
        4: stream(''),
      }),
    // Pages that aren't there aren't believed: one is left, with nothing on it.
    ['scanned'],
  ],
  [
    'a text that unpacks to a gigabyte',
    () => onePage({ content: stream(Buffer.concat([Buffer.from(lines), Buffer.alloc(1_000_000_000, 32)])) }),
    ['too-much-memory', 'too-slow', 'damaged'],
  ],
  [
    'packed again and again',
    () => {
      const bomb = stream(stream(Buffer.alloc(300_000_000)));
      return onePage({ content: bomb });
    },
    ['too-much-memory', 'damaged', 'scanned', 'empty'],
  ],
  ['pictures of pages', () => onePage({ content: stream('0 0 100 100 re f') }), ['scanned']],
  ['a font without an end', () => pdfOf({ 1: '<< /Type /Catalog /Pages 9 0 R >>', 5: font }), ['damaged']],
];

for (const [what, bytes, problems] of refused) {
  test(`refused with a reason: ${what}`, async () => {
    const result = await outcome(bytes());
    assert.ok(typeof result !== 'string', 'was read');
    assert.ok(problems.includes(result.problem), result.problem);
  });
}

test('cut short anywhere, or with any bytes changed, a file is read or refused', async () => {
  const whole = onePage({});
  // Always the same places.
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  for (let round = 0; round < 6; round++) {
    const cut = Buffer.from(whole.subarray(0, Math.floor((whole.length * (round + 1)) / 7)));
    const changed = Buffer.from(whole);
    for (let change = 0; change < 6; change++) changed[random(changed.length)] = random(256);
    for (const bytes of [cut, changed]) await outcome(bytes);
  }
});
