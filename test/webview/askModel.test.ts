import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AskState, ModelLine } from '../../src/protocol/ask.ts';
import {
  answer,
  askFor,
  box,
  button,
  empty,
  end,
  found,
  full,
  readOut,
  scope,
  usePages,
  withAsk,
  withTurns,
} from './askPage.ts';
import { modelName, modelTurn, noModel, readyModel, seen } from './askSample.ts';
import { chapter, line, choice, chosen, choose } from './askChoice.ts';

usePages();

test('a line says who answers next, and leads to the model', () =>
  withAsk(empty, async (ask) => {
    assert.equal(await line(ask).innerText(), 'Quoting\n· Choose a model');
    await line(ask).click();
    await ask.next('chooseModel');
    const cases: readonly (readonly [ModelLine, RegExp])[] = [
      [{ state: 'idle', name: modelName }, /Qwen2\.5[^]*loads when you ask/],
      [{ state: 'loading', name: modelName, fraction: 0.404 }, /Qwen2\.5[^]*loading 40\u00a0%/],
      [readyModel, /Qwen2\.5[^]*ready/],
      [
        { state: 'failed', name: modelName, problem: 'The file is gone. Choose another one.' },
        /not available\s*The file is gone\./,
      ],
    ];
    for (const [model, words] of cases) {
      await ask.send({ type: 'model', model });
      assert.match(await line(ask).innerText(), words);
      assert.equal(await line(ask).locator('vscode-progress-ring').count(), model.state === 'loading' ? 1 : 0);
    }
    assert.deepEqual(await readOut(ask), ['The file is gone. Choose another one.']);
    await line(ask).click();
    await ask.next('showModel');
  }));

test('without a model only plain answers can be chosen, and the others say why', () =>
  withAsk(empty, async (ask) => {
    await choice(ask).click();
    const options = ask.page.getByRole('option');
    assert.deepEqual(await options.allInnerTexts(), [
      'Answer',
      'Explain simpler',
      'Hint first',
      'Compare',
      'Summarise this chapter',
      'Quiz me',
    ]);
    assert.deepEqual(await Promise.all((await options.all()).map((option) => option.isDisabled())), [
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    assert.match((await options.nth(1).getAttribute('title')) ?? '', /Needs a model/);
    await ask.send({ type: 'model', model: readyModel });
    assert.equal(await choice(ask).locator('vscode-option[disabled]').count(), 0);
  }));

test('a mode goes with the question, shows on its turn, and survives the page', async () => {
  let state: unknown;
  await withAsk({ ...empty, model: readyModel }, async (ask) => {
    await choose(ask, 'Hint first');
    assert.equal(
      await ask.page.locator('vscode-text-area').getAttribute('placeholder'),
      'What would you like a hint for?',
    );
    const turnId = await askFor(ask, 'why is it slow?');
    assert.deepEqual(await ask.next('ask'), { type: 'ask', turnId, text: 'why is it slow?', mode: 'hint', scope });
    assert.match(await ask.page.locator('.question').innerText(), /^Hint first\s*why is it slow\?\s*In the handbook$/);
    state = await ask.state();
    assert.deepEqual(state, { draft: '', mode: 'hint' } satisfies AskState);
  });
  await withAsk(
    { ...empty, model: readyModel },
    async (ask) => {
      assert.match(await chosen(ask), /Hint first/);
      await ask.send({ type: 'model', model: noModel });
      assert.match(await chosen(ask), /^Answer/);
      await askFor(ask, 'and now?');
      assert.equal('mode' in (await ask.next('ask')), false);
    },
    { state },
  );
});

test('a whole chapter is summarised without a word typed; which one is asked if it isn’t known', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    await choose(ask, 'Summarise this chapter');
    await box(ask).press('Enter');
    assert.deepEqual(await ask.next('pickChapter'), { type: 'pickChapter', text: '' });
    assert.equal((await ask.posted('ask')).length, 0);
    await ask.send({ type: 'fill', text: '', about: chapter, submit: true });
    const { turnId, ...asked } = await ask.next('ask');
    assert.deepEqual(asked, { type: 'ask', text: 'Summarise this chapter', about: chapter, mode: 'summarise' });
    assert.equal(await ask.page.locator('.about-chip').isVisible(), false);
    assert.match(await ask.page.locator('.question').innerText(), /About Parameter Quantization/);
    await end(ask, String(turnId));
  }));

test('a quiz stays with its chapter from one reply to the next', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    await choose(ask, 'Quiz me');
    await ask.send({ type: 'fill', text: '', about: chapter, submit: true });
    const { turnId, text } = await ask.next('ask');
    assert.equal(text, 'Quiz me');
    await end(ask, String(turnId));
    await askFor(ask, 'because of the outliers');
    assert.deepEqual((await ask.next('ask', 1))['about'], chapter);
  }));

test('a question that the model made up leads to the quiz of its chapter', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    await choose(ask, 'Quiz me');
    await ask.send({ type: 'fill', text: '', about: chapter, submit: true });
    const turnId = String((await ask.next('ask'))['turnId']);
    const block = { markdown: 'What is it?', html: '<p>What is it?</p>', citations: [], unsupported: 0 };
    await answer(ask, turnId, found, { type: 'block', index: 0, block });
    await end(ask, turnId);
    await button(ask, 'Open the quiz').click();
    assert.deepEqual(await ask.next('openQuiz'), { type: 'openQuiz', chapterId: chapter.chapterId });
    await choose(ask, 'Answer');
    const other = await askFor(ask, 'and why?');
    await answer(ask, other, found, { type: 'block', index: 0, block });
    await end(ask, other);
    assert.equal(await button(ask, 'Open the quiz').count(), 1);
  }));

test('the wait says what for and how long, and can be ended in each phase', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const phases = [
      [{ phase: 'loading', fraction: 0.4 }, 'Loading the model\u00a040\u00a0%'],
      [{ phase: 'waiting' }, 'Waiting for another question…'],
      [{ phase: 'reading', fraction: 0.6 }, 'Reading the passages\u00a060\u00a0%'],
    ] as const;
    for (const [n, [progress, words]] of phases.entries()) {
      const turnId = await askFor(ask, `${progress.phase}?`);
      await answer(ask, turnId, found, { type: 'progress', progress });
      assert.equal(await ask.page.locator('.status:visible').innerText(), words);
      // What is read out has no number in it that changes all the time.
      assert.doesNotMatch(await ask.page.locator('.status:visible [role=status]').innerText(), /\d/);
      if (n === 0) await ask.page.keyboard.press('Escape');
      else await button(ask, 'Stop').click();
      assert.deepEqual(await ask.next('stop', n), { type: 'stop', turnId });
      assert.equal(await ask.page.locator('.status:visible').innerText(), 'Stopping…');
      await end(ask, turnId, 'stopped');
    }
  }));

test('Escape stops an answer from wherever the focus is, but first closes what is open', () =>
  withAsk({ ...full, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    await choice(ask).click();
    await ask.page.keyboard.press('Escape');
    await button(ask, 'Conversations').click();
    await ask.page.keyboard.press('Escape');
    assert.deepEqual(await ask.posted('stop'), []);
    await ask.page.locator('.citation').first().focus();
    await ask.page.keyboard.press('Escape');
    assert.equal((await ask.next('stop'))['turnId'], turnId);
  }));

test('what the model saw is told: the context in numbers, the passages, what was left out and why', () =>
  withAsk({ ...withTurns(modelTurn), model: readyModel }, async (ask) => {
    const fold = ask.page.locator('details.seen');
    assert.equal(await fold.locator('.budget').isVisible(), false);
    // That the model forgot stands there without a fold to open.
    assert.equal(
      await ask.page.locator('.turn > div > .remark').innerText(),
      'The oldest 3 turns of this conversation were left out: the context is full.',
    );
    await fold.locator('summary').press('Enter');
    const text = (await fold.innerText()).replace(/\s+/g, ' ');
    for (const words of [
      'Context: 4,096 tokens 980 of the prompt, kept ready from before 330 of the prompt, newly read 512 kept for the answer 2,274 free',
      '2 earlier turns were in the prompt. The oldest 3 turns of this conversation were left out: the context is full. Earlier turns may take two fifths of the context; when they pass that, the oldest leave until the others take one fifth.',
      '4 passages in the prompt 1 Why it matters Parameter Quantization score 1.00 · 187 tokens',
      '2 passages left out A worked example with seven weights Parameter Quantization score 0.13 · 412 tokens · no room in the context',
      'Misconceptions Parameter Quantization score 0.13 · 412 tokens · too far from the question',
    ]) {
      assert.ok(text.includes(words), `${words}\nis not in\n${text}`);
    }
    const widths = await ask.page.evaluate<number[]>(
      `[...document.querySelectorAll('.budget-bar .budget-part')].map((part) => part.clientWidth)`,
    );
    const [reused = 0, read = 0, , free = 0] = widths;
    assert.ok(reused > 2 * read && free > 2 * reused, String(widths));
    await fold.getByRole('button', { name: 'Misconceptions' }).click();
    assert.equal((await ask.next('openPassage'))['passageId'], 'parameter-quantization#more');
    await ask.send({
      ...withTurns({ ...modelTurn, seen: { ...seen, earlierTurns: 0, droppedTurns: 0 } }),
      model: readyModel,
    });
    assert.doesNotMatch(await ask.page.locator('details.seen').innerText(), /earlier/);
    assert.equal(await ask.page.locator('.remark').count(), 0);
  }));
