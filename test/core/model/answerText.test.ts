import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswerText } from '../../../src/core/model/answerText.ts';
import type { AnswerTextRules, TextPiece } from '../../../src/core/model/answerText.ts';

const plain: AnswerTextRules = {
  startsInThought: false,
  hidden: [],
  stops: [],
  answerStops: [],
  continues: false,
};
const thinking: AnswerTextRules = { ...plain, thought: { open: '<think>', close: '</think>' } };

/** Everything that comes out, whatever the pieces in which it goes in. */
function split(
  rules: AnswerTextRules,
  text: string,
  step: number,
): { answer: string; thought: string; stopped: boolean } {
  const splitter = createAnswerText(rules);
  const pieces: TextPiece[] = [];
  for (let at = 0; at < text.length; at += step) pieces.push(...splitter.push(text.slice(at, at + step)));
  const stopped = splitter.stopped();
  pieces.push(...splitter.end());
  const of = (segment: TextPiece['segment']): string =>
    pieces.flatMap((piece) => (piece.segment === segment ? [piece.text] : [])).join('');
  return { answer: of('answer'), thought: of('thought'), stopped };
}

function inEveryStep(rules: AnswerTextRules, text: string): ReturnType<typeof split> {
  const whole = split(rules, text, text.length);
  for (const step of [1, 2, 3, 5, 7]) assert.deepEqual(split(rules, text, step), whole, `in pieces of ${step}`);
  return whole;
}

test('text without markers comes out as it went in, at once', () => {
  const splitter = createAnswerText(thinking);
  assert.deepEqual(splitter.push('Attention is'), [{ segment: 'answer', text: 'Attention is' }]);
});

test('a thought is told from the answer, however the text is cut', () => {
  assert.deepEqual(inEveryStep(thinking, '<think>\nLet me see.\n</think>\n\nIt is 42.'), {
    thought: 'Let me see.\n',
    answer: 'It is 42.',
    stopped: false,
  });
});

test('a thought that the prompt has opened needs no opening', () => {
  const { thought, answer } = inEveryStep({ ...thinking, startsInThought: true }, 'Hm.</think>Yes.');
  assert.deepEqual([thought, answer], ['Hm.', 'Yes.']);
});

test('an answer that speaks of the marker stays an answer', () => {
  const text = 'Models write <think> and </think> around it.';
  assert.equal(inEveryStep(thinking, text).answer, text);
  assert.equal(inEveryStep(thinking, `<think>a</think>${text}`).answer, text);
});

test('the text ends before a stop, and nothing of the stop is shown', () => {
  assert.deepEqual(inEveryStep({ ...plain, answerStops: ['\n\nQ:'] }, 'One.\n\nQ: two'), {
    answer: 'One.',
    thought: '',
    stopped: true,
  });
});

test('what only began like a stop is shown in the end', () => {
  assert.equal(inEveryStep({ ...plain, stops: ['<|im_end|>'] }, 'a <|im_').answer, 'a <|im_');
  assert.equal(inEveryStep({ ...plain, stops: ['aab'] }, 'xaaaac').answer, 'xaaaac');
});

test('a stop of the answer doesn’t end a thought, one of the chat format does', () => {
  const rules = { ...thinking, answerStops: ['END'], stops: ['<|end|>'] };
  assert.deepEqual(inEveryStep(rules, '<think>END</think>a END b'), { thought: 'END', answer: 'a ', stopped: true });
  assert.deepEqual(inEveryStep(rules, '<think>b<|end|>c'), { thought: 'b', answer: '', stopped: true });
});

test('text of the chat format is left out', () => {
  const rules = {
    ...plain,
    thought: { open: '<|channel|>analysis<|message|>', close: '<|end|>' },
    hidden: ['<|start|>assistant', '<|channel|>final<|message|>'],
  };
  const text =
    '<|start|>assistant<|channel|>analysis<|message|>Well.<|end|><|start|>assistant<|channel|>final<|message|>Yes.';
  assert.deepEqual(inEveryStep(rules, text), { thought: 'Well.', answer: 'Yes.', stopped: false });
});

test('leading white space goes, unless the text goes on with something', () => {
  assert.equal(inEveryStep(plain, '  \n a b ').answer, 'a b ');
  assert.equal(inEveryStep({ ...plain, continues: true }, ' a').answer, ' a');
});
