// The words of every chapter are the same on the page as in the core: places of notes are offsets in them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder } from '../../src/core/curriculum.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import { chapterWords } from '../../src/core/study/chapterWords.ts';
import { readChapterHtml, readCurriculum } from '../../src/store/curriculumFiles.ts';
import { startPages, type Pages } from './harness.ts';
import { chapter as sample, marks } from './sample.ts';

const folder = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const chapters = chaptersInOrder(readCurriculum(folder));

let pages: Pages;
before(async () => {
  pages = await startPages(readFileSync(`${folder}/tex.css`, 'utf8'));
});
after(() => pages.close());

test('the page reads the words of every chapter as the core does', async () => {
  const { page, send, next, close, faults } = await pages.open('reader');
  let made = 0;
  for (const { id, title, headings, summary } of chapters) {
    const html = await readChapterHtml(folder, id);
    await send({ type: 'show', chapter: { ...sample, id, title, headings, summary, html }, marks });
    await page.evaluate(`(() => {
      const range = document.createRange();
      range.setStartBefore(document.querySelector('.summary'));
      range.setEndAfter(document.querySelector('.prose').lastChild);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    })()`);
    await page.keyboard.press('Alt+c');
    const { quote } = await next('makeCard', made++);
    const words = chapterWords(summary, html);
    assert.equal((quote as Quote).quote, words.text, id);
    // And where its passages start.
    const last = words.passages.at(-1);
    await page.evaluate(
      `getSelection().selectAllChildren(document.querySelector('#' + CSS.escape('${last?.anchor ?? ''}')))`,
    );
    await page.keyboard.press('Alt+c');
    const second = await next('makeCard', made++);
    assert.equal((second['quote'] as Quote).anchor, last?.anchor, id);
    assert.equal((second['quote'] as Quote).quote, words.text.slice(last?.start, last?.end).trim(), id);
  }
  assert.deepEqual(faults, []);
  await close();
});
