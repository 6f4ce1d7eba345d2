// Answers of a real model that are stopped, written again and gone on with.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Turn } from '../../src/core/answer.ts';
import type { ToAsk } from '../../src/protocol/ask.ts';
import { pageOf, scripted } from './askPages.ts';
import { test, until } from './collect.ts';
import { endless, specimen, withModel } from './withModel.ts';

const question = 'What is a hidden Markov model?';

const textOf = ({ blocks = [] }: Turn): string => blocks.map(({ markdown }) => markdown).join('\n');

test('an answer can be stopped while the model loads, before its first word, and in the midst of its words', () =>
  endless((file) =>
    withModel(file, async ({ answers, model }) => {
      const { ask, close } = await scripted((asked, signal) => answers.answer(asked, signal));
      let stopAt: (message: ToAsk) => boolean = () => false;
      const page = pageOf(ask, (message) => {
        if (stopAt(message)) ask.stop();
      });
      page.says({ type: 'ready' });
      await until('the page shows the conversation', () => page.shows());
      const stoppedAt = async (place: typeof stopAt): Promise<Turn> => {
        stopAt = place;
        const turn = await ask.ask(randomUUID(), question);
        stopAt = () => false;
        assert.equal(turn.ended, 'stopped');
        assert.equal(turn.fallback, undefined);
        await until('nobody waits for the model any more', () => !model.busy);
        return turn;
      };
      const inPhase = (phase: string) => (message: ToAsk) =>
        message.type === 'answer' && message.event.type === 'progress' && message.event.progress.phase === phase;
      assert.equal(textOf(await stoppedAt(inPhase('loading'))), '');
      assert.equal(textOf(await stoppedAt(inPhase('waiting'))), '');
      const midst = await stoppedAt((message) => message.type === 'answer' && message.event.type === 'block');
      assert.notEqual(textOf(midst), '', 'what was written stays');
      assert.equal(midst.speaker, 'model');
      // It was cut off, not waited for: the whole would have gone on to its length limit.
      const whole = await ask.ask(randomUUID(), question);
      assert.equal(whole.ended, 'finished');
      assert.ok(textOf(whole).length > 2 * textOf(midst).length);
      close();
    }),
  ));

test('an answer is written anew in its place, from the prompt that is evaluated already', () =>
  withModel(specimen(), async ({ ask, model }) => {
    const first = await ask.ask(randomUUID(), question);
    const prompt = model.lastAnswer?.promptTokens ?? 0;
    const again = await ask.ask(first.id, '', { again: 'regenerate' });
    assert.deepEqual([again.id, again.ended, again.speaker], [first.id, 'finished', 'model']);
    assert.notEqual(textOf(again), textOf(first), 'it is drawn from what else is likely');
    assert.deepEqual(
      ask.conversation?.turns.map((turn) => textOf(turn)),
      [textOf(again)],
    );
    assert.equal(model.lastAnswer?.promptTokens, prompt);
    assert.equal(model.lastAnswer.reusedTokens, prompt - 1);
  }));

test('an answer that its length limit cut goes on where it stopped', () =>
  endless((file) =>
    withModel(file, async ({ ask, model }) => {
      const begun = await ask.ask(randomUUID(), question, { mode: 'hint' });
      assert.equal(begun.cut, true);
      const words = textOf(begun).split(/\s+/);
      const more = await ask.ask(begun.id, '', { again: 'continue' });
      assert.equal(more.id, begun.id);
      const all = textOf(more).split(/\s+/);
      assert.deepEqual(all.slice(0, words.length), words);
      assert.ok(all.length > 1.5 * words.length, `${words.length}, then ${all.length} words`);
      const { promptTokens = 0, reusedTokens = 0 } = model.lastAnswer ?? {};
      assert.ok(reusedTokens > promptTokens * 0.9, `${reusedTokens} of ${promptTokens} were known`);
      assert.equal(ask.conversation?.turns.length, 1);
    }),
  ));
