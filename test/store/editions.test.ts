// Two editions of a small handbook: chapters renamed, an anchor moved, a chapter removed.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Curriculum } from '../../src/core/curriculum.ts';
import { goneRows } from '../../src/core/goneRows.ts';
import { findChapter } from '../../src/core/lookUp.ts';
import { editionOf, passageNow } from '../../src/core/study/edition.ts';
import { inEnglish } from '../../src/core/translate.ts';
import { noFilter } from '../../src/core/treeFilter.ts';
import { listCards } from '../../src/store/cards.ts';
import { goneFrom } from '../../src/store/goneChapters.ts';
import { exportTo } from '../../src/store/transfer.ts';
import { chapter, smallCurriculum } from '../core/smallCurriculum.ts';
import { freshPath, open, turn } from './support.ts';

/** The second edition: `rnn` is called `recurrence` now, its `gates` are under `memory`; `quant` is gone. */
const { rnn: _rnn, quant: _quant, ...others } = smallCurriculum.chapters;
const second: Curriculum = {
  ...smallCurriculum,
  chapters: {
    ...others,
    recurrence: chapter('recurrence', 'basics', { formerIds: ['rnn', 'nets'], movedAnchors: { gates: 'memory' } }),
  },
};
const edition = editionOf(second);

test('what was done with a renamed chapter is seen in the new edition, and of a removed one nothing is dropped', (t) => {
  const path = freshPath(t);
  const first = open(t, path).store;
  const quote = { anchor: 'gates', quote: 'q', before: '', after: '', text: 'n' };
  first.recordAll([
    { kind: 'chapter', subject: 'rnn', state: 'skimmed' },
    { kind: 'position', subject: 'rnn', position: { anchor: 'gates', fraction: 0.5 } },
    { kind: 'quiz', subject: 'rnn/one', correct: true, grader: 'choice' },
    {
      kind: 'card',
      subject: 'quiz:rnn/one',
      card: { front: 'f', back: 'b', origin: { chapterId: 'rnn', anchor: 'gates' } },
    },
    { kind: 'note', subject: 'n', note: { chapterId: 'rnn', ...quote } },
    { kind: 'goal', subject: 'plan', goal: { type: 'chapter', id: 'rnn', minutesPerDay: 20, depth: 'skim' } },
    { kind: 'chapter', subject: 'quant', state: 'studied' },
    { kind: 'quiz', subject: 'quant/one', correct: false, grader: 'self' },
  ]);
  const [source] = turn('t').sources;
  assert.ok(source);
  first.saveTurn(
    { id: 'c', title: 'c', startedAt: 1 },
    { ...turn('t'), sources: [{ ...source, chapterId: 'rnn', passageId: 'rnn#gates' }] },
  );
  const written = first.events();
  first.dispose();

  const { store } = open(t, path, { edition });
  assert.deepEqual(store.progress(), {
    chapters: { recurrence: 'skimmed', quant: 'studied' },
    resources: {},
    positions: { recurrence: { anchor: 'memory', fraction: 0.5 } },
    lastChapter: 'recurrence',
  });
  assert.deepEqual(
    store.events(['quiz']).map(({ subject }) => subject),
    ['recurrence/one', 'quant/one'],
  );
  assert.deepEqual(store.events(['note'])[0]?.note, { ...quote, chapterId: 'recurrence', anchor: 'memory' });
  assert.equal(store.events(['goal'])[0]?.goal?.id, 'recurrence');
  assert.equal(store.conversation('c')?.turns[0]?.sources[0]?.passageId, 'recurrence#memory');
  const origin = { chapterId: 'recurrence', anchor: 'memory' };
  assert.deepEqual(store.read(listCards)[0]?.text.origin, origin);
  // A row that is made anew, of events with the old name.
  const { id } = store.record({ kind: 'review', subject: 'quiz:rnn/one', rating: 3 });
  store.record({ kind: 'undo', subject: 'quiz:rnn/one', eventId: id });
  assert.deepEqual(store.read(listCards)[0]?.text.origin, origin);
  const quant = { chapterId: 'quant', notes: 0, cards: 0, quizAnswers: 1, read: true };
  assert.deepEqual(store.read(goneFrom(second)), [quant]);
  // A mark made now is newer than that of the old name.
  store.record({ kind: 'chapter', subject: 'recurrence', state: 'studied' });
  assert.equal(store.progress().chapters['recurrence'], 'studied');
  // What lies in the file, and goes out, is what was written.
  const file = join(dirname(path), 'export.json');
  exportTo(path, file, Date.now(), {});
  store.dispose();
  assert.deepEqual(open(t, path).store.events().slice(0, written.length), written);
});

test('a chapter that is gone is counted with its notes and cards, under the last name it had', (t) => {
  const { store } = open(t, freshPath(t), { edition: editionOf(smallCurriculum) });
  const note = { anchor: 'a', quote: 'q', before: '', after: '', text: 'n' };
  const third: Curriculum = { ...second, chapters: { ...second.chapters, intro: chapter('intro', 'start') } };
  assert.deepEqual(store.read(goneFrom(third)), []);
  store.recordAll([
    ...['n', 'm', 'removed'].map((subject) => ({
      kind: 'note' as const,
      subject,
      note: { chapterId: 'quant', ...note },
    })),
    { kind: 'note', subject: 'removed', note: null },
    { kind: 'note', subject: 'here', note: { chapterId: 'nets', ...note } },
    { kind: 'card', subject: 'c', card: { front: 'f', back: 'b', origin: { chapterId: 'quant' } } },
    { kind: 'card', subject: 'own', card: { front: 'f', back: 'b' } },
    { kind: 'reading', subject: 'older', ms: 1000 },
  ]);
  const gone = store.read(goneFrom(third));
  assert.deepEqual(gone, [
    { chapterId: 'older', notes: 0, cards: 0, quizAnswers: 0, read: true },
    { chapterId: 'quant', notes: 2, cards: 1, quizAnswers: 0, read: false },
  ]);
  const [row] = goneRows(gone, noFilter, inEnglish);
  assert.deepEqual([row?.description, row?.spoken], ['2', 'No longer in the handbook, 2 chapters']);
  assert.ok(row);
  assert.deepEqual(
    row.children.map(({ label, description }) => [label, description]),
    [
      ['older', 'marks, reading time'],
      ['quant', '2 notes, 1 card'],
    ],
  );
  assert.deepEqual(goneRows(gone, { ...noFilter, kinds: ['paper'] }, inEnglish), []);
  assert.deepEqual(goneRows([], noFilter, inEnglish), []);
});

test('old names lead to the chapter and passage that there are now', () => {
  assert.equal(findChapter(second, 'rnn')?.id, 'recurrence');
  assert.equal(findChapter(second, 'nets')?.id, 'recurrence');
  assert.equal(findChapter(second, 'quant'), undefined);
  assert.equal(passageNow(edition, 'rnn#gates'), 'recurrence#memory');
  assert.equal(passageNow(edition, 'recurrence#gates'), 'recurrence#memory');
  assert.equal(passageNow(edition, 'flash#gates'), 'flash#gates');
  assert.equal(passageNow(edition, 'no passage'), 'no passage');
});
