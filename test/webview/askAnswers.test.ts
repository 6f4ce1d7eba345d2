import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answer,
  askFor,
  button,
  empty,
  end,
  found,
  full,
  quoted,
  readOut,
  usePages,
  withAsk,
  withTurns,
} from './askPage.ts';
import type { AnswerEvent, Turn } from '../../src/protocol/ask.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { blocksOf, markdown, modelName, modelTurn, readyModel, seen } from './askSample.ts';
import type { OpenPage } from './harness.ts';
import { conversation, declinedTurn, kept, sources, turn } from './sample.ts';

usePages();

test('an answer grows in place: sources first, then cited sentences, and who is speaking', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'does it fit?');
    await answer(ask, turnId, found);
    assert.equal(await ask.page.locator('.source').count(), sources.length);
    assert.equal(await ask.page.locator('.source .excerpt').first().isVisible(), true);
    await answer(ask, turnId, quoted('Most laptops have 16 GB.', 1), quoted('Groups help.', 3, 2));
    assert.equal(await ask.page.getByText('Quoted from the handbook').isVisible(), true);
    assert.match(
      await ask.page.locator('.sentences').innerText(),
      /^Most laptops have 16 GB\.\s*1\s*Groups help\.\s*2\s*3/,
    );
    await ask.send({ type: 'ended', turnId, ended: 'finished', kept });
    assert.equal(await ask.page.locator('.status:visible').count(), 0);
    await ask.page.getByRole('button', { name: 'Copy answer' }).click();
    assert.equal((await ask.next('copyAnswer'))['turnId'], turnId);
  }));

test('a citation opens its passage at the sentence; a source opens its passage', () =>
  withAsk(full, async (ask) => {
    await ask.page.getByRole('button', { name: 'Source 3: Parameter Quantization, Outliers' }).click();
    assert.deepEqual(await ask.next('openPassage'), {
      type: 'openPassage',
      passageId: 'parameter-quantization#outliers',
      sentence: turn.sentences[1]?.text,
    });
    await ask.page.locator('.source', { hasText: 'CPU Offloading' }).click();
    assert.deepEqual(await ask.next('openPassage', 1), { type: 'openPassage', passageId: 'cpu-offloading#brief' });
  }));

test('a sentence without a source says so, and a model is named as the speaker', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    await answer(ask, turnId, found, {
      type: 'sentence',
      speaker: 'model',
      sentence: { text: 'So I think.', html: 'So I think.', citations: [] },
    });
    assert.match(await ask.page.locator('.unsupported').innerText(), /So I think\.[^]*no source/);
    assert.equal(await ask.page.getByText('Written by the model on your machine').isVisible(), true);
  }));

test('a plan is told in steps, and says who worked it out', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'what comes before RLHF?');
    const said = (text: string, step?: number) =>
      ({
        type: 'sentence',
        speaker: 'plan',
        sentence: { text, html: text, citations: [1], ...(step !== undefined && { step }) },
      }) as const;
    await answer(ask, turnId, found, said('Two chapters:'), said('Math, 35 min.', 1), said('Nets.', 2), said('Go on.'));
    await end(ask, turnId);
    assert.equal(await ask.page.getByText('Worked out from what the chapters need').isVisible(), true);
    const shown = await ask.page.locator('.answer > *').evaluateAll((parts) => parts.map(({ tagName }) => tagName));
    assert.deepEqual(shown, ['P', 'OL', 'P']);
    assert.deepEqual((await ask.page.locator('.steps li .words').allInnerTexts()).map((text) => text.trim()).length, 2);
    assert.equal(await ask.page.locator('.steps li .citation').count(), 2);
    assert.deepEqual(await namelessControls(ask), []);
    assert.deepEqual(await overflow(ask), []);
  }));

test('partly covered questions say so', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'what and when?');
    await answer(ask, turnId, { type: 'sources', coverage: 'partly', sources }, quoted('This.', 1));
    assert.equal(await ask.page.getByText('The handbook covers only a part of this question.').isVisible(), true);
  }));

test('a declined question is refused in words, with the nearest passages below', () =>
  withAsk({ ...full, conversation: { ...conversation, turns: [declinedTurn] } }, async (ask) => {
    const text = await ask.page.locator('.turn').innerText();
    assert.match(text, /The handbook doesn’t cover this\.[^]*“passport”, “Lyon”[^]*Nearest passages[^]*Why it matters/);
    assert.equal(await ask.page.getByRole('button', { name: 'Copy answer' }).count(), 0);
    await ask.page.locator('.source').first().click();
    assert.equal((await ask.next('openPassage'))['passageId'], 'parameter-quantization#why');
  }));

test('a page that comes back in the middle of an answer goes on with it', () => {
  const soFar: Turn = {
    ...turn,
    id: 'turn-9',
    question: 'and now?',
    sentences: turn.sentences.slice(0, 1),
    ended: 'failed',
  };
  return withAsk({ ...full, running: { turn: soFar } }, async (ask) => {
    assert.equal(await ask.page.locator('.turn').count(), 2);
    await answer(ask, 'turn-9', quoted('And on.', 2));
    assert.match(await ask.page.locator('.turn').last().innerText(), /3\.5 GB\.\s*1\s*And on\.\s*2/);
    await button(ask, 'Stop').click();
    assert.equal((await ask.next('stop'))['turnId'], 'turn-9');
  });
});

test('answers to turns of another conversation change nothing here', () =>
  withAsk(full, async (ask) => {
    const before = await ask.page.locator('main').innerHTML();
    await answer(ask, 'elsewhere', found, quoted('Not here.', 1));
    await ask.send({ type: 'ended', turnId: 'elsewhere', ended: 'finished', kept });
    assert.equal(await ask.page.locator('main').innerHTML(), before);
  }));

const styleOf = ({ page }: OpenPage, selector: string, property: string): Promise<string> =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);
/** Whether what has the focus is wider inside than it is. */
const focusScrolls = ({ page }: OpenPage): Promise<boolean> =>
  page.evaluate<boolean>('document.activeElement.scrollWidth > document.activeElement.clientWidth');
const blockEvents = (text: string): AnswerEvent[] =>
  blocksOf(text).map((block, index) => ({ type: 'block', index, block }));

test('a model’s answer grows block by block, each replaced as a whole, with citations that open their passages', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'what does it save?');
    await answer(ask, turnId, found, { type: 'seen', seen });
    await answer(ask, turnId, ...blockEvents('A model takes'), ...blockEvents('A model takes 28 GB [1][2].\n\nAnd so'));
    const blocks = ask.page.locator('.block');
    assert.equal(await blocks.count(), 2);
    assert.match(await blocks.first().innerText(), /^A model takes 28 GB\s*1\s*2\s*\.$/);
    assert.equal(await ask.page.locator('main').getByText(`Written by ${modelName} on your machine`).isVisible(), true);
    await ask.page.getByRole('button', { name: 'Source 2: Parameter Quantization, Formats' }).click();
    assert.deepEqual(await ask.next('openPassage'), {
      type: 'openPassage',
      passageId: 'parameter-quantization#formats',
    });
    // The citation keeps the focus while the block is written on.
    await answer(ask, turnId, ...blockEvents('A model takes 28 GB [1][2]. More [3].'));
    assert.equal(await ask.page.evaluate(`document.activeElement.textContent`), '2');
  }));

test('a citation of a model’s sentence opens the passage at its own words for it', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'what does it save?');
    const said = new Map([[2, 'Each weight takes "4.5" bits.']]);
    const [block] = blocksOf('A model takes less [2].', said);
    assert.ok(block);
    await answer(ask, turnId, found, { type: 'block', index: 0, block });
    await ask.page.getByRole('button', { name: 'Source 2: Parameter Quantization, Formats' }).click();
    assert.deepEqual(await ask.next('openPassage'), {
      type: 'openPassage',
      passageId: 'parameter-quantization#formats',
      sentence: said.get(2),
    });
  }));

test('a citation of something that is no source of the answer is no link', () =>
  withAsk(empty, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    const [block] = blocksOf('So it is [1].');
    assert.ok(block);
    const html = block.html.replace('data-source="1"', 'data-source="9"');
    await answer(ask, turnId, found, { type: 'block', index: 0, block: { ...block, html } });
    assert.equal(await ask.page.locator('.block .citation, .block cite').count(), 0);
    assert.match(await ask.page.locator('.block').innerText(), /^So it is\s*\.$/);
  }));

test('sentences without support are marked in sight and in words, and a legend says once what that means', () =>
  withAsk({ ...withTurns(modelTurn), model: readyModel }, async (ask) => {
    const marked = ask.page.locator('.block .unsupported').first();
    assert.match(await marked.innerText(), /That is why everybody quantises\.[^]*\(no source\)/);
    assert.match(await styleOf(ask, '.block .unsupported', 'textDecorationLine'), /underline/);
    assert.equal(await ask.page.locator('.legend:visible').count(), 1);
    await ask.send(withTurns({ ...modelTurn, blocks: blocksOf('All of it is carried [1].') }));
    assert.equal(await ask.page.locator('.legend:visible').count(), 0);
  }));

test('code is copied as it stands; wide tables, formulas and code scroll by themselves, by keyboard, too', () =>
  withAsk({ ...withTurns(modelTurn), model: readyModel }, async (ask) => {
    await button(ask, 'Copy code').click();
    const code = markdown.slice(markdown.indexOf('scale ='), markdown.indexOf('\n\`\`\`\n'));
    assert.equal(String((await ask.next('copyText'))['text']).trimEnd(), code);
    for (const name of ['Table', 'Formula', 'Code']) {
      const part = ask.page.getByRole('group', { name, exact: true });
      await part.focus();
      assert.equal(await focusScrolls(ask), true, name);
    }
    assert.deepEqual(await overflow(ask), []);
  }));

test('an answer is read out block by block and at its end, not token by token', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'what does it save?');
    await answer(ask, turnId, found, { type: 'seen', seen }, ...blockEvents('One'), ...blockEvents('One two [1].'));
    assert.deepEqual(await readOut(ask), []);
    await answer(ask, turnId, ...blockEvents('One two [1].\n\nThree'));
    const said = [`Written by ${modelName} on your machine`, 'One two.'];
    assert.deepEqual(await readOut(ask), said);
    await answer(ask, turnId, ...blockEvents('One two [1].\n\nThree four [2].'));
    await end(ask, turnId);
    assert.deepEqual(await readOut(ask), [...said, 'Three four.', 'The answer is complete.']);
  }));

test('reasoning is folded away and says while it lasts', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    await answer(ask, turnId, found, { type: 'thought', text: 'First ' }, { type: 'thought', text: 'this.' });
    const fold = ask.page.locator('details.thought');
    assert.equal(await fold.locator('summary').innerText(), 'Reasoning…');
    assert.equal(await fold.locator('vscode-progress-ring').isVisible(), true);
    assert.equal(await fold.getByText('First this.').isVisible(), false);
    await fold.locator('summary').click();
    assert.equal(await fold.getByText('First this.').isVisible(), true);
    await answer(ask, turnId, ...blockEvents('So [1].'));
    assert.equal(await fold.locator('summary').innerText(), 'Reasoning');
    assert.equal(await fold.locator('vscode-progress-ring').isVisible(), false);
  }));

test('where the model fails, its words go, the reason stands there, and the handbook is quoted', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    const turnId = await askFor(ask, 'why?');
    await answer(ask, turnId, found, ...blockEvents('Half an answ'));
    await answer(ask, turnId, { type: 'fallback', message: 'The model ran out of memory.' }, quoted('It is so.', 1));
    await end(ask, turnId);
    const text = await ask.page.locator('.turn').innerText();
    assert.match(
      text,
      /The model couldn’t answer\s*The model ran out of memory\.[^]*Quoted from the handbook\s*It is so\./,
    );
    assert.doesNotMatch(text, /Half an answ|Written by/);
    await button(ask, 'Show log').click();
    await ask.next('showLog');
    await button(ask, 'Choose a model').click();
    await ask.next('chooseModel');
  }));

test('a kept answer of a model looks as it did when it came in', () =>
  withAsk({ ...empty, model: readyModel }, async (ask) => {
    // The toolkit writes its attributes in no certain order.
    const shown = async (): Promise<string> =>
      (await ask.page.locator('.turn').innerHTML()).replace(/<vscode-progress-ring[^>]*>/g, '');
    await ask.send({ type: 'fill', text: modelTurn.question, submit: true });
    const { turnId } = await ask.next('ask');
    const { thought = '' } = modelTurn;
    await answer(
      ask,
      String(turnId),
      found,
      { type: 'seen', seen },
      { type: 'thought', text: thought },
      ...blockEvents(markdown),
    );
    await end(ask, String(turnId));
    const live = await shown();
    const { mode: _mode, ...plain } = modelTurn;
    await ask.send({ ...withTurns(plain), model: readyModel });
    assert.equal(await shown(), live);
  }));
