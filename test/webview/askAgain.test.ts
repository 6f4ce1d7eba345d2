// Answers that are written again, gone on with, or ended.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, askFor, button, end, found, full, quoted, scope, usePages, withAsk, withTurns } from './askPage.ts';
import { blocksOf, modelTurn, readyModel } from './askSample.ts';
import { kept, turn } from './sample.ts';

usePages();

test('an answer is written again in its place, and the new one takes over', () =>
  withAsk({ ...withTurns(modelTurn, turn), model: readyModel }, async (ask) => {
    await button(ask, 'Regenerate').first().click();
    const { id, question, mode } = modelTurn;
    assert.deepEqual(await ask.next('ask'), {
      type: 'ask',
      turnId: id,
      text: question,
      mode,
      scope,
      again: 'regenerate',
    });
    // One at a time: nothing else can be begun meanwhile.
    assert.equal(await button(ask, 'Regenerate').count(), 0);
    const [first, second] = await ask.page.locator('.turn').allInnerTexts();
    assert.match(
      first ?? '',
      /^Explain simpler\s*What does quantisation save\?\s*In the handbook\s*Looking in the handbook…$/,
    );
    assert.match(second ?? '', /^Will a 7B model/);
    await answer(ask, id, found, { type: 'block', index: 0, block: blocksOf('Memory [1].')[0] ?? assert.fail() });
    await end(ask, id);
    assert.match(await ask.page.locator('.turn').first().innerText(), /Memory/);
    assert.equal(await button(ask, 'Regenerate').count(), 2);
  }));

test('where the new answer doesn’t come about, the earlier one is back, and that is said', () =>
  withAsk({ ...withTurns(modelTurn), model: readyModel }, async (ask) => {
    const before = await ask.page.locator('.answer').innerHTML();
    await button(ask, 'Regenerate').click();
    await answer(ask, modelTurn.id, found, { type: 'block', index: 0, block: blocksOf('Mem')[0] ?? assert.fail() });
    const problem = 'You stopped the new answer. This is the earlier one.';
    await ask.send({ type: 'ended', turnId: modelTurn.id, ended: 'stopped', problem, earlier: modelTurn, kept });
    assert.equal(await ask.page.locator('.answer').innerHTML(), before);
    assert.equal(await ask.page.locator('main').getByText(problem).isVisible(), true);
    assert.equal(await button(ask, 'Regenerate').count(), 1);
  }));

test('what was quoted isn’t written anew without a model: it would be the same', () =>
  withAsk(full, async (ask) => {
    assert.equal(await button(ask, 'Regenerate').count(), 0);
    await ask.send({ type: 'model', model: readyModel });
    assert.equal(await button(ask, 'Regenerate').count(), 1);
  }));

test('an answer that was cut goes on where it stopped', () =>
  withAsk(
    { ...withTurns({ ...modelTurn, cut: true, blocks: blocksOf('One [1].\n\nTw') }), model: readyModel },
    async (ask) => {
      assert.equal(await ask.page.getByText('The answer stopped at its length limit.').isVisible(), true);
      await button(ask, 'Continue').click();
      assert.equal((await ask.next('ask'))['again'], 'continue');
      assert.equal(await ask.page.locator('.block').count(), 2);
      assert.equal(await ask.page.getByText('Going on with the answer…').isVisible(), true);
      for (const [index, block] of blocksOf('One [1].\n\nTwo [2].\n\nThree [3].').entries()) {
        await answer(ask, modelTurn.id, { type: 'block', index, block });
      }
      await end(ask, modelTurn.id);
      assert.deepEqual(
        (await ask.page.locator('.block').allInnerTexts()).map((text) => text.replace(/\s+/g, '')),
        ['One1.', 'Two2.', 'Three3.'],
      );
      assert.equal(await button(ask, 'Continue').count(), 0);
      assert.equal(await ask.page.getByText('The answer stopped at its length limit.').count(), 0);
    },
  ));

test('a page that comes back finds the answer that is written again in its old place', () =>
  withAsk(
    {
      ...withTurns(modelTurn, turn),
      model: readyModel,
      running: {
        turn: { ...modelTurn, blocks: blocksOf('Anew [1]'), ended: 'failed' },
        progress: { phase: 'waiting' },
      },
    },
    async (ask) => {
      assert.equal(await ask.page.locator('.turn').count(), 2);
      assert.equal((await ask.page.locator('.turn .block').first().innerText()).replace(/\s+/g, ''), 'Anew1');
      assert.equal(await ask.page.getByText('Waiting for another question…').isVisible(), true);
      assert.equal(await button(ask, 'Stop').isVisible(), true);
    },
  ));

test('an ended answer isn’t ended twice', () =>
  withAsk(full, async (ask) => {
    await end(ask, turn.id);
    assert.equal(await button(ask, 'Copy answer').count(), 1);
    const turnId = await askFor(ask, 'why?');
    await answer(ask, turnId, found, quoted('So.', 1));
    await end(ask, turnId);
    assert.equal(await button(ask, 'Copy answer').count(), 2);
  }));
