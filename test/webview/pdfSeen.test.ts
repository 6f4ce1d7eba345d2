// The picture of a PDF's pages that the page makes for its next opening, and the one that it came with.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPages, type OpenPage, type Pages } from './harness.ts';
import { drawn, fixture, shownPdf, withPdf } from './pdfSample.ts';

let pages: Pages;
let paper: Uint8Array;
before(async () => {
  pages = await startPages('');
  paper = await fixture('tex-2.pdf');
});
after(() => pages.close());

interface Picture {
  readonly place: unknown;
  readonly size: readonly number[];
  /** How many of its pixels are dark, of those where the window has pages. */
  readonly dark: number;
  /** How opaque it is where the window has its bar, from 0 to 255. */
  readonly bar: number;
  readonly bytes: number;
}

/** The last picture that the page posted, if it posted one. */
const lastPicture = ({ page }: OpenPage): Promise<Picture | undefined> =>
  page.evaluate<Picture | undefined>(`(async () => {
    const seen = posted.filter(({ type }) => type === 'seen').at(-1)?.seen;
    if (!seen) return undefined;
    const bitmap = await createImageBitmap(new Blob([seen.picture], { type: 'image/webp' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 100 && data[at + 3] > 200) dark++;
    const { place, width, height } = seen;
    return { place, size: [width, height, bitmap.width, bitmap.height], dark, bar: data[3], bytes: seen.picture.length };
  })()`);

/** The share of the paper's pixels in the last picture that differ from the window's as it stands. */
async function differing({ page }: OpenPage): Promise<number> {
  const shot = (await page.screenshot()).toString('base64');
  return page.evaluate<number>(`(async () => {
    const { picture } = posted.filter(({ type }) => type === 'seen').at(-1).seen;
    const shot = Uint8Array.from(atob('${shot}'), (letter) => letter.charCodeAt(0));
    const [seen, now] = await Promise.all([new Blob([picture]), new Blob([shot])].map(async (blob) => {
      const bitmap = await createImageBitmap(blob);
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    }));
    let [all, other] = [0, 0];
    for (let at = 0; at < seen.length; at += 4) {
      if (seen[at + 3] < 255) continue;
      all++;
      if (Math.abs(seen[at] - now[at]) > 60) other++;
    }
    return other / all;
  })()`);
}

async function pictureAt(opened: OpenPage, wanted: (picture: Picture) => boolean): Promise<Picture> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const picture = await lastPicture(opened);
    if (picture && wanted(picture)) return picture;
    await sleep(50);
  }
  throw new Error(`No such picture; the last: ${JSON.stringify(await lastPicture(opened))}`);
}

for (const scale of [1, 2]) {
  test(`when the learner rests, the page tells how it looks and where, at ${scale} pixels a pixel`, () =>
    withPdf(
      pages,
      paper,
      async (opened) => {
        const first = await pictureAt(opened, () => true);
        assert.deepEqual(first.place, { page: 1, fraction: 0, zoom: 'auto' });
        assert.deepEqual(first.size.slice(0, 2), [1000, 800]);
        assert.ok(first.dark > 1000, `${first.dark} dark pixels`);
        assert.equal(first.bar, 0);
        assert.ok(first.bytes < 1e6, `${first.bytes} bytes`);
        await opened.page.locator('.pages').press('PageDown');
        const further = await pictureAt(opened, ({ place }) => JSON.stringify(place) !== JSON.stringify(first.place));
        const [told] = (await opened.posted('place')).slice(-1);
        assert.deepEqual(further.place, told?.['place']);
        const share = await differing(opened);
        assert.ok(share < 0.01, `${Math.round(share * 1000) / 10} % of it look otherwise`);
        assert.deepEqual(opened.faults, []);
      },
      { scale },
    ));
}

test('with something beside the pages there is no picture: they would open without', () =>
  withPdf(pages, paper, async (opened) => {
    await opened.until(drawn(1));
    await opened.page.getByRole('button', { name: 'Contents' }).click();
    const before = (await opened.posted('seen')).length;
    await opened.page.locator('.pages').press('PageDown');
    await opened.next('place', (await opened.posted('place')).length);
    await sleep(1500);
    assert.equal((await opened.posted('seen')).length, before);
  }));

const cameWithPicture = `document.body.insertAdjacentHTML('afterbegin', '<picture class="behind seen"><img alt=""></picture>')`;

test('the picture that the page came with goes when the pages are drawn', async () => {
  const opened = await pages.open('pdf', { width: 1000, height: 800 });
  await opened.page.evaluate(cameWithPicture);
  await opened.send({ type: 'open', document: shownPdf, bytes: new Uint8Array(paper) });
  await opened.page.locator('.page[data-loaded] canvas').first().waitFor();
  await opened.page.locator('.behind').waitFor({ state: 'detached' });
  await opened.close();
});

test('the picture goes when the file is damaged', async () => {
  const opened = await pages.open('pdf', { width: 1000, height: 800 });
  await opened.page.evaluate(cameWithPicture);
  await opened.send({ type: 'open', document: shownPdf, bytes: new Uint8Array([1, 2, 3]) });
  await opened.page.locator('.cover:not([hidden])').waitFor();
  assert.equal(await opened.page.locator('.behind').count(), 0);
  await opened.close();
});
