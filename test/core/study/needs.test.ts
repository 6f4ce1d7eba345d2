import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import type { Chapter, Curriculum } from '../../../src/core/curriculum.ts';
import { chaptersInOrder } from '../../../src/core/curriculum.ts';
import { allNeeds, pathThrough, studyOrder } from '../../../src/core/study/needs.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { chapter, smallCurriculum } from '../smallCurriculum.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const all = chaptersInOrder(curriculum);
const ids = (chapters: readonly Chapter[]): string[] => chapters.map(({ id }) => id);

/** Numbers from 0 to 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A book of `size` chapters that need random others, in an order that has nothing to do with what needs what. */
function randomBook(size: number, seed: number): Curriculum {
  const next = numbers(seed);
  const names = Array.from({ length: size }, (_, n) => `c${n}`);
  const shuffled = [...names].sort((a, b) => hash(a, seed) - hash(b, seed));
  const chapters = names.map((id, n) =>
    chapter(id, 'basics', { prerequisites: names.slice(0, n).filter(() => next() < 3 / size) }),
  );
  return {
    ...smallCurriculum,
    sections: [{ id: 'basics', number: 1, title: 'B', summary: '', html: '', resources: [], chapterIds: shuffled }],
    chapters: Object.fromEntries(chapters.map((each) => [each.id, each])),
  };
}

function hash(text: string, seed: number): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * (seed + 7)) % 10_007, seed);
}

const books = [curriculum, ...Array.from({ length: 30 }, (_, seed) => randomBook(5 + seed, seed + 1))];

/** Every goal of every book, with some chapters known. */
function* cases(): Generator<{ book: Curriculum; goal: Chapter; known: ReadonlySet<string> }> {
  for (const [n, book] of books.entries()) {
    const next = numbers(n + 99);
    for (const goal of chaptersInOrder(book)) {
      yield { book, goal, known: new Set() };
      yield { book, goal, known: new Set(ids(chaptersInOrder(book)).filter(() => next() < 0.3)) };
    }
  }
}

test('every prerequisite that isn’t known stands before what needs it', () => {
  for (const { book, goal, known } of cases()) {
    const path = ids(pathThrough(book, [goal], (id) => known.has(id)));
    for (const [at, id] of path.entries()) {
      assert.equal(known.has(id), false);
      for (const needed of book.chapters[id]?.prerequisites ?? []) {
        assert.ok(known.has(needed) || path.slice(0, at).includes(needed), `${needed} before ${id}`);
      }
    }
    if (!known.has(goal.id)) assert.equal(path.at(-1), goal.id);
  }
});

test('no chapter can be left out: each one but the goal is needed by another one of the path', () => {
  for (const { book, goal, known } of cases()) {
    const path = pathThrough(book, [goal], (id) => known.has(id));
    for (const { id } of path.filter((each) => each !== goal)) {
      assert.ok(
        path.some(({ prerequisites }) => prerequisites.includes(id)),
        `${id} on the way to ${goal.id}`,
      );
    }
    assert.equal(new Set(path).size, path.length);
  }
});

test('the order is stable: knowing more only takes chapters away, and ties are in the order of the book', () => {
  for (const { book, goal, known } of cases()) {
    const whole = ids(pathThrough(book, [goal]));
    const left = ids(pathThrough(book, [goal], (id) => known.has(id)));
    assert.ok(left.every((id) => whole.includes(id)));
    assert.deepEqual(ids(pathThrough(book, [goal])), whole);
  }
  for (const goal of all) {
    const path = ids(pathThrough(curriculum, [goal]));
    assert.deepEqual(
      path,
      ids(all).filter((id) => path.includes(id)),
    );
  }
});

test('several goals make one path, whatever their order', () => {
  const some = all.filter((_, n) => n % 9 === 4);
  assert.deepEqual(pathThrough(curriculum, some), pathThrough(curriculum, some.toReversed()));
  assert.deepEqual(ids(pathThrough(curriculum, all)), ids(all));
});

test('what is known is left out, and what only that needed', () => {
  const [goal] = all.filter(({ prerequisites }) => prerequisites.length > 1);
  assert.ok(goal);
  assert.deepEqual(
    pathThrough(curriculum, [goal], (id) => goal.prerequisites.includes(id)),
    [goal],
  );
  assert.deepEqual(
    pathThrough(curriculum, [goal], (id) => id === goal.id),
    [],
  );
});

test('some chapters are put in an order to study them, with nothing added', () => {
  const named = ['diffusion-models', 'vq-vae', 'variational-auto-encoders'].flatMap(
    (id) => curriculum.chapters[id] ?? [],
  );
  const order = ids(studyOrder(curriculum, named));
  assert.equal(order[0], 'variational-auto-encoders');
  assert.deepEqual(order.toSorted(), ids(named).toSorted());
  assert.ok(allNeeds(curriculum, named[0] ?? assert.fail()).length > 3);
});

test('a circle among prerequisites ends all the same', () => {
  const round: Curriculum = {
    ...smallCurriculum,
    chapters: {
      ...smallCurriculum.chapters,
      markov: chapter('markov', 'basics', { prerequisites: ['rnn'] }),
    },
  };
  const { rnn } = round.chapters;
  assert.deepEqual(ids(pathThrough(round, rnn ? [rnn] : [])).toSorted(), ['markov', 'rnn']);
});
