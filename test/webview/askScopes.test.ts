// Where to look: the picker beside the question box, and what a turn says of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { ScopeOffer } from '../../src/protocol/ask.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { answer, askFor, box, empty, end, found, quoted, usePages, withAsk, withTurns } from './askPage.ts';
import type { OpenPage } from './harness.ts';
import { readyModel } from './askSample.ts';
import { sources, turn } from './sample.ts';

usePages();

const chapter = { chapterId: 'flashattention', chapterTitle: 'FlashAttention' };
const everything: ScopeOffer = { chosen: 'all', chapter, library: true };
const picker = ({ page }: OpenPage): Locator => page.getByRole('combobox', { name: 'Where to look' });
const chosen = (ask: OpenPage): Promise<string> =>
  picker(ask).evaluate((control) => (control as HTMLSelectElement).value);
const options = (ask: OpenPage): Locator => picker(ask).getByRole('option');

const usable = async (ask: OpenPage): Promise<boolean> => (await picker(ask).getAttribute('disabled')) === null;
const disabled = (ask: OpenPage): Promise<string[]> => picker(ask).locator('vscode-option[disabled]').allTextContents();

test('what is chosen goes with the question and shows on its turn', () =>
  withAsk({ ...empty, scopes: everything }, async (ask) => {
    assert.equal(await chosen(ask), 'all');
    for (const [label, kind, words, looking] of [
      ['My library', 'library', 'In my library', 'Looking in your library…'],
      ['This chapter', 'chapter', 'In FlashAttention', 'Looking in the chapter…'],
      ['Everything', 'all', 'In the handbook and my library', 'Looking in the handbook and your library…'],
      ['The handbook', 'handbook', 'In the handbook', 'Looking in the handbook…'],
    ] as const) {
      const [asked, chose] = [(await ask.posted('ask')).length, (await ask.posted('scope')).length];
      await picker(ask).click();
      await options(ask).filter({ hasText: label }).click();
      assert.deepEqual(await ask.next('scope', chose), { type: 'scope', kind });
      // The next thing is to write.
      assert.equal(await box(ask).evaluate((area) => area.matches(':focus')), true);
      const turnId = await askFor(ask, 'why?');
      const { scope } = await ask.next('ask', asked);
      assert.deepEqual(scope, kind === 'chapter' ? { kind, ...chapter } : { kind });
      const shown = ask.page.locator('.turn').last();
      assert.match(await shown.locator('.question').innerText(), new RegExp(words));
      assert.equal(await shown.locator('[role=status]').innerText(), looking);
      await end(ask, turnId);
    }
  }));

test('it can be chosen by keyboard alone', () =>
  withAsk({ ...empty, scopes: everything }, async (ask) => {
    await box(ask).focus();
    for (let presses = 0; presses < 3; presses++) {
      await ask.page.keyboard.press('Tab');
      if (await picker(ask).evaluate((control) => control.matches(':focus'))) break;
    }
    await ask.page.keyboard.press('Enter');
    await ask.page.keyboard.press('ArrowUp');
    await ask.page.keyboard.press('Enter');
    assert.deepEqual(await ask.next('scope'), { type: 'scope', kind: 'library' });
  }));

test('in a low view the list of places stays in view, and all of them can be reached', () =>
  withAsk(
    { ...empty, scopes: everything },
    async (ask) => {
      await picker(ask).focus();
      await ask.page.keyboard.press('Enter');
      const list = picker(ask).locator('.listbox');
      await list.waitFor();
      assert.ok(((await list.boundingBox())?.y ?? -1) >= 0, 'it begins in view');
      await ask.page.keyboard.press('Home');
      const first = options(ask).first();
      // The list scrolls there in its own time.
      for (const end = Date.now() + 10_000; ((await first.boundingBox())?.y ?? -1) < 0;) {
        assert.ok(Date.now() < end, 'so does its first row');
        await sleep(20);
      }
      await first.click();
      assert.equal(await chosen(ask), 'chapter');
    },
    { width: 300, height: 140 },
  ));

test('what isn’t there can’t be chosen, and the picker says why', () =>
  withAsk({ ...empty, scopes: { chosen: 'chapter', library: false } }, async (ask) => {
    // What was chosen before stays wanted: until then it is the handbook.
    assert.equal(await chosen(ask), 'handbook');
    assert.deepEqual(await disabled(ask), ['This chapter', 'My library', 'Everything']);
    const why = (await picker(ask).getAttribute('title')) ?? '';
    assert.match(why, /This chapter: Open a chapter in the reader first\./);
    assert.match(why, /My library: Nothing is saved in your library yet\./);
    assert.deepEqual(await ask.posted('scope'), []);
    await ask.send({ type: 'scopes', scopes: { chosen: 'chapter', chapter, library: false } });
    assert.equal(await chosen(ask), 'chapter');
    assert.deepEqual(await disabled(ask), ['My library', 'Everything']);
    assert.equal(await ask.page.locator('vscode-text-area').getAttribute('placeholder'), 'Ask about this chapter');
    // The reader goes on to another one.
    const next = { chapterId: 'rnn', chapterTitle: 'Recurrent Neural Networks' };
    await ask.send({ type: 'scopes', scopes: { chosen: 'chapter', chapter: next, library: false } });
    await askFor(ask, 'why?');
    assert.deepEqual((await ask.next('ask'))['scope'], { kind: 'chapter', ...next });
  }));

test('a summary, a quiz and a question about a chapter are looked up in the handbook: there is nothing to choose', () =>
  withAsk({ ...empty, model: readyModel, scopes: everything }, async (ask) => {
    const mode = ask.page.getByRole('combobox', { name: 'How to answer' });
    await mode.click();
    await mode.getByRole('option').filter({ hasText: 'Summarise this chapter' }).click();
    assert.equal(await usable(ask), false);
    assert.match((await picker(ask).getAttribute('title')) ?? '', /about a chapter is looked up in the handbook/);
    await ask.send({ type: 'fill', text: '', about: { ...chapter, text: '' }, submit: true });
    assert.equal((await ask.next('ask'))['scope'], undefined);
    await mode.click();
    await mode.getByRole('option').filter({ hasText: 'Hint first' }).click();
    assert.equal(await usable(ask), true);
    await ask.send({ type: 'fill', text: 'why?', about: { ...chapter, text: 'one word' }, submit: false });
    assert.equal(await usable(ask), false);
    await ask.page.getByRole('button', { name: 'Don’t ask about these words' }).click();
    assert.equal(await usable(ask), true);
  }));

test('sources of the library say so, and so does who speaks', () =>
  withAsk({ ...empty, scopes: everything }, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    const saved = sources.map((source) => ({ ...source, passageId: 'saved:a:main:3', fromLibrary: true as const }));
    await answer(ask, turnId, { type: 'sources', coverage: 'partly', sources: saved }, quoted('It does.', 1));
    const shown = ask.page.locator('.turn').last();
    assert.equal(await shown.locator('.speaker').innerText(), 'Quoted from your library');
    assert.match(await shown.locator('.answer').innerText(), /Only a part of this question is covered\./);
    assert.equal(await shown.locator('.from-library').count(), saved.length);
    assert.match((await shown.locator('.citation').first().getAttribute('aria-label')) ?? '', /from your library/);
    await shown.locator('.citation').first().click();
    assert.equal((await ask.next('openPassage'))['passageId'], 'saved:a:main:3');
    await end(ask, turnId);

    const both = await askFor(ask, 'and why?');
    const mixed = sources.map((source, n) => (n === 0 ? { ...source, fromLibrary: true as const } : source));
    await answer(ask, both, { type: 'sources', coverage: 'covered', sources: mixed }, quoted('It does.', 1));
    assert.equal(
      await ask.page.locator('.turn').last().locator('.speaker').innerText(),
      'Quoted from the handbook and your library',
    );
    await end(ask, both);
    const handbook = await askFor(ask, 'and what?');
    await answer(ask, handbook, found, quoted('It does.', 1));
    assert.equal(await ask.page.locator('.turn').last().locator('.speaker').innerText(), 'Quoted from the handbook');
  }));

test('a refusal says who doesn’t cover it, and an empty library what to do', () =>
  withAsk({ ...empty, scopes: everything }, async (ask) => {
    const turnId = await askFor(ask, 'who won?');
    await answer(ask, turnId, { type: 'declined', reason: 'not-covered', missing: ['won'] });
    const words = (): Promise<string> => ask.page.locator('.turn').last().innerText();
    assert.match(await words(), /Neither the handbook nor your library covers this\.\s*There is nothing about “won”\./);
    await end(ask, turnId);
    const other = await askFor(ask, 'who lost?');
    await answer(ask, other, { type: 'declined', reason: 'empty-library', missing: [] });
    assert.match(await words(), /There is nothing in your library to be read yet\.\s*Save a paper or a page/);
  }));

test('with long titles, in a narrow view, nothing sticks out and every control has a name', () => {
  const long = 'A document with a title that is far longer than any view is wide.md';
  const saved = sources.map((source) => ({ ...source, chapterTitle: long, heading: long, fromLibrary: true as const }));
  const scope = { kind: 'chapter', chapterId: 'x', chapterTitle: long } as const;
  return withAsk(
    { ...withTurns({ ...turn, sources: saved, scope }), scopes: everything },
    async (ask) => {
      assert.deepEqual(await overflow(ask), []);
      assert.deepEqual(await namelessControls(ask), []);
      await picker(ask).click();
      assert.deepEqual(await overflow(ask), []);
    },
    { width: 240 },
  );
});
