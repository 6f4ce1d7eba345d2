import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from '../../../src/core/model/modelError.ts';
import { embedWhole, rankWhole } from '../../../src/vscode/model/wholeTexts.ts';

const most = 100;
const asked: string[] = [];

/** A model that looks for two words and takes only so many characters at once. */
const embed = (texts: readonly string[]): Promise<number[][]> => {
  asked.push(...texts);
  if (texts.some(({ length }) => length > most)) return Promise.reject(new ModelError('prompt-too-long', 'too long'));
  return Promise.resolve(texts.map((text) => (text.includes('left') ? [1, 0] : [0, 1])));
};

test('texts that fit are embedded together', async () => {
  asked.length = 0;
  assert.deepEqual(await embedWhole(['left', 'right'], embed), [
    [1, 0],
    [0, 1],
  ]);
  assert.equal(asked.length, 2);
});

test('a text that is too long has the average of its halves’ meanings, normalised, and no word is cut', async () => {
  asked.length = 0;
  const long = `${'left '.repeat(15)}${'right '.repeat(14)}`.trim();
  const [vector] = await embedWhole(['short', long].slice(1), embed);
  assert.ok(vector);
  assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-9);
  assert.ok(vector.every((number) => number > 0.5));
  for (const word of asked.join(' ').split(/\s+/)) assert.match(word, /^(left|right)$/);
});

test('one that is too long doesn’t keep the others from being embedded', async () => {
  const vectors = await embedWhole(['left', 'right '.repeat(200), 'left'], embed);
  assert.deepEqual(
    vectors.map((vector) => vector.map((number) => Math.round(number))),
    [
      [1, 0],
      [0, 1],
      [1, 0],
    ],
  );
});

test('whatever else goes wrong is passed on', async () => {
  const gone = new ModelError('ended', 'The model has gone.');
  await assert.rejects(
    embedWhole(['a'], () => Promise.reject(gone)),
    gone,
  );
  await assert.rejects(
    rankWhole(['a'], () => Promise.reject(gone)),
    gone,
  );
});

test('of documents that are too long to be ranked the beginning counts', async () => {
  const lengths: number[] = [];
  const scores = await rankWhole(['x'.repeat(500), 'short'], (documents) => {
    const longest = Math.max(...documents.map(({ length }) => length));
    lengths.push(longest);
    return longest > most
      ? Promise.reject(new ModelError('prompt-too-long', 'too long'))
      : Promise.resolve(documents.map(({ length }) => length / most));
  });
  assert.deepEqual(lengths, [500, 250, 125, 62]);
  assert.deepEqual(scores, [0.62, 0.05]);
});
