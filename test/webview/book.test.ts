// Every chapter of the real book, on the real page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder } from '../../src/core/curriculum.ts';
import { readChapterHtml, readCurriculum } from '../../src/store/curriculumFiles.ts';
import { overflow } from './accessibility.ts';
import { startPages, type Pages } from './harness.ts';
import { chapter as sample, marks } from './sample.ts';

const folder = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const chapters = chaptersInOrder(readCurriculum(folder));

let pages: Pages;
before(async () => {
  pages = await startPages(readFileSync(`${folder}/tex.css`, 'utf8'));
});
after(() => pages.close());

/** Words of a figure that stick out of its picture by more than a hair, run in the page. */
function wordsOutside(): string[] {
  const slack = 2;
  return [...document.querySelectorAll('figure svg')].flatMap((svg) => {
    const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
    const box = svg.getBoundingClientRect();
    const scale = box.width / width;
    return [...svg.querySelectorAll('text')].flatMap((text) => {
      const at = text.getBoundingClientRect();
      const x = (at.left - box.left) / scale + left;
      const y = (at.top - box.top) / scale + top;
      const outside =
        x < left - slack ||
        y < top - slack ||
        x + at.width / scale > left + width + slack ||
        y + at.height / scale > top + height + slack;
      return outside ? [text.textContent] : [];
    });
  });
}

test('no chapter breaks the page’s policy, no figure’s words leave it, nothing is wider than a narrow page', async () => {
  const faults: Record<string, unknown> = {};
  const wide = await pages.open('reader', { width: 1100 });
  const narrow = await pages.open('reader', { width: 400 });
  for (const { id, title, headings } of chapters) {
    const chapter = { ...sample, id, title, headings, html: await readChapterHtml(folder, id) };
    for (const page of [wide, narrow]) {
      await page.send({ type: 'show', chapter, marks });
      await page.page.evaluate('document.fonts.ready.then(() => undefined)');
    }
    const found = [...(await wide.page.evaluate(wordsOutside)), ...(await overflow(narrow))];
    if (found.length > 0) faults[id] = found;
  }
  assert.deepEqual(faults, {});
  assert.deepEqual([...wide.faults, ...narrow.faults], []);
  await wide.close();
  await narrow.close();
});
