import assert from 'node:assert/strict';
import { test } from 'node:test';
import { study } from '../study.ts';

function firstChapters(text: string, history: readonly string[] = []): string[] {
  const ranked = study.retrieve({ text, history }).ranked.map(({ passage }) => passage.chapterId);
  return [...new Set(ranked)].slice(0, 3);
}

test('plain words find the chapter that has the term', () => {
  assert.ok(firstChapters('shrink a model to fit my laptop').includes('parameter-quantization'));
  assert.ok(
    firstChapters('why does each further message in a long chat get slower').includes(
      'key-value-caching-and-paged-attention',
    ),
  );
});

test('typos in a question are read as what was meant', () => {
  assert.equal(firstChapters('speculitive decodng')[0], 'speculative-decoding');
  assert.deepEqual(study.retrieve({ text: 'how does quantizaton work', history: [] }).question.unknown, []);
});

test('a real word that the handbook never uses is not taken for a typo', () => {
  assert.deepEqual(study.retrieve({ text: 'my llama keeps spitting', history: [] }).question.unknown, ['spitting']);
});

test('a follow-up leans on the question before it, a whole question does not', () => {
  assert.equal(firstChapters('does it save memory too?', ['what is flash attention?'])[0], 'flashattention');
  const alone = study.retrieve({
    text: 'how does the Viterbi algorithm find the best path?',
    history: ['what is flash attention?'],
  });
  assert.equal(alone.question.followUp, false);
  assert.equal(alone.ranked[0]?.passage.chapterId, 'markov-models');
});

test('the chapter a question is asked about comes first among equals', () => {
  const question = { text: 'what are the trade-offs?', history: [], about: { chapterId: 'cpu-offloading', text: '' } };
  assert.equal(study.retrieve(question).ranked[0]?.passage.chapterId, 'cpu-offloading');
});

test('scores fall from 1 and nothing is ranked twice', () => {
  const { ranked } = study.retrieve({ text: 'how does beam search differ from sampling', history: [] });
  assert.equal(ranked[0]?.score, 1);
  for (const [n, { score }] of ranked.entries()) assert.ok(score <= (ranked[n - 1]?.score ?? 1));
  assert.equal(new Set(ranked.map(({ passage }) => passage.id)).size, ranked.length);
});

test('a short question that says what it is about does not lean on the conversation', () => {
  const asked = study.retrieve({ text: 'What is the capital of Australia?', history: ['what is flash attention?'] });
  assert.equal(asked.question.followUp, false);
});
