// Files that want more than to be looked at: nothing of them runs, nobody is asked for anything, and the page lives.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { font, lines, onePage, pdfOf, stream } from '../library/extract/tinyPdf.ts';
import { startPages, type Pages } from './harness.ts';
import { drawn, shownPdf, withPdf } from './pdfSample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

const script = `(app.launchURL\\("https://tracker.example.org/"\\); window.hit = 1; self.hit = 1)`;
const action = `<< /S /JavaScript /JS ${script} >>`;
const annotation = (body: string): Parameters<typeof onePage>[0] => ({
  page: '/Annots [6 0 R]',
  objects: { 6: `<< /Type /Annot /Rect [50 600 500 780] ${body} >>` },
});

const hostile: Readonly<Record<string, Buffer>> = {
  'a script that runs on opening': onePage({ catalogue: `/OpenAction ${action}` }),
  'scripts with names, and of the page': onePage({
    catalogue: `/Names << /JavaScript << /Names [(a) ${action}] >> >>`,
    page: `/AA << /O ${action} >>`,
  }),
  'an address to open': onePage({ catalogue: '/OpenAction << /S /URI /URI (https://tracker.example.org/) >>' }),
  'a program to launch': onePage({ catalogue: '/OpenAction << /S /Launch /F (/bin/sh) >>' }),
  'a link with a script': onePage(annotation(`/Subtype /Link /A ${action}`)),
  'a link that is a script': onePage(annotation('/Subtype /Link /A << /S /URI /URI (javascript:window.hit=1) >>')),
  'a form that sends itself': onePage(
    annotation('/Subtype /Widget /FT /Btn /T (b) /A << /S /SubmitForm /F (https://tracker.example.org/) >>'),
  ),
  'a note with HTML, and one with an icon to fetch': onePage(
    annotation(
      '/Subtype /Text /Name /Comment /Contents (<img src=x onerror=window.hit=1>) /RC (<body><p>x</p></body>)',
    ),
  ),
  'a film elsewhere': onePage(annotation('/Subtype /Movie /Movie << /F (https://tracker.example.org/film) >>')),
  'a form of XML': onePage({
    catalogue: '/AcroForm << /XFA 6 0 R >>',
    objects: { 6: stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>window.hit=1</script></xdp:xdp>') },
  }),
  'a form that draws itself': onePage({
    page: '/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>',
    content: stream(`/X Do ${lines}`),
    objects: { 6: stream('/X Do', '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>') },
  }),
  'a picture that says it is huge': onePage({
    page: '/Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >>',
    content: stream(`/I Do ${lines}`),
    objects: {
      6: stream(
        Buffer.alloc(1000),
        '/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB',
      ),
    },
  }),
};

for (const [what, bytes] of Object.entries(hostile)) {
  test(`shown as if nothing were in it: ${what}`, async () => {
    const asked: string[] = [];
    await withPdf(pages, bytes, async (opened) => {
      opened.page.on('request', (request) => void asked.push(request.url()));
      opened.page.on('dialog', () => void asked.push('a dialog'));
      await opened.until(drawn(1));
      assert.match(await opened.page.locator('.textLayer').first().innerText(), /quick brown fox/);
      // Whatever can be pressed is pressed.
      for (const link of await opened.page.locator('.annotationLayer a').all()) await link.click();
      await opened.page.waitForTimeout(100);
      assert.equal(await opened.page.evaluate('window.hit'), undefined);
      for (const { url } of await opened.posted('openLink')) assert.match(String(url), /^https:/);
      assert.equal(await opened.page.locator('.annotationLayer :is(input, button, img, iframe, form)').count(), 0);
      assert.deepEqual(opened.faults, []);
    });
    assert.deepEqual(asked, []);
  });
}

test('in the thread that reads files, decoders may run, and words may not become code', () =>
  withPdf(pages, onePage({}), async (opened) => {
    await opened.until(drawn(1));
    const [worker] = opened.page.workers();
    assert.ok(worker);
    const empty = 'new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])';
    assert.equal(await worker.evaluate(`WebAssembly.instantiate(${empty}).then(() => 'runs')`), 'runs');
    const made = `setTimeout(() => { try { new Function('self.made = 1')(); } catch { self.made = 'no'; } })`;
    await worker.evaluate(made);
    assert.equal(await worker.evaluate(`new Promise((done) => setTimeout(() => done(self.made), 50))`), 'no');
    const asked = `fetch(new URL('/theme.css', self.location.origin)).then(() => 'went', () => 'no')`;
    assert.equal(await worker.evaluate(asked), 'no');
  }));

test('pages as large as a country take no more than others', async () => {
  const bytes = onePage({ page: '/MediaBox [0 0 100000000 100000000]' });
  await withPdf(pages, bytes, async (opened) => {
    await opened.until(`document.querySelector('.page canvas') !== null`);
    const pixels = await opened.page.evaluate<number>(
      `[...document.querySelectorAll('canvas')].reduce((sum, { width, height }) => sum + width * height, 0)`,
    );
    assert.ok(pixels <= 2 * 2 ** 24, `${pixels} pixels`);
    await opened.page.getByRole('button', { name: 'Zoom in' }).click();
    await opened.page.getByRole('button', { name: 'Contents' }).click();
    await opened.page.getByRole('complementary').waitFor();
  });
});

test('of three hundred pages only those near the window are drawn', async () => {
  const kids = Array.from({ length: 300 }, (_, at) => 10 + at);
  const bytes = pdfOf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count 300 /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> >>`,
    4: stream(lines),
    5: font,
    ...Object.fromEntries(kids.map((kid) => [kid, '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>'])),
  });
  await withPdf(pages, bytes, async (opened) => {
    await opened.until(drawn(1));
    const canvases = (): Promise<number> => opened.page.locator('.page canvas').count();
    for (const page of [40, 90, 150, 220, 300, 1, 170]) {
      const box = opened.page.getByRole('textbox', { name: 'Page', exact: true });
      await box.fill(String(page));
      await box.press('Enter');
      await opened.until(drawn(page));
      assert.ok((await canvases()) <= 12, `${await canvases()} canvases at page ${page}`);
    }
    assert.equal(await opened.page.locator('.page').count(), 300);
  });
});

test('pictures of pages are shown, and it is said that there is nothing to search', () =>
  withPdf(
    pages,
    onePage({ content: stream('0 0 100 100 re f') }),
    async (opened) => {
      await opened.until(`document.querySelector('.page canvas') !== null`);
      await opened.page.getByText('without text').waitFor();
      assert.ok(await opened.page.getByRole('button', { name: 'Search in the document' }).isDisabled());
      await opened.page.keyboard.press('Control+f');
      assert.equal(await opened.page.getByRole('search').isVisible(), false);
    },
    { document: { problem: 'Pictures of pages, without text: there is nothing to search.', searchable: false } },
  ));

test('what is no PDF says so, and can be opened elsewhere', () =>
  withPdf(pages, Buffer.from('%PDF-1.7\nnothing more'), async (opened) => {
    await opened.page.getByRole('alert').getByText('This PDF can’t be shown').waitFor();
    await opened.page.getByRole('button', { name: 'Contents' }).click();
    await opened.page.getByRole('button', { name: 'Open elsewhere' }).click();
    await opened.next('openOriginal');
  }));

/** RC4, which the oldest locks use and OpenSSL no longer has. */
function rc4(key: Buffer, bytes: Buffer): Buffer {
  const box = Uint8Array.from({ length: 256 }, (_, at) => at);
  const swap = (a: number, b: number): void => {
    [box[a], box[b]] = [box[b] ?? 0, box[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) & 255;
      j = (j + (box[i] ?? 0)) & 255;
      swap(i, j);
      return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) & 255] ?? 0);
    }),
  );
}

const md5 = (...parts: readonly Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

/** A page that the password opens, locked as PDF 1.3 does it. */
function locked(password: string): Buffer {
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
  const id = Buffer.alloc(16, 7);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const key = md5(padded, owner, Buffer.from([0xfc, 0xff, 0xff, 0xff]), id).subarray(0, 5);
  const user = rc4(key, padding);
  const ofObject = (number: number): Buffer => md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10);
  const plain = stream(lines).toString('latin1');
  const at = plain.indexOf('stream\n') + 'stream\n'.length;
  const end = plain.lastIndexOf('\nendstream');
  const data = rc4(ofObject(4), Buffer.from(plain.slice(at, end), 'latin1'));
  const content = Buffer.concat([
    Buffer.from(plain.slice(0, at), 'latin1'),
    data,
    Buffer.from(plain.slice(end), 'latin1'),
  ]);
  const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;
  const file = onePage({
    content,
    objects: { 9: `<< /Filter /Standard /V 1 /R 2 /O ${hex(owner)} /U ${hex(user)} /P -4 >>` },
  }).toString('latin1');
  const trailer = `/Root 1 0 R /Encrypt 9 0 R /ID [${hex(id)} ${hex(id)}]`;
  return Buffer.from(file.replace('/Root 1 0 R', trailer), 'latin1');
}

test('a locked PDF asks for its password, again if it is wrong, and keeps it nowhere', () =>
  withPdf(pages, locked('quokka'), async (opened) => {
    const box = opened.page.getByRole('textbox', { name: 'Password' });
    await box.fill('wombat');
    await box.press('Enter');
    await opened.page.getByText('That isn’t the password').waitFor();
    await opened.page.getByRole('textbox', { name: 'Password' }).fill('quokka');
    await opened.page.getByRole('button', { name: 'Open', exact: true }).click();
    await opened.until(drawn(1));
    assert.match(await opened.page.locator('.textLayer').first().innerText(), /quick brown fox/);
    // Longer than a page rests before it tells how it looks.
    await sleep(1500);
    assert.deepEqual(await opened.posted('seen'), []);
    const everything = JSON.stringify([await opened.state(), await opened.page.evaluate('posted')]);
    assert.ok(!everything.includes('quokka'));
    assert.equal(shownPdf.problem, '');
  }));
