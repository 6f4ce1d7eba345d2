import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChapterMap } from '../../src/protocol/map.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { begun, mapOf } from './mapSample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

const sample = mapOf(begun, 'build-rag');

async function withMap(
  run: (map: OpenPage) => Promise<void>,
  options: OpenOptions = {},
  shown: ChapterMap = sample,
): Promise<void> {
  const map = await pages.open('map', { width: 1280, height: 800, ...options });
  try {
    await map.send({ type: 'show', map: shown });
    await run(map);
    assert.deepEqual(map.faults, []);
  } finally {
    await map.close();
  }
}

const node = ({ page }: OpenPage, id: string) => page.locator(`.node[data-id="${id}"]`);
const focused = ({ page }: OpenPage) => page.evaluate<string | null>(`document.activeElement.getAttribute('data-id')`);
const scale = async ({ page }: OpenPage) => Number(await page.locator('.board').getAttribute('data-scale'));

interface Box {
  readonly id: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxes = ({ page }: OpenPage) =>
  page.evaluate<Box[]>(`[...document.querySelectorAll('.node')].map((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { id: node.dataset.id, left, right, top, bottom };
  })`);

test('at 1280 × 800 the whole handbook is in sight, and can be read', () =>
  withMap(async (map) => {
    const all = await boxes(map);
    assert.equal(all.length, 55);
    const board = await map.page.locator('.board').boundingBox();
    assert.ok(board);
    for (const { id, left, right, top, bottom } of all) {
      assert.ok(left >= board.x - 1 && right <= board.x + board.width + 1, id);
      assert.ok(top >= board.y - 1 && bottom <= board.y + board.height + 1, id);
    }
    const size = await map.page.evaluate<number>(
      `parseFloat(getComputedStyle(document.querySelector('.node-title')).fontSize)`,
    );
    assert.ok(size * (await scale(map)) >= 10.99);
  }));

for (const viewId of sample.views.map(({ id }) => id)) {
  test(`no two chapters overlap, and arrows lead to the right: ${viewId}`, () =>
    withMap(async (map) => {
      await map.send({ type: 'view', viewId });
      const all = await boxes(map);
      const view = sample.views.find(({ id }) => id === viewId);
      assert.equal(all.length, view?.nodeIds.length);
      for (const [n, a] of all.entries()) {
        for (const b of all.slice(n + 1)) {
          const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          assert.ok(apart, `${a.id} and ${b.id}`);
        }
      }
      const place = new Map(all.map((box) => [box.id, box]));
      for (const [from, to] of view?.edges ?? []) {
        assert.ok((place.get(from)?.right ?? 0) < (place.get(to)?.left ?? 0), `${from} → ${to}`);
      }
      // Titles stay in their boxes.
      const out = await map.page.evaluate<string[]>(
        `[...document.querySelectorAll('.node')].filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.dataset.id)`,
      );
      assert.deepEqual(out, []);
    }));
}

test('arrow keys follow the arrows, Tab leads into the map once and out again, Enter opens', () =>
  withMap(async (map) => {
    const { keyboard } = map.page;
    await node(map, 'decoder-only-transformers').focus();
    await keyboard.press('ArrowLeft');
    const needs = sample.nodes.find(({ id }) => id === 'decoder-only-transformers')?.needs ?? [];
    assert.ok(needs.includes((await focused(map)) ?? ''));
    await node(map, 'decoder-only-transformers').focus();
    await keyboard.press('ArrowRight');
    const next = (await focused(map)) ?? '';
    assert.ok(
      sample.views[0]?.edges.some(([from, to]) => from === 'decoder-only-transformers' && to === next),
      next,
    );
    await keyboard.press('ArrowDown');
    const below = (await focused(map)) ?? '';
    assert.notEqual(below, next);
    await keyboard.press('ArrowUp');
    assert.equal(await focused(map), next);
    await keyboard.press('End');
    assert.equal(await focused(map), sample.views[0]?.nodeIds.at(-1));
    await keyboard.press('Home');
    assert.equal(await focused(map), 'introduction');
    await keyboard.press('ArrowLeft');
    assert.equal(await focused(map), 'introduction');

    await keyboard.press('Tab');
    assert.equal(await focused(map), null);
    await keyboard.press('Shift+Tab');
    assert.equal(await focused(map), 'introduction');
    await keyboard.press('Enter');
    assert.deepEqual(await map.next('openChapter'), { type: 'openChapter', chapterId: 'introduction', beside: false });
    await node(map, 'markov-models').click({ modifiers: ['Control'] });
    assert.deepEqual(await map.next('openChapter', 1), {
      type: 'openChapter',
      chapterId: 'markov-models',
      beside: true,
    });
  }));

test('pointing at a chapter shows what it builds on and where it leads, in words too', () =>
  withMap(async (map) => {
    const marked = (name: string) =>
      map.page.evaluate<string[]>(`[...document.querySelectorAll('.node.${name}')].map((node) => node.dataset.id)`);
    await node(map, 'variational-auto-encoders').hover();
    assert.deepEqual((await marked('before')).toSorted(), [
      'distribution-modeling',
      'preliminaries-math',
      'preliminaries-programming',
      'statistical-prediction-and-supervised-learning',
      'statistical-prediction-with-neural-networks',
    ]);
    assert.deepEqual((await marked('after')).toSorted(), ['conditional-gans', 'diffusion-models', 'vq-vae']);
    const details = await map.page.locator('.details').innerText();
    assert.match(details, /^Variational Auto-Encoders .*Builds on Distribution Modeling and Statistical Prediction/s);
    await map.page.mouse.move(640, 20);
    assert.deepEqual(await marked('before'), []);
    await node(map, 'vq-vae').focus();
    assert.ok((await marked('before')).includes('tokenization-beyond-text'));
  }));

test('every chapter says its state, its section and its relations to a screen reader', () =>
  withMap(async (map) => {
    const label = (id: string) => node(map, id).getAttribute('aria-label');
    assert.equal(
      await label('embeddings-and-topic-modeling'),
      'Embeddings and Topic Modeling, skimmed, 35 min, in your plan, section II. Neural Sequential Prediction, ' +
        'builds on Statistical Prediction with Neural Networks, leads to Encoders and Decoders, Decoder-Only Transformers, ' +
        'Tokenization, Vector Databases and Reranking, Mechanistic Interpretability, Linear Representation Hypotheses and Conditional GANs',
    );
    assert.match((await label('introduction')) ?? '', /^Introduction, studied, 25 min, section Orientation$/);
  }));

test('a filter shows a part, larger; the page keeps it', () =>
  withMap(async (map) => {
    const whole = await scale(map);
    const dropdown = map.page.getByRole('combobox', { name: 'What to show' });
    await dropdown.click();
    await map.page
      .getByRole('option', { name: 'Section VI. Performance Optimizations for Efficient Inference' })
      .click();
    const ids = (await boxes(map)).map(({ id }) => id).toSorted();
    assert.deepEqual(ids, sample.views.find(({ id }) => id === 'section/efficient-inference')?.nodeIds.toSorted());
    assert.ok((await scale(map)) > whole);
    assert.equal(await node(map, 'flashattention').evaluate((each) => each.classList.contains('own')), true);
    assert.deepEqual(await map.state(), { viewId: 'section/efficient-inference' });
  }));

test('a page that comes back shows what it showed', () =>
  withMap(
    async (map) => {
      assert.equal((await boxes(map)).length, sample.planIds.length);
      await map.page.keyboard.press('Tab');
      for (let n = 0; n < 8 && (await focused(map)) === null; n++) await map.page.keyboard.press('Tab');
      assert.equal(await focused(map), 'tokenization');
    },
    { state: { viewId: 'plan', chapterId: 'tokenization' } },
  ));

test('a view that is gone falls back to everything', () =>
  withMap(
    async (map) => {
      assert.equal((await boxes(map)).length, 55);
    },
    { state: { viewId: 'goal/of-an-earlier-version', chapterId: 'gone' } },
  ));

test('it is zoomed by button, key and wheel, and goes back to what fits', () =>
  withMap(async (map) => {
    const fits = await scale(map);
    await map.page.getByRole('button', { name: 'Larger' }).click();
    assert.ok((await scale(map)) > fits * 1.15);
    await node(map, 'introduction').focus();
    await map.page.keyboard.press('+');
    assert.ok((await scale(map)) > fits * 1.4);
    await map.page.keyboard.press('0');
    assert.equal(await scale(map), fits);
    await map.page.keyboard.press('-');
    assert.ok((await scale(map)) < fits);
    await map.page.getByRole('button', { name: 'Fit into the window' }).click();
    assert.equal(await scale(map), fits);
    await map.page.mouse.move(640, 400);
    await map.page.keyboard.down('Control');
    await map.page.mouse.wheel(0, -300);
    await map.page.keyboard.up('Control');
    await map.page.waitForSelector(`.board:not([data-scale="${fits.toFixed(3)}"])`);
    assert.ok((await scale(map)) > fits * 1.5);
  }));

test('dragging moves the map and opens nothing', () =>
  withMap(async (map) => {
    for (let n = 0; n < 3; n++) await map.page.getByRole('button', { name: 'Larger' }).click();
    const left = () => map.page.evaluate<number>(`document.querySelector('.board').scrollLeft`);
    const from = await left();
    const box = await node(map, 'decoder-only-transformers').boundingBox();
    assert.ok(box);
    await map.page.mouse.move(box.x + 20, box.y + 10);
    await map.page.mouse.down();
    await map.page.mouse.move(box.x - 80, box.y + 10, { steps: 4 });
    await map.page.mouse.up();
    assert.ok(Math.abs((await left()) - from - 100) <= 2);
    assert.deepEqual(await map.posted('openChapter'), []);
    await node(map, 'decoder-only-transformers').click();
    assert.equal((await map.posted('openChapter')).length, 1);
  }));

test('a mark shows at once; nothing moves, and the focus stays', () =>
  withMap(async (map) => {
    await node(map, 'decoder-only-transformers').focus();
    const earlier = await boxes(map);
    const marked = { ...begun, chapters: { ...begun.chapters, 'decoder-only-transformers': 'studied' as const } };
    await map.send({ type: 'show', map: mapOf(marked, 'build-rag') });
    assert.match((await node(map, 'decoder-only-transformers').getAttribute('aria-label')) ?? '', /, studied, /);
    assert.equal(await node(map, 'decoder-only-transformers').locator('.codicon-pass-filled').count(), 1);
    assert.equal(await focused(map), 'decoder-only-transformers');
    assert.deepEqual(await boxes(map), earlier);
    // Another plan is another part that can be shown.
    await map.send({ type: 'show', map: mapOf(marked, 'understand-diffusion') });
    assert.equal(await node(map, 'diffusion-models').evaluate((each) => each.classList.contains('planned')), true);
    const plans = map.page.locator('vscode-option', { hasText: 'My plan' });
    assert.deepEqual(await plans.allTextContents(), ['My plan: Understand diffusion']);
  }));

test('the list says the same in words, and opens chapters too', () =>
  withMap(async (map) => {
    await map.page.getByRole('button', { name: 'Show as a list' }).click();
    const list = map.page.locator('.list');
    assert.equal(await list.getByRole('listitem').count(), 55);
    assert.equal(await list.getByRole('heading', { level: 2 }).count(), 10);
    const item = list.getByRole('listitem').filter({ hasText: /^VQ-VAE/ });
    assert.match(
      await item.innerText(),
      /not started · 30 min\s+Builds on Variational Auto-Encoders and Tokenization Beyond Text\./,
    );
    await item.getByRole('button').click();
    assert.deepEqual(await map.next('openChapter'), { type: 'openChapter', chapterId: 'vq-vae', beside: false });
    await map.page.getByRole('button', { name: 'Show as a map' }).click();
    assert.equal((await boxes(map)).length, 55);
  }));

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [420, 700],
  ] as const) {
    test(`everything is named and fits: ${theme}, ${width} px`, () =>
      withMap(
        async (map) => {
          assert.deepEqual(await namelessControls(map), []);
          // What is larger than the board is scrolled in the board, not the page.
          assert.equal(
            await map.page.evaluate(`document.documentElement.scrollWidth <= document.documentElement.clientWidth`),
            true,
          );
          const shots = process.env['COMPANION_SHOTS'];
          if (shots !== undefined) await map.page.screenshot({ path: `${shots}/map-${theme}-${width}.png` });
          await map.page.getByRole('button', { name: 'Show as a list' }).click();
          assert.deepEqual(await namelessControls(map), []);
          assert.deepEqual(await overflow(map), []);
        },
        { theme, width, height },
      ));
  }
}
