import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ModelPage } from '../../src/protocol/modelPage.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { card, pageOf, ready } from './modelSample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

async function withPage(
  page: ModelPage,
  run: (model: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const model = await pages.open('model', { width: 900, height: 1400, ...options });
  try {
    await model.send({ type: 'show', page });
    await run(model);
    assert.deepEqual(model.faults, []);
  } finally {
    await model.close();
  }
}

const button = ({ page }: OpenPage, name: string) => page.getByRole('button', { name, exact: true });

test('the card says what is loaded, what was chosen and what it costs', () =>
  withPage(ready, async ({ page }) => {
    const text = await page.locator('main').innerText();
    for (const words of [
      '22 of 36 layers on the GPU, 1.4 GB',
      '3 of 4 cores',
      'By your setting',
      '8,192 tokens',
      '128 tokens at once',
      'Q4_K_M',
      '147 kB for each of 8,192 tokens',
      '61 of 96 tokens were right',
      '2 windows share it',
      '3 prefixes, 212 MB of 1 GB',
    ]) {
      assert.ok(text.includes(words), words);
    }
  }));

test('the parts of the bar are as wide as they are large', () =>
  withPage(ready, async ({ page }) => {
    const widths = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.memory-part')].map((part) => part.getBoundingClientRect().width)`,
    );
    const { weightsRam, weightsVram, kv, compute } = card.memory;
    const bytes = [weightsRam, weightsVram, kv, compute];
    assert.equal(widths.length, 4);
    const whole = widths.reduce((sum, width) => sum + width, 0);
    const all = bytes.reduce((sum, part) => sum + part, 0);
    widths.forEach((width, index) => {
      assert.ok(Math.abs(width / whole - (bytes[index] ?? 0) / all) < 0.02);
    });
  }));

test('a row leads to the chapter that teaches what it shows', () =>
  withPage(ready, async (model) => {
    await model.page.getByRole('button', { name: /^FlashAttention: read about it/ }).click();
    assert.deepEqual(await model.next('openPassage'), { type: 'openPassage', passageId: 'flashattention#using' });
  }));

test('every button says what it is pressed for', () =>
  withPage(ready, async (model) => {
    await button(model, 'Free the memory').click();
    assert.deepEqual(await model.next('act'), { type: 'act', action: 'free' });
    await button(model, 'Fetch the engine for Vulkan').click();
    assert.deepEqual(await model.next('act', 1), { type: 'act', action: 'installGpu' });
  }));

test('the focus stays where it is while numbers change and buttons come and go', () =>
  withPage(ready, async (model) => {
    const focused = () =>
      model.page.evaluate<string>(
        `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
      );
    await model.page.getByRole('button', { name: /^Prompt: read about it/ }).focus();
    const before = await focused();
    await model.send({
      type: 'show',
      page: { ...ready, lastAnswer: ready.lastAnswer.map((row) => ({ ...row, value: `${row.value}!` })) },
    });
    assert.match(await model.page.locator('main').innerText(), /!/);
    assert.equal(await focused(), before);
    await button(model, 'Choose another model').focus();
    await model.send({ type: 'show', page: pageOf({ type: 'idle', name: card.name }) });
    assert.equal(await focused(), 'Choose another model');
  }));

test('while loading it says how far it is, and can be stopped', () =>
  withPage(pageOf({ type: 'loading', name: 'Qwen3', fraction: 0.4 }), async (model) => {
    const bar = model.page.getByRole('progressbar', { name: 'Loading' });
    assert.equal(await bar.getAttribute('aria-valuenow'), '40');
    assert.equal(await model.page.getByText('Loading: 40 %').isVisible(), true);
    await button(model, 'Stop loading').click();
    assert.deepEqual(await model.next('act'), { type: 'act', action: 'free' });
    assert.equal(await model.page.locator('table:visible').count(), 0);
  }));

test('a failure is told with what to do about it', () =>
  withPage(
    pageOf({ type: 'failed', name: 'broken', problem: 'bad-file', message: 'The file is cut short. Fetch it again.' }),
    async (model) => {
      assert.equal(await model.page.getByText('The file is cut short. Fetch it again.').isVisible(), true);
      await button(model, 'Try again').click();
      assert.deepEqual(await model.next('act'), { type: 'act', action: 'load' });
      await button(model, 'Show log').click();
      assert.deepEqual(await model.next('act', 1), { type: 'act', action: 'showLog' });
    },
  ));

test('without a model it offers to choose one', () =>
  withPage(pageOf({ type: 'none' }), async (model) => {
    await button(model, 'Choose a model').click();
    assert.deepEqual(await model.next('act'), { type: 'act', action: 'chooseModel' });
  }));

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [900, 320]) {
    test(`everything is named and fits: ${theme}, ${width} px`, () =>
      withPage(
        ready,
        async (model) => {
          assert.deepEqual(await namelessControls(model), []);
          assert.deepEqual(await overflow(model), []);
          const shots = process.env['COMPANION_SHOTS'];
          if (shots !== undefined) {
            await model.page.screenshot({ path: `${shots}/model-${theme}-${width}.png`, fullPage: true });
          }
        },
        { theme, width },
      ));
  }
}
