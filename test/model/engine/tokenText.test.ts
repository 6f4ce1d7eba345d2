import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getLlama } from 'node-llama-cpp';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { createTokenText } from '../../../src/model/engine/tokenText.ts';
import { specimen } from '../specimen/specimen.ts';

let llama: Llama;
let model: LlamaModel;

before(async () => {
  llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1 });
  model = await llama.loadModel({ modelPath: await specimen('f16'), vocabOnly: true });
});
after(() => llama.dispose());

const texts = [
  'Plain words.',
  '🙂 and 👩‍🔬 at work',
  'Привет, 世界 — déjà vu',
  'x ≤ ∑ᵢ αᵢ',
  '🙂'.repeat(20),
  ' a  b\n\n  c',
];

test('characters of several tokens come out whole, whatever comes at once', () => {
  for (const text of texts) {
    const tokens = model.tokenize(text);
    for (const step of [1, 2, 3, 7, tokens.length]) {
      const stream = createTokenText(model, [], []);
      const pieces: string[] = [];
      for (let at = 0; at < tokens.length; at += step) pieces.push(stream.push(tokens.slice(at, at + step)));
      pieces.push(stream.end());
      assert.equal(pieces.join(''), text);
      assert.ok(pieces.every((piece) => !piece.includes('�')));
    }
  }
});

test('a character that is never finished is shown in the end', () => {
  const tokens = model.tokenize('🙂');
  assert.ok(tokens.length > 1);
  const stream = createTokenText(model, [], []);
  assert.equal(stream.push(tokens.slice(0, 1)), '');
  assert.equal(stream.end(), '�');
});

test('bytes that make no character don’t hold up what follows', () => {
  const [broken] = model.tokenize('🙂');
  assert.ok(broken !== undefined);
  const stream = createTokenText(model, [], []);
  const text = stream.push([...Array.from({ length: 12 }, () => broken), ...model.tokenize('fine')]) + stream.end();
  assert.ok(text.endsWith('fine'));
});

test('control tokens are shown only where they mark something', () => {
  const [control] = model.tokenize('<|im_start|>', true);
  assert.ok(control !== undefined && model.isSpecialToken(control));
  const word = model.tokenize('a');
  assert.equal(createTokenText(model, [], []).push([...word, control, ...word]), 'aa');
  assert.equal(createTokenText(model, [], ['<|im_start|>x']).push([control, ...word]), '<|im_start|>a');
});
