// The quizzes as the build wrote them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder } from '../../src/core/curriculum.ts';
import { passageOf } from '../../src/core/quizzes.ts';
import { cardOf } from '../../src/core/study/quizCard.ts';
import { readChapterQuiz, readCurriculum, readPassages, readQuizIndex } from '../../src/store/curriculumFiles.ts';

const built = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const index = readQuizIndex(built);
const chapters = chaptersInOrder(readCurriculum(built));
const quizzes = await Promise.all(chapters.map(({ id }) => readChapterQuiz(built, id)));
const items = quizzes.flatMap((quiz) => quiz.items);

test('every chapter has a quiz of both kinds, and the index names its items', () => {
  assert.deepEqual(Object.keys(index).sort(), chapters.map(({ id }) => id).sort());
  for (const [at, { id }] of chapters.entries()) {
    const quiz = quizzes[at];
    assert.deepEqual(
      quiz?.items.map((item) => ({ id: item.id, kind: item.kind, anchor: item.anchor })),
      index[id],
    );
    for (const kind of ['choice', 'recall'])
      assert.ok(
        index[id]?.some((entry) => entry.kind === kind),
        `${id} ${kind}`,
      );
  }
  assert.ok(items.length >= 55 * 12, `${items.length} items`);
});

test('every item quotes a passage that is there', () => {
  const passages = new Map(readPassages(built).map((passage) => [passage.id, passage]));
  for (const [at, quiz] of quizzes.entries()) {
    for (const item of quiz.items) {
      assert.ok(passages.has(passageOf(item)), passageOf(item));
      const quoted = quiz.passages.find(({ anchor }) => anchor === item.anchor);
      assert.ok(quoted && quoted.heading !== '' && quoted.text !== '', `${chapters[at]?.id} ${item.id}`);
    }
  }
});

test('all words are rendered, none with anything the pages’ policy forbids', () => {
  for (const item of items) {
    const words =
      item.kind === 'recall'
        ? [item.prompt, item.answer]
        : [item.prompt, ...item.choices.flatMap(({ text, reason }) => [text, reason])];
    for (const { markdown, html } of words) {
      assert.ok(markdown !== '' && html !== '', item.id);
      assert.doesNotMatch(html, /style=|<script|<a |<img|onerror/, item.id);
    }
  }
});

test('every item makes a card that can be read by itself', () => {
  for (const item of items) {
    const { front, back, origin } = cardOf(item);
    assert.ok(front.startsWith(item.prompt.markdown) && back.length > 3, item.id);
    assert.deepEqual(origin, { chapterId: item.chapterId, anchor: item.anchor, itemId: item.id });
  }
});
