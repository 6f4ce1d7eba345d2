import assert from 'node:assert/strict';
import { copyFile, readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { test } from 'node:test';
import type { ChatMessage } from '../../../src/core/model/language.ts';
import type { Engine } from '../../../src/model/engine.ts';
import { ask, chainModel, chainText, open, prose, temporaryFolder } from './opened.ts';

const chapter: ChatMessage = { role: 'system', text: prose('a chapter', 400) };
const about = (question: string): ChatMessage[] => [chapter, { role: 'user', text: question }];
const never = new AbortController().signal;

async function untilKept(engine: Engine, count: number): Promise<void> {
  while (engine.statistics().stateFiles.count < count) await setTimeout(20);
}

test('a prefix that was warmed is read from disk, and the answer is the one of a cold start', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const warming = await open(t, { stateFolder });
  const warmed = await warming.warm([chapter], never);
  assert.equal(warmed.fresh, true);
  assert.deepEqual(await warming.warm([chapter], never), { ...warmed, fresh: false });
  const evaluated = warming.statistics().evaluatedTokens;
  assert.equal(evaluated, warmed.tokens);
  await warming.dispose();

  const restored = await ask(await open(t, { stateFolder }), { messages: about('What is a token?') });
  assert.equal(restored.end.statistics.restoredTokens, warmed.tokens);
  assert.equal(restored.end.statistics.reusedTokens, warmed.tokens);
  const cold = await ask(await open(t), { messages: about('What is a token?') });
  assert.equal(cold.end.statistics.restoredTokens, 0);
  assert.equal(restored.answer, cold.answer);
});

test('a question keeps what it is asked about, for the next process', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const engine = await open(t, { stateFolder });
  const first = await ask(engine, { messages: about('What is a token?'), keepMessages: 1 });
  assert.equal(first.end.statistics.restoredTokens, 0);
  await untilKept(engine, 1);
  await ask(engine, { messages: about('What is a layer?'), keepMessages: 1 });
  await engine.dispose();
  assert.equal((await readdir(stateFolder)).length, 1);

  const next = await ask(await open(t, { stateFolder }), { messages: about('What is a token?'), keepMessages: 1 });
  const { restoredTokens, promptTokens } = next.end.statistics;
  assert.ok(restoredTokens > promptTokens - 30, `${restoredTokens} of ${promptTokens}`);
  assert.equal(next.answer, first.answer);
});

test('what is short isn’t kept', async (t) => {
  const engine = await open(t);
  assert.deepEqual(await engine.warm([{ role: 'system', text: 'Be brief.' }], never), { tokens: 0, fresh: false });
  assert.equal(engine.statistics().stateFiles.count, 0);
});

test('a damaged file costs time, never the answer', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const first = await open(t, { stateFolder });
  const { tokens } = await first.warm([chapter], never);
  const [name = ''] = await readdir(stateFolder);
  const path = join(stateFolder, name);
  const good = await readFile(path);
  const expected = await ask(first, { messages: about('What is a token?') });
  assert.equal(expected.end.statistics.restoredTokens, tokens);
  await first.dispose();

  const flipped = Buffer.from(good);
  flipped.writeUInt8(flipped.readUInt8(50_000) ^ 4, 50_000);
  for (const damage of [
    () => truncate(path, good.length - 1),
    () => truncate(path, good.length - 200),
    () => writeFile(path, flipped),
    () => writeFile(path, ''),
  ]) {
    await writeFile(path, good);
    await damage();
    const log: string[] = [];
    const engine = await open(t, { stateFolder, log });
    const answered = await ask(engine, { messages: about('What is a token?') });
    assert.equal(answered.end.statistics.restoredTokens, 0);
    assert.equal(answered.answer, expected.answer);
    assert.deepEqual(await readdir(stateFolder), []);
    assert.match(log.join('\n'), /kept state .* is removed/);
    await engine.dispose();
  }
});

test('another model of the same shape doesn’t read it, nor one with another cache', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const messages: ChatMessage[] = [{ role: 'system', text: chainText(0, 400) }];
  const fileOf = async (seed: number, settings = {}): Promise<string> => {
    const engine = await open(t, { file: await chainModel(seed), stateFolder, settings });
    const before = await readdir(stateFolder);
    assert.equal((await engine.warm(messages, never)).fresh, true);
    await engine.dispose();
    const [added = ''] = (await readdir(stateFolder)).filter((name) => !before.includes(name));
    return join(stateFolder, added);
  };
  const first = await fileOf(1);
  const second = await fileOf(2);
  const quantised = await fileOf(1, { kvCache: 'q8_0' });
  assert.equal(new Set([first, second, quantised]).size, 3);

  // Even under the right name the wrong state isn't read.
  await copyFile(second, first);
  const log: string[] = [];
  const engine = await open(t, { file: await chainModel(1), stateFolder, log });
  const question: ChatMessage[] = [...messages, { role: 'user', text: 'What?' }];
  assert.equal((await ask(engine, { messages: question })).end.statistics.restoredTokens, 0);
  assert.match(log.join('\n'), /a state of something else/);
});

test('two conversations that alternate keep their states after the first change of turns', async (t) => {
  const engine = await open(t);
  const long = (subject: string): ChatMessage[] => [{ role: 'user', text: prose(subject, 700) }];
  const reuse: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    for (const subject of ['the left window', 'the right window']) {
      const { promptTokens, reusedTokens } = (await ask(engine, { messages: long(subject), maxTokens: 1 })).end
        .statistics;
      reuse.push(reusedTokens / promptTokens);
      await setTimeout(100);
    }
  }
  assert.ok(reuse.slice(0, 3).every((share) => share < 0.3));
  assert.ok(
    reuse.slice(-4).every((share) => share > 0.9),
    reuse.map((share) => share.toFixed(2)).join(' '),
  );
});
