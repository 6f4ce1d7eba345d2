import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ShownDocument } from '../../src/protocol/document.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { page, printed } from './documentSample.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

async function withPage(
  document: ShownDocument,
  run: (opened: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const opened = await pages.open('document', { width: 900, height: 700, ...options });
  try {
    await opened.send({ type: 'show', document });
    await run(opened);
    assert.deepEqual(opened.faults, []);
  } finally {
    await opened.close();
  }
}

const cited = ({ page: shown }: OpenPage): Promise<string[]> =>
  shown.evaluate<string[]>(`[...document.querySelectorAll('.cited-passage')].map(({ id }) => id)`);
const inView = ({ page: shown }: OpenPage, id: string): Promise<boolean> =>
  shown.evaluate<boolean>(
    `(() => { const { top, bottom } = document.getElementById('${id}').getBoundingClientRect(); return bottom > 0 && top < innerHeight; })()`,
  );

test('a passage is highlighted, scrolled to and focused, and only it', () =>
  withPage(page, async (opened) => {
    assert.deepEqual(await cited(opened), []);
    await opened.send({ type: 'goTo', passage: 1 });
    assert.deepEqual(await cited(opened), ['b5', 'b6', 'b7']);
    assert.ok(await inView(opened, 'b5'));
    assert.equal(await opened.page.evaluate<string>('document.activeElement.id'), 'b5');
    // Its heading ends a passage.
    await opened.send({ type: 'goTo', passage: 3 });
    assert.deepEqual(await cited(opened), ['b8', 'b9']);
    // Cells and listings are none of it.
    await opened.send({ type: 'goTo', passage: 4 });
    assert.deepEqual(await cited(opened), ['b11']);
    await opened.send({ type: 'goTo', passage: 99 });
    assert.deepEqual(await cited(opened), []);
  }));

/** The words that are painted as the cited sentence. */
const sentenceShown = ({ page: shown }: OpenPage): Promise<string> =>
  shown.evaluate<string>(`[...(CSS.highlights.get('cited') ?? [])].map(String).join('|')`);

test('the cited sentence is marked in its passage, over blocks and markup, and brought into view', async () => {
  const filler = 'There is more to be said of it, and it is said at length. '.repeat(60);
  const body = {
    type: 'html',
    html: [
      `<p id="b1">${filler}</p>`,
      `<p id="b2">${filler}The <em>block table</em> maps blocks, as in&nbsp;an operating system. ${filler}</p>`,
      '<ul><li id="b3">Blocks are small</li><li id="b4">and shared. Others aren’t.</li></ul>',
      '<h2 id="b5">End</h2>',
    ].join(''),
    anchors: ['b1', 'b2'],
  } as const;
  await withPage(
    { ...page, body },
    async (opened) => {
      const goTo = (passage: number, sentence?: string): Promise<void> =>
        opened.send({ type: 'goTo', passage, ...(sentence !== undefined && { sentence }) });
      const middle = (): Promise<boolean> =>
        opened.page.evaluate<boolean>(`(() => {
        const { top, bottom } = [...CSS.highlights.get('cited')][0].getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
      })()`);
      await goTo(1, 'The block table maps blocks, as in an operating system.');
      assert.equal(await sentenceShown(opened), 'The block table maps blocks, as in\u00a0an operating system.');
      assert.deepEqual(await cited(opened), ['b2', 'b3', 'b4']);
      assert.ok(await middle());
      assert.equal(await opened.page.evaluate<string>('document.activeElement.id'), 'b2');
      await goTo(1, 'Blocks are small and shared.');
      assert.match(await sentenceShown(opened), /^Blocks are small\s*and shared\.$/);
      assert.equal(await opened.page.evaluate<string>('document.activeElement.id'), 'b3');
      // What isn't there leaves the passage as a whole.
      for (const sentence of ['The quokka smiles at every passer-by.', undefined]) {
        await goTo(1, sentence);
        assert.equal(await sentenceShown(opened), '');
        assert.deepEqual(await cited(opened), ['b2', 'b3', 'b4']);
      }
    },
    { reducedMotion: true },
  );
});

test('a PDF is its text, with pages as dividers', () =>
  withPage(printed, async (opened) => {
    const marks = await opened.page.getByRole('separator').allInnerTexts();
    assert.deepEqual(marks, ['Page 1', 'Page 2', 'Page 3']);
    assert.deepEqual(await opened.page.locator('article h2').allInnerTexts(), ['Introduction', 'Method', 'Results']);
    // Rows of a table follow one another in one paragraph.
    assert.deepEqual(await opened.page.locator('.loose').allInnerTexts(), ['Blocks 16 32 Hits 0.91 0.97']);
    await opened.send({ type: 'goTo', passage: 9 });
    assert.deepEqual(await cited(opened), ['p9']);
    assert.ok(await inView(opened, 'p9'));
  }));

test('links, chapters, the original and the other form go through the extension, by mouse and keyboard', () =>
  withPage(page, async ({ page: shown, next }) => {
    await shown.getByRole('link', { name: 'the paper' }).click();
    assert.deepEqual(await next('openLink'), { type: 'openLink', url: 'https://example.org/paper' });
    const cites = shown.getByRole('navigation', { name: 'Where the handbook cites this' });
    await cites.getByRole('link', { name: 'FlashAttention' }).focus();
    await shown.keyboard.press('Enter');
    assert.deepEqual(await next('openChapter'), { type: 'openChapter', chapterId: 'flashattention', beside: false });
    await shown.getByRole('button', { name: 'Open in the browser' }).click();
    await next('openOriginal');
    await shown.getByRole('button', { name: 'Read as text' }).focus();
    await shown.keyboard.press('Enter');
    assert.deepEqual(await next('read'), { type: 'read', reading: { form: 'main', pages: false } });
    await shown.getByRole('button', { name: 'Read the PDF' }).click();
    assert.deepEqual(await next('read', 1), { type: 'read', reading: { form: 'main', pages: true } });
  }));

test('the place is told when scrolling rests, and gone back to', async () => {
  let told: unknown;
  await withPage(page, async ({ page: shown, next }) => {
    await shown.evaluate('window.scrollTo(0, 900)');
    told = (await next('position'))['position'];
  });
  const position = told as NonNullable<ShownDocument['position']>;
  await withPage({ ...page, position }, async ({ page: shown, state }) => {
    const y = await shown.evaluate<number>('window.scrollY');
    assert.ok(Math.abs(y - 900) < 5, `${y}`);
    assert.deepEqual(await state(), { documentId: 'd1', reading: { form: 'html', pages: false }, position });
  });
  // What the page itself remembers is newer than what was kept with the document.
  const state = { documentId: 'd1', reading: { form: 'html', pages: false }, position };
  await withPage(
    page,
    async ({ page: shown }) => {
      assert.ok(Math.abs((await shown.evaluate<number>('window.scrollY')) - 900) < 5);
    },
    { state },
  );
  // It remembers another form, or the pages of the PDF: those are other places.
  await withPage(
    page,
    async ({ page: shown }) => {
      assert.equal(await shown.evaluate<number>('window.scrollY'), 0);
    },
    { state: { ...state, reading: { form: 'html', pages: true } } },
  );
  await withPage({ ...page, position }, async ({ page: shown, send }) => {
    // The same document anew: where the learner is now counts.
    await shown.evaluate('window.scrollTo(0, 300)');
    await shown.waitForTimeout(600);
    await send({ type: 'show', document: { ...page, position, facts: ['fetched again'] } });
    assert.ok(Math.abs((await shown.evaluate<number>('window.scrollY')) - 300) < 40);
  });
});

/** What the extension would never send; the page must hold by itself. */
const tricks = [
  '<script>window.hit = 1</script>',
  '<img src="https://tracker.example.org/p.png" onerror="window.hit = 1">',
  '<svg onload="window.hit = 1"><style>@import url(https://tracker.example.org)</style></svg>',
  '<iframe srcdoc="<script>parent.hit = 1</script>"></iframe>',
  '<a href="javascript:window.hit = 1">one</a><a href="vscode://x">two</a><a href="command:x">three</a>',
  '<form action="https://tracker.example.org"><input name="a" autofocus onfocus="window.hit = 1"></form>',
  '<p style="background: url(https://tracker.example.org)" id="root" onclick="window.hit = 1" class="x">text</p>',
  '<link rel="stylesheet" href="https://tracker.example.org/a.css"><base href="https://tracker.example.org/">',
  '<a data-chapter="flashattention" href="https://example.org">four</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hit=1&gt;">',
];

test('what is hostile stays text: nothing runs, nothing is asked for, nothing but words and links is there', async () => {
  const asked: string[] = [];
  const body = { type: 'html', html: `<p id="b1">Kept.</p>${tricks.join('')}`, anchors: ['b1'] } as const;
  const opened = await pages.open('document');
  opened.page.on('request', (request) => void asked.push(request.url()));
  await opened.send({ type: 'show', document: { ...page, citedBy: [], body } });
  await opened.page.waitForTimeout(200);
  assert.deepEqual(
    asked.filter((url) => !url.startsWith('http://127.0.0.1')),
    [],
  );
  assert.equal(await opened.page.evaluate('window.hit'), undefined);
  const left = await opened.page.evaluate<string[]>(
    `[...new Set([...document.querySelectorAll('article *')].flatMap((e) => [e.localName, ...e.getAttributeNames().map((a) => '@' + a)]))].sort()`,
  );
  const harmless = ['@class', '@data-href', '@id', '@role', '@tabindex', '@title', 'a', 'div', 'p', 'table', 'tbody'];
  assert.deepEqual(
    left.filter((name) => !harmless.includes(name)),
    [],
  );
  assert.deepEqual(
    await opened.page.evaluate<string[]>(`[...document.querySelectorAll('[data-href]')].map((a) => a.dataset.href)`),
    ['https://example.org'],
  );
  assert.equal(await opened.page.evaluate(`document.querySelectorAll('#root').length`), 1);
  await opened.close();
});

test('hostile text of a PDF stays text', () =>
  withPage(
    {
      ...printed,
      body: {
        type: 'pieces',
        pieces: [
          { kind: 'heading', text: '<b>h</b>', passage: 0, page: 1 },
          { kind: 'text', text: '<img src=x onerror=alert(1)>', passage: 0, page: 1 },
        ],
      },
    },
    async ({ page: shown }) => {
      assert.equal(await shown.locator('article img').count(), 0);
      assert.equal(await shown.locator('#p0').innerText(), '<img src=x onerror=alert(1)>');
    },
  ));

const again = 'The cache keeps what was computed before, so that it need not be computed again.';
const sentences: Readonly<Record<string, string>> = { page: `4. ${again}`, printed: `1. ${again}` };

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [900, 320]) {
    test(`everything is named and fits: ${theme}, ${width} px`, async () => {
      for (const [name, document] of Object.entries({ page, printed })) {
        await withPage(
          document,
          async (opened) => {
            assert.deepEqual(await namelessControls(opened), []);
            assert.deepEqual(await overflow(opened), []);
            const shots = process.env['COMPANION_SHOTS'];
            if (shots === undefined) return;
            await opened.page.screenshot({ path: `${shots}/document-${name}-${theme}-${width}.png` });
            await opened.send({ type: 'goTo', passage: 1, sentence: sentences[name] });
            await opened.page.screenshot({ path: `${shots}/document-${name}-${theme}-${width}-cited.png` });
          },
          { theme, width },
        );
      }
    });
  }
}
