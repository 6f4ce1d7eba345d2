import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AskState } from '../../src/protocol/ask.ts';
import { namelessControls, overflow } from './accessibility.ts';
import {
  about,
  answer,
  askFor,
  box,
  empty,
  found,
  full,
  quoted,
  scope,
  usePages,
  withAsk,
  withTurns,
} from './askPage.ts';
import type { ConversationMessage } from './askPage.ts';
import { modelTurn, readyModel, seen } from './askSample.ts';
import { conversation, declinedTurn, kept, sources, suggestions, turn } from './sample.ts';

usePages();

test('Enter asks: the question shows at once, and the box is empty again', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, '  why is decoding slow?  ');
    assert.deepEqual(await ask.next('ask'), { type: 'ask', turnId, text: 'why is decoding slow?', scope });
    assert.match(await ask.page.locator('.question').innerText(), /^why is decoding slow\?\s*In the handbook$/);
    assert.equal(await box(ask).inputValue(), '');
    assert.equal(await ask.page.getByText('Looking in the handbook…').isVisible(), true);
  }));

test('Shift+Enter starts a new line, and an empty question is not sent', () =>
  withAsk(empty, async (ask) => {
    await box(ask).press('Enter');
    await box(ask).fill('   ');
    await box(ask).press('Enter');
    assert.equal(await ask.page.getByRole('button', { name: 'Send' }).isEnabled(), false);
    await box(ask).fill('one');
    await box(ask).press('Shift+Enter');
    await box(ask).pressSequentially('two');
    await ask.page.getByRole('button', { name: 'Send' }).click();
    assert.equal((await ask.next('ask'))['text'], 'one\ntwo');
    assert.equal((await ask.posted('ask')).length, 1);
  }));

test('the first question names the conversation, and later ones leave its name', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'why is decoding slow?');
    await ask.send({ type: 'ended', turnId, ended: 'finished', kept });
    await askFor(ask, 'and what helps?');
    assert.equal(await ask.page.locator('h1').innerText(), 'why is decoding slow?');
  }));

test('a question that was asked while the conversation was on its way stays', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'why is decoding slow?');
    await ask.send(empty);
    assert.equal(await ask.page.locator('.turn.waiting').count(), 1);
    assert.equal(await ask.page.getByRole('button', { name: 'Stop' }).count(), 1);
    assert.equal(await ask.page.locator('h1').innerText(), 'why is decoding slow?');
    // Another conversation, shown by who knows of the question, is without it.
    await ask.send({ ...full, asked: turnId });
    assert.equal(await ask.page.locator('.turn.waiting').count(), 0);
    assert.equal(await ask.page.getByRole('button', { name: 'Stop' }).count(), 0);
  }));

test('a kept turn still shows what it was about', () =>
  withAsk({ ...empty, conversation: { ...conversation, turns: [{ ...turn, about }] } }, async (ask) => {
    assert.match(await ask.page.locator('.question .about').innerText(), /“one outlier”/);
  }));

test('a suggestion asks itself', () =>
  withAsk(empty, async (ask) => {
    await ask.page.getByRole('button', { name: suggestions[1] ?? '' }).click();
    assert.equal((await ask.next('ask'))['text'], suggestions[1]);
    assert.equal(await ask.page.locator('section.start').count(), 0);
  }));

test('an answer can be stopped, with the button and with Escape', () =>
  withAsk(empty, async (ask) => {
    const first = await askFor(ask, 'one?');
    await ask.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual(await ask.next('stop'), { type: 'stop', turnId: first });
    await ask.send({ type: 'ended', turnId: first, ended: 'stopped', kept });
    assert.equal(await ask.page.getByText('You stopped this answer.').isVisible(), true);
    assert.equal(await ask.page.getByRole('button', { name: 'Stop' }).count(), 0);
    const second = await askFor(ask, 'two?');
    await box(ask).press('Escape');
    assert.equal((await ask.next('stop', 1))['turnId'], second);
  }));

test('while an answer is under way, Enter keeps the next question in the box', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'one?');
    await box(ask).fill('two?');
    await box(ask).press('Enter');
    assert.equal(await box(ask).inputValue(), 'two?');
    await ask.send({ type: 'ended', turnId, ended: 'finished', kept });
    await box(ask).press('Enter');
    assert.equal((await ask.next('ask', 1))['text'], 'two?');
  }));

test('a failed question tells why and is asked again in its place, with what it was about', () =>
  withAsk(empty, async (ask) => {
    await ask.send({ type: 'fill', text: 'why?', about, submit: true });
    const { turnId } = await ask.next('ask');
    await ask.send({ type: 'ended', turnId, ended: 'failed', problem: 'The index is missing. Reinstall.', kept });
    assert.equal(await ask.page.locator('main').getByText('The index is missing. Reinstall.').isVisible(), true);
    await ask.page.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual(await ask.next('ask', 1), {
      type: 'ask',
      turnId,
      text: 'why?',
      about,
      again: 'regenerate',
    });
    assert.equal(await ask.page.locator('.turn').count(), 1);
    assert.equal(await ask.page.locator('main').getByText('The index is missing.').count(), 0);
  }));

test('what a question is about shows above the box, goes with it, and can be taken away', () =>
  withAsk(empty, async (ask) => {
    await ask.send({ type: 'fill', text: '', about, submit: false });
    assert.match(await ask.page.locator('.about-chip').innerText(), /“one outlier”/);
    await askFor(ask, 'what is it?');
    assert.deepEqual((await ask.next('ask'))['about'], about);
    assert.equal(await ask.page.locator('.about-chip').isVisible(), false);
    await ask.send({ type: 'ended', turnId: (await ask.next('ask'))['turnId'], ended: 'finished', kept });

    await ask.send({ type: 'fill', text: 'and this?', about: { ...about, text: '' }, submit: false });
    await ask.page.getByRole('button', { name: 'Don’t ask about this chapter' }).click();
    await box(ask).press('Enter');
    assert.equal('about' in (await ask.next('ask', 1)), false);
  }));

test('an unfinished question survives the page', async () => {
  let state: unknown;
  await withAsk(empty, async (ask) => {
    await ask.send({ type: 'fill', text: '', about, submit: false });
    await box(ask).pressSequentially('half a quest');
    state = await ask.state();
    assert.deepEqual(state, { draft: 'half a quest', about } satisfies AskState);
  });
  await withAsk(
    empty,
    async (ask) => {
      assert.equal(await box(ask).inputValue(), 'half a quest');
      assert.equal(await ask.page.locator('.about-chip').isVisible(), true);
    },
    { state },
  );
});

test('kept conversations are opened and removed; a new one is begun', () =>
  withAsk(full, async (ask) => {
    await ask.page.getByRole('button', { name: 'Conversations', exact: true }).click();
    await ask.page.getByRole('button', { name: /Remove the conversation “What is the difference/ }).click();
    assert.equal((await ask.next('removeConversation'))['conversationId'], 'conversation-0');
    await ask.page.getByRole('button', { name: /^What is the difference/ }).click();
    assert.equal((await ask.next('showConversation'))['conversationId'], 'conversation-0');
    await ask.page.getByRole('button', { name: 'New conversation' }).click();
    await ask.next('newConversation');
    await ask.send(empty);
    assert.equal(await ask.page.locator('.turn').count(), 0);
  }));

test('hostile words in questions, titles and sources are shown as they are', async () => {
  const hostile = '<img src=x onerror="window.hacked = true">';
  const [passage] = seen.passages;
  assert.ok(passage);
  const poisoned: ConversationMessage = {
    ...empty,
    type: 'conversation',
    conversation: {
      ...conversation,
      title: hostile,
      turns: [
        {
          ...turn,
          question: hostile,
          sources: sources.map((one) => ({ ...one, heading: hostile, chapterTitle: hostile, excerpt: hostile })),
          sentences: [],
          thought: hostile,
          fallback: hostile,
          seen: { ...seen, model: hostile, passages: [{ ...passage, heading: hostile, chapterTitle: hostile }] },
          declined: { reason: 'not-covered', missing: [hostile] },
        },
      ],
    },
    kept: [{ id: 'x', title: hostile, startedAt: 0, turns: 1 }],
    suggestions: [hostile],
    model: { state: 'failed', name: hostile, problem: hostile },
  };
  await withAsk(poisoned, async (ask) => {
    await askFor(ask, hostile);
    await ask.send({ type: 'fill', text: hostile, about: { ...about, text: hostile }, submit: false });
    await ask.page.getByRole('button', { name: 'Conversations', exact: true }).click();
    assert.equal(await ask.page.locator('.question').first().innerText(), hostile);
    assert.equal(await ask.page.locator('#root img').count(), 0);
    assert.equal(await ask.page.evaluate('window.hacked'), undefined);
  });
});

test('a growing answer is followed, but its question stays in view', () =>
  withAsk(full, async (ask) => {
    const turnId = await askFor(ask, 'tell me everything');
    await answer(
      ask,
      turnId,
      found,
      ...Array.from({ length: 40 }, (_, i) => quoted(`Sentence number ${i} of many.`, 1)),
    );
    const top = await ask.page.evaluate<number>(`(() => {
      const top = (element) => element.getBoundingClientRect().top;
      return top([...document.querySelectorAll('.question')].at(-1)) - top(document.querySelector('.log'));
    })()`);
    assert.ok(top >= 0 && top < 40, `the question is at ${top}`);
  }));

test('the end stays in view when the question box grows', () =>
  withAsk(
    {
      ...full,
      conversation: {
        ...conversation,
        turns: [turn, { ...turn, id: 'b' }, { ...turn, id: 'c', sources: sources.slice(0, 1) }],
      },
    },
    async (ask) => {
      const below = () =>
        ask.page.evaluate<number>(`(() => {
          const log = document.querySelector('.log');
          return log.scrollHeight - log.clientHeight - log.scrollTop;
        })()`);
      const height = () => ask.page.evaluate<number>(`document.querySelector('.log').clientHeight`);
      const before = await height();
      assert.ok((await below()) < 2);
      await box(ask).fill('line\n'.repeat(8));
      await ask.page.evaluate('new Promise((done) => setTimeout(done, 100))');
      assert.ok((await height()) < before - 40);
      assert.ok((await below()) < 2, `${await below()} px below`);
    },
    { height: 640 },
  ));

test('somebody who reads further up is left there', () =>
  withAsk(
    { ...full, conversation: { ...conversation, turns: [turn, { ...turn, id: 'b' }, { ...turn, id: 'c' }] } },
    async (ask) => {
      const turnId = await askFor(ask, 'more?');
      await ask.page.evaluate(`document.querySelector('.log').scrollTop = 50`);
      await answer(ask, turnId, found, quoted('More.', 1));
      assert.equal(await ask.page.evaluate(`document.querySelector('.log').scrollTop`), 50);
    },
  ));

test('every control has a name, and nothing is wider than a narrow sidebar', () =>
  withAsk(
    {
      ...withTurns(turn, declinedTurn, { ...modelTurn, cut: true }, { ...turn, id: 'f', fallback: 'No.' }),
      model: readyModel,
    },
    async (ask) => {
      await ask.page.getByRole('button', { name: 'Conversations', exact: true }).click();
      await ask.send({ type: 'fill', text: 'x', about: { ...about, text: 'word '.repeat(60) }, submit: false });
      await ask.page.evaluate(`document.querySelectorAll('details').forEach((fold) => (fold.open = true))`);
      assert.deepEqual(await namelessControls(ask), []);
      assert.deepEqual(await overflow(ask), []);
    },
    { width: 250 },
  ));
