import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardHtml } from '../../src/core/study/cardMarkdown.ts';
import type { ReviewView, SessionProgress, ShownCard, ToReview } from '../../src/protocol/review.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

const front = 'Why does **LoRA** train so few weights?';
const back =
  'It freezes $W \\in \\mathbb{R}^{d \\times k}$ and learns $\\Delta W = BA$ with rank $r \\ll \\min(d, k)$:\n\n' +
  '- $B$ is $d \\times r$\n- $A$ is $r \\times k$\n\n```python\nh = W @ x + (alpha / r) * (B @ (A @ x))\n```';

const first: ShownCard = {
  id: 'card-1',
  revision: 'e1',
  front,
  back,
  frontHtml: cardHtml(front),
  backHtml: cardHtml(back),
  passage: { passageId: 'lora#low-rank', title: 'Low-Rank Adaptation' },
  state: 'Review',
  intervals: { 1: '10 min', 2: '4 days', 3: '11 days', 4: '1.2 months' },
};
const second: ShownCard = {
  ...first,
  id: 'card-2',
  revision: 'e2',
  front: 'What is a KV cache?',
  frontHtml: cardHtml('What is a KV cache?'),
  state: 'New',
};
const some: SessionProgress = { done: 3, left: 12, words: '1 learning, 8 to review, 3 new', canUndo: true };
const steps = [{ type: 'review', cardId: 'card-0', eventId: 'e0' }] as const;
const show = (view: ReviewView, progress = some, notice?: string): ToReview => ({
  type: 'show',
  view,
  progress,
  session: { steps },
  ...(notice !== undefined && { notice }),
});
const end: ReviewView = {
  type: 'end',
  heading: 'Done for now',
  lines: ['Reviews in this session: 15.', 'You knew every one.', 'Next: in 6 min.'],
  hasCards: true,
};

async function withPage(
  view: ReviewView,
  run: (review: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const review = await pages.open('review', { width: 1280, height: 800, ...options });
  try {
    await review.send(show(view));
    await run(review);
    assert.deepEqual(review.faults, []);
  } finally {
    await review.close();
  }
}

const isSeen = ({ page }: OpenPage, selector: string): Promise<boolean> => page.locator(selector).isVisible();
const focused = ({ page }: OpenPage): Promise<string> =>
  page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`);
const press = ({ page }: OpenPage, key: string): Promise<void> => page.keyboard.press(key);

test('a card is answered by keyboard alone: space, then a number', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    assert.equal(await isSeen(review, '.answer'), false);
    assert.equal(await focused(review), 'Question');
    await press(review, '3');
    assert.deepEqual(await review.posted('grade'), []);
    await press(review, ' ');
    assert.equal(await isSeen(review, '.answer'), true);
    assert.equal(await focused(review), 'Answer');
    await press(review, '3');
    const { ms, ...grade } = await review.next('grade');
    assert.deepEqual(grade, { type: 'grade', cardId: 'card-1', revision: 'e1', rating: 3 });
    assert.ok(Number.isInteger(ms) && Number(ms) >= 0);
    // Until the extension has answered, nothing else is done: a second press isn't for the next card.
    await press(review, '1');
    await press(review, 'u');
    await press(review, 's');
    assert.equal((await review.posted('grade')).length, 1);
    assert.deepEqual([...(await review.posted('undo')), ...(await review.posted('suspend'))], []);
    await review.send(show({ type: 'card', card: second }));
    assert.equal(await isSeen(review, '.answer'), false);
    assert.equal(await focused(review), 'Question');
    assert.match(await review.page.locator('.question').innerText(), /KV cache/);
  }));

test('the buttons say when the card comes back, and can be clicked', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await review.page.getByRole('button', { name: 'Show the answer' }).click();
    const words = await review.page.locator('.grades').innerText();
    for (const interval of Object.values(first.intervals)) assert.ok(words.includes(interval), interval);
    await review.page.getByRole('button', { name: /^Hard/ }).click();
    assert.equal((await review.next('grade'))['rating'], 2);
  }));

test('the same card that comes again at once shows its question, not its answer', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, ' ');
    await press(review, '1');
    await review.next('grade');
    await review.send(show({ type: 'card', card: { ...first, revision: 'e9' } }));
    assert.equal(await isSeen(review, '.answer'), false);
  }));

test('u takes back, s and @ suspend, e edits, the link opens the passage', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, 'u');
    await review.next('undo');
    await review.send(show({ type: 'card', card: first }, some, 'Taken back.'));
    assert.equal(await review.page.getByRole('status').first().innerText(), 'Taken back.');
    await press(review, 's');
    assert.deepEqual(await review.next('suspend'), { type: 'suspend', cardId: 'card-1', revision: 'e1' });
    await review.send(show({ type: 'card', card: second }));
    await press(review, '@');
    assert.equal((await review.next('suspend', 1))['cardId'], 'card-2');
    await review.send(show({ type: 'card', card: first }));
    await press(review, 'e');
    assert.deepEqual(await review.next('edit'), { type: 'edit', cardId: 'card-1' });
    await press(review, ' ');
    await review.page.getByRole('button', { name: 'Read it in “Low-Rank Adaptation”' }).click();
    assert.deepEqual(await review.next('openPassage'), { type: 'openPassage', passageId: 'lora#low-rank' });
  }));

test('keys with Ctrl are VS Code’s, and space on a button presses that button', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, 'Control+u');
    await press(review, 'Alt+s');
    await review.page.getByRole('button', { name: 'Edit' }).focus();
    await press(review, ' ');
    await review.next('edit');
    assert.equal(await isSeen(review, '.answer'), false);
    assert.deepEqual([...(await review.posted('undo')), ...(await review.posted('suspend'))], []);
  }));

test('a problem is said, and the card stays as it was', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, ' ');
    await press(review, '3');
    await review.send({ type: 'problem', words: 'The disk is full. Free some space, then try again.' });
    assert.match(await review.page.getByRole('alert').first().innerText(), /disk is full/);
    assert.equal(await isSeen(review, '.answer'), true);
    await press(review, '3');
    await review.next('grade', 1);
    await review.send(show({ type: 'card', card: second }));
    assert.equal(await isSeen(review, '.problem'), false);
  }));

test('a page that was hidden comes back with its answer open; another card’s stays closed', async () => {
  let kept: unknown;
  await withPage({ type: 'card', card: first }, async (review) => {
    await press(review, ' ');
    kept = await review.state();
  });
  await withPage(
    { type: 'card', card: first },
    async (review) => {
      assert.equal(await isSeen(review, '.answer'), true);
      await review.send(show({ type: 'card', card: second }));
      assert.equal(await isSeen(review, '.answer'), false);
    },
    { state: kept },
  );
  assert.deepEqual((kept as { session: unknown }).session, { steps });
});

test('numbers that change around a card leave it, its answer and the focus alone', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, ' ');
    await review.page.getByRole('button', { name: /^Good/ }).focus();
    await review.send(show({ type: 'card', card: { ...first, intervals: { ...first.intervals, 3: '12 days' } } }));
    assert.equal(await isSeen(review, '.answer'), true);
    assert.match(await focused(review), /Good.*12 days/s);
  }));

test('a card that the learner edits keeps its answer open', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await press(review, ' ');
    await press(review, 'e');
    await review.send(show({ type: 'form', form: { id: 'card-1', front, back, key: 'card-1 e1' } }));
    assert.equal(await review.page.getByLabel('Question').inputValue(), front);
    await review.page.getByLabel('Answer').fill('Because of $BA$.');
    // Letters are words here, not commands.
    await review.page.getByLabel('Question').press('u');
    assert.deepEqual(await review.posted('undo'), []);
    await review.page.getByLabel('Answer').press('Control+Enter');
    const saved = await review.next('save');
    assert.equal(saved['cardId'], 'card-1');
    assert.equal(saved['back'], 'Because of $BA$.');
    await review.send(show({ type: 'card', card: { ...first, revision: 'e5' } }));
    assert.equal(await isSeen(review, '.answer'), true);
  }));

test('a new card needs both sides, and its draft outlives the page', async () => {
  const form: ReviewView = { type: 'form', form: { front: '', back: 'the selected words', key: 'k1' } };
  let kept: unknown;
  await withPage(form, async (review) => {
    assert.equal(await isSeen(review, '.bar'), false);
    await review.page.getByRole('button', { name: 'Save' }).click();
    assert.match(await review.page.locator('.missing').innerText(), /Write a question first/);
    assert.deepEqual(await review.posted('save'), []);
    await review.page.getByLabel('Question').fill('Half a thou');
    kept = await review.state();
  });
  await withPage(
    form,
    async (review) => {
      assert.equal(await review.page.getByLabel('Question').inputValue(), 'Half a thou');
      assert.equal(await review.page.getByLabel('Answer').inputValue(), 'the selected words');
      await press(review, 'Escape');
      await review.next('cancel');
      await review.send(show({ ...form, form: { ...form.form, key: 'k2' } }));
      assert.equal(await review.page.getByLabel('Question').inputValue(), '');
    },
    { state: kept },
  );
});

test('the end says what was done and when the next card comes; the last steps can be taken back there', () =>
  withPage({ type: 'card', card: first }, async (review) => {
    await review.send(show(end, { done: 15, left: 0, words: '', canUndo: true }));
    assert.equal(await focused(review), 'Done for now');
    assert.match(await review.page.locator('.end').innerText(), /Next: in 6 min/);
    await press(review, 'u');
    await review.next('undo');
    await review.send(show({ type: 'card', card: first }));
    assert.equal(await isSeen(review, '.end'), false);
    assert.equal(await isSeen(review, '.answer'), false);
  }));

test('without a card it says how to get one', () =>
  withPage(
    { type: 'end', heading: 'No cards yet', lines: ['Select words in a chapter.'], hasCards: false },
    async (review) => {
      assert.equal(await review.page.getByRole('button', { name: 'All cards' }).count(), 0);
      await review.page.getByRole('button', { name: 'Write a card' }).click();
      await review.next('newCard');
    },
  ));

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [1280, 300]) {
    test(`everything is named and fits: ${theme}, ${width} px`, () =>
      withPage(
        { type: 'card', card: first },
        async (review) => {
          const shots = process.env['COMPANION_SHOTS'];
          const look = async (name: string): Promise<void> => {
            assert.deepEqual(await namelessControls(review), []);
            assert.deepEqual(await overflow(review), []);
            if (shots !== undefined)
              await review.page.screenshot({ path: `${shots}/review-${name}-${theme}-${width}.png` });
          };
          await look('question');
          await press(review, ' ');
          await look('answer');
          await review.send(show({ type: 'form', form: { front, back, key: 'k' } }));
          await look('form');
          await review.send(show(end, { done: 15, left: 0, words: '', canUndo: true }));
          await look('end');
        },
        { theme, width },
      ));
  }
}
