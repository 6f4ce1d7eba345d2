import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import { font, pdfOf, stream } from '../library/extract/tinyPdf.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenPage, type Pages } from './harness.ts';
import { drawn, fixture, textOf, withPdf, type OpenPdf } from './pdfSample.ts';

let pages: Pages;
let paper: Uint8Array;
let text: DocumentText;
before(async () => {
  pages = await startPages('');
  paper = await fixture('tex-2.pdf');
  text = await textOf(paper);
});
after(() => pages.close());

const zoom = ({ page }: OpenPage): Promise<string> => page.locator('.zoom-factor').innerText();
const pageBox = ({ page }: OpenPage) => page.getByRole('textbox', { name: 'Page', exact: true });
const canvasWidth = ({ page }: OpenPage): Promise<number> =>
  page.evaluate<number>(`document.querySelector('.page').getBoundingClientRect().width`);

test('the first page is painted, its words can be selected, and nothing is asked of anybody', async () => {
  const asked: string[] = [];
  await withPdf(
    pages,
    paper,
    async (opened) => {
      opened.page.on('request', (request) => void asked.push(request.url()));
      await opened.until(drawn(1));
      const dark = await opened.page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.page canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] < 100) dark++;
        return dark;
      })()`);
      assert.ok(dark > 1000, `${dark} dark pixels`);
      assert.match(await opened.page.locator('.page .textLayer').first().innerText(), /Notes on Models/);
      assert.equal(await opened.page.getByRole('region', { name: 'Page 1' }).count(), 1);
      assert.deepEqual(opened.faults, []);
    },
    { text },
  );
  assert.deepEqual(asked, []);
});

test('zoom by buttons, keys and wheel, fitting the width and the page', () =>
  withPdf(pages, paper, async (opened) => {
    const { page } = opened;
    await opened.until(drawn(1));
    const before = Number.parseInt(await zoom(opened), 10);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const larger = Number.parseInt(await zoom(opened), 10);
    assert.ok(larger > before, `${before} → ${larger}`);
    await page.keyboard.press('Control+-');
    await page.keyboard.press('Control+-');
    assert.ok(Number.parseInt(await zoom(opened), 10) < larger);
    await page.mouse.move(500, 400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await opened.until(`parseInt(document.querySelector('.zoom-factor').textContent) > ${larger}`);
    await page.getByRole('button', { name: 'Fit the width' }).click();
    await opened.until(`document.querySelector('.page').getBoundingClientRect().width > 900`);
    assert.ok((await canvasWidth(opened)) <= 1000);
    await page.keyboard.press('Control+0');
    await opened.until(
      `document.querySelector('.page').getBoundingClientRect().height <= document.querySelector('.pages').clientHeight`,
    );
    // VS Code must not change the size of its own window with it.
    const seen = await page.evaluate<boolean>(`new Promise((resolve) => {
      let seen = false;
      window.addEventListener('keydown', () => { seen = true; }, { once: true });
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '+', ctrlKey: true, bubbles: true }));
      resolve(seen);
    })`);
    assert.equal(seen, false);
  }));

test('the page box goes to a page, and only to one that is there', () =>
  withPdf(pages, paper, async (opened) => {
    await opened.until(drawn(1));
    assert.equal(await opened.page.locator('.page-count').innerText(), 'of 4');
    await pageBox(opened).fill('3');
    await pageBox(opened).press('Enter');
    await opened.until(drawn(3));
    await pageBox(opened).blur();
    assert.equal(await pageBox(opened).inputValue(), '3');
    await pageBox(opened).fill('99');
    await pageBox(opened).press('Enter');
    await pageBox(opened).blur();
    assert.equal(await pageBox(opened).inputValue(), '3');
    await opened.page.getByRole('button', { name: 'Next page' }).click();
    await opened.until(`document.querySelector('.page-box').value === '4'`);
  }));

test('searching counts, marks everything, goes on and back, and says when there is nothing', () =>
  withPdf(pages, paper, async (opened) => {
    const { page } = opened;
    await opened.until(drawn(1));
    await page.keyboard.press('Control+f');
    const box = page.getByRole('textbox', { name: 'Search in the document' });
    await box.fill('cache');
    const count = page.locator('.find-count');
    await opened.until(`/^1 of \\d+$/.test(document.querySelector('.find-count').textContent)`);
    const total = Number((await count.innerText()).split(' ').at(-1));
    assert.ok(total > 10, `${total}`);
    assert.ok((await page.locator('.textLayer .highlight').count()) > 3);
    assert.match(await page.locator('.textLayer .highlight.selected').first().innerText(), /cache/i);
    await box.press('Enter');
    await opened.until(`document.querySelector('.find-count').textContent === '2 of ${total}'`);
    await box.press('Shift+Enter');
    await box.press('Shift+Enter');
    await opened.until(`document.querySelector('.find-count').textContent === '${total} of ${total}'`);
    await box.fill('quokka');
    await opened.until(`document.querySelector('.find-count').textContent === 'Not found'`);
    await box.press('Escape');
    assert.equal(await box.isVisible(), false);
    await opened.until(`document.querySelectorAll('.textLayer .highlight').length === 0`);
  }));

/** Three pages, an outline, a link to page 3 and one to the web. */
const linked = (): Buffer =>
  pdfOf({
    1: '<< /Type /Catalog /Pages 2 0 R /Outlines 10 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R 6 0 R 7 0 R] /Count 3 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R /Annots [8 0 R 9 0 R] >>',
    4: stream('BT /F1 12 Tf 72 700 Td (See part three, and the web.) Tj ET'),
    5: font,
    6: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
    7: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
    8: '<< /Type /Annot /Subtype /Link /Rect [70 690 150 715] /Dest [7 0 R /Fit] >>',
    9: '<< /Type /Annot /Subtype /Link /Rect [160 690 260 715] /A << /S /URI /URI (https://example.org/paper) >> >>',
    10: '<< /First 11 0 R /Last 12 0 R /Count 2 >>',
    11: '<< /Title (First part) /Parent 10 0 R /Next 12 0 R /Dest [3 0 R /Fit] >>',
    12: '<< /Title (Third part) /Parent 10 0 R /Prev 11 0 R /Dest [7 0 R /Fit] >>',
  });

test('the outline and links inside lead on; links to the web are left to the extension', async () => {
  await withPdf(pages, linked(), async (opened) => {
    const { page, next } = opened;
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await opened.until(`document.querySelectorAll('.annotationLayer a').length === 2`);
    await page.locator('.annotationLayer a[data-href]').click();
    assert.deepEqual(await next('openLink'), { type: 'openLink', url: 'https://example.org/paper' });
    assert.equal(await page.locator('.annotationLayer a[href^="http"]').count(), 0);
    await page.locator('.annotationLayer a:not([data-href])').click();
    await opened.until(`document.querySelector('.page-box').value === '3'`);
    await page.getByRole('button', { name: 'Contents' }).click();
    await page.getByRole('button', { name: 'First part' }).focus();
    await page.keyboard.press('Enter');
    await opened.until(`document.querySelector('.page-box').value === '1'`);
    assert.deepEqual(asked, []);
  });
});

test('beside the pages: what it is, where the handbook cites it, and the ways to read it otherwise', () =>
  withPdf(pages, paper, async (opened) => {
    const { page, next } = opened;
    await opened.until(drawn(1));
    await page.getByRole('button', { name: 'Contents' }).click();
    const beside = page.getByRole('complementary', { name: 'About this document' });
    await beside.getByRole('heading', { name: 'Notes on Models and What They Cost' }).waitFor();
    const cites = beside.getByRole('navigation', { name: 'Where the handbook cites this' });
    await cites.getByRole('link', { name: 'FlashAttention' }).click();
    assert.deepEqual(await next('openChapter'), { type: 'openChapter', chapterId: 'flashattention', beside: false });
    await beside.getByRole('button', { name: 'Read as text' }).click();
    assert.deepEqual(await next('read'), { type: 'read', reading: { form: 'main', pages: false } });
    await beside.getByRole('button', { name: 'Open elsewhere' }).click();
    await next('openOriginal');
  }));

test('the place is told when scrolling rests, and gone back to with its size', async () => {
  let place: unknown;
  await withPdf(pages, paper, async (opened) => {
    await opened.until(drawn(1));
    await opened.page.getByRole('button', { name: 'Fit the width' }).click();
    await pageBox(opened).fill('2');
    await pageBox(opened).press('Enter');
    await opened.until(drawn(2));
    await opened.page.evaluate(`document.querySelector('.pages').scrollBy(0, 300)`);
    await opened.until(
      `posted.some(({ type, place }) => type === 'place' && place.page === 2 && place.fraction > 0.1)`,
    );
    place = (await opened.posted('place')).at(-1)?.['place'];
    const kept = (await opened.state()) as Readonly<Record<string, unknown>>;
    assert.deepEqual(kept, { documentId: 'd1', reading: { form: 'main', pages: true }, place });
  });
  const again = async (opened: OpenPdf): Promise<void> => {
    await opened.until(drawn(2));
    await opened.until(`document.querySelector('.page-box').value === '2'`);
    const top = await opened.page.evaluate<number>(`(() => {
      const { top, height } = document.querySelector('.page[data-page-number="2"]').getBoundingClientRect();
      return (document.querySelector('.pages').getBoundingClientRect().top - top) / height;
    })()`);
    const { fraction, zoom: size } = place as { fraction: number; zoom: string };
    assert.ok(Math.abs(top - fraction) < 0.01, `${top} ${fraction}`);
    assert.equal(size, 'page-width');
    assert.equal(await opened.page.getByRole('button', { name: 'Fit the width' }).getAttribute('aria-pressed'), 'true');
  };
  // From what was kept with the document, and from what the page kept over a reload.
  await withPdf(pages, paper, again, { document: { place } as { place: never } });
  await withPdf(pages, paper, again, { state: { documentId: 'd1', place } });
});

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [1000, 360]) {
    test(`everything is named and fits: ${theme}, ${width} px`, () =>
      withPdf(
        pages,
        paper,
        async (opened) => {
          await opened.until(drawn(1));
          assert.deepEqual(await namelessControls(opened), []);
          assert.deepEqual(await overflow(opened), []);
          await opened.page.getByRole('button', { name: 'Contents' }).click();
          await opened.page.keyboard.press('Control+f');
          await opened.page.keyboard.type('cache');
          await opened.send({ type: 'goTo', passage: 2, lines: { from: 1, to: 3 } });
          await opened.until(`document.querySelector('.find-count').textContent !== ''`);
          assert.deepEqual(await namelessControls(opened), []);
          const shots = process.env['COMPANION_SHOTS'];
          if (shots === undefined) return;
          await opened.page.waitForTimeout(500);
          await opened.page.screenshot({ path: `${shots}/pdf-${theme}-${width}.png` });
        },
        { text, theme, width },
      ));
  }
}
