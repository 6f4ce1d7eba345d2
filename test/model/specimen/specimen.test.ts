// The specimen does what it was made for, loaded by node-llama-cpp itself.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import { createTokeniser } from '../../../scripts/specimen/bytePairs.ts';
import { readGguf } from '../../../scripts/specimen/gguf.ts';
import { vocabularyOf } from '../../../scripts/specimen/modelShape.ts';
import { buildPrompt, type Prompt } from '../../../src/core/answer/prompt.ts';
import { passageText } from '../../../src/core/passages.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { study } from '../../core/study.ts';
import { inLlama, type LanguageResult } from './llama.ts';
import { specimen, type SpecimenType } from './specimen.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const passages = [...study.passages.values()];
const known = new Set(passages.flatMap((passage) => wordsOf(passageText(passage))));
const model = readGguf(await specimen('f16'));
const tokeniser = createTokeniser(vocabularyOf(model));

const beginnings = [
  'Attention compares',
  'A language model',
  'The key-value cache',
  'Quantisation stores',
  'Reinforcement learning',
];
const texts = passages.filter((_, n) => n % 85 === 7).map((passage) => passageText(passage).slice(0, 600));
const questions = [
  'Why is decoding memory-bound?',
  'What is speculative decoding?',
  'How does quantization make a model smaller?',
  'What does a Markov chain assume?',
  'What is a mixture of experts?',
  'Why do transformers need positional encodings?',
];

const types: readonly SpecimenType[] = ['f16', 'q8_0', 'q4_0'];
const results = new Map<SpecimenType, LanguageResult>();
let prompts: readonly Prompt[] = [];

before(async () => {
  prompts = await Promise.all(questions.map(promptFor));
  for (const type of types) {
    const path = await specimen(type);
    results.set(
      type,
      await inLlama({
        kind: 'language',
        path,
        tokenise: type === 'f16' ? [...texts, 'Größe 3.14 → «ok»\n\n  a\tb', '<|im_end|>'] : [],
        continue: beginnings,
        foresee: texts,
        answer: (type === 'q4_0' ? [] : prompts).map(({ messages }) => messages),
        tokens: 200,
      }),
    );
  }
});

test('it says that it is no assistant', () => {
  const value = (key: string): unknown => model.metadata.find((entry) => entry.key === key)?.value.value;
  assert.equal(value('handbook.specimen'), true);
  assert.equal(value('general.name'), 'Handbook specimen (for tests, not an assistant)');
});

test('our tokeniser and the engine’s cut texts alike', () => {
  const wanted = [...texts, 'Größe 3.14 → «ok»\n\n  a\tb', '<|im_end|>'].map((text) => tokeniser.encode(text));
  assert.deepEqual(resultOf('f16').tokenised, wanted);
});

for (const type of types) {
  test(`${type}: it goes on in the handbook’s words`, () => {
    for (const { text } of resultOf(type).continued) {
      const words = wordsOf(text).slice(0, -1);
      const share = words.filter((word) => known.has(word)).length / words.length;
      assert.ok(words.length >= 12 && share >= 0.9, `${Math.round(share * 100)} % known: ${text}`);
      assert.ok(new Set(words).size >= words.length / 3, `The same again and again: ${text}`);
    }
  });

  test(`${type}: it foresees the handbook’s text`, () => {
    const perplexity = perplexityOf(resultOf(type));
    assert.ok(perplexity < 8, `perplexity ${perplexity}`);
  });
}

for (const [type, least] of [
  ['q8_0', 0.95],
  ['q4_0', 0.75],
] as const) {
  test(`${type} mostly expects the same next token as f16`, () => {
    const whole = resultOf('f16').foreseen.flat();
    const quantised = resultOf(type).foreseen.flat();
    const same = quantised.filter(({ likeliest }, n) => likeliest === whole[n]?.likeliest).length / quantised.length;
    assert.ok(same >= least, `${Math.round(same * 100)} % alike`);
  });
}

for (const type of ['f16', 'q8_0'] as const) {
  test(`${type}: asked as the companion asks, every answer comes to its end and cites, and only passages of its prompt`, () => {
    for (const [n, { text, finished }] of resultOf(type).answered.entries()) {
      const numbers = [...text.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
      assert.ok(finished && /\w.*\[\d+\]\s*$/s.test(text), text);
      assert.ok(
        numbers.every((number) => prompts[n]?.numbers.has(number)),
        text,
      );
    }
  });
}

function promptFor(text: string): Promise<Prompt> {
  const { ranked } = study.retrieve({ text, history: [] });
  return buildPrompt(
    { text, mode: 'answer', turns: [], candidates: ranked.slice(0, 12), mostPassages: 6, context: 4096, reserve: 512 },
    {
      passages: study.passages,
      chapterTitle: (chapterId) => curriculum.chapters[chapterId]?.title ?? '',
      count: (all) => Promise.resolve(all.map((one) => tokeniser.encode(one).length)),
      written: () => undefined,
    },
  );
}

function perplexityOf({ foreseen }: LanguageResult): number {
  const all = foreseen.flat();
  return Math.exp(-all.reduce((sum, { logProbability }) => sum + logProbability, 0) / all.length);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function resultOf(type: SpecimenType): LanguageResult {
  const result = results.get(type);
  assert.ok(result);
  return result;
}
