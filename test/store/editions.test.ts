// Two editions of a small handbook: chapters renamed, an anchor moved, a chapter removed.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Curriculum } from '../../src/core/curriculum.ts';
import { findChapter } from '../../src/core/lookUp.ts';
import { editionOf, goneChapters, passageNow } from '../../src/core/study/edition.ts';
import { listCards } from '../../src/store/cards.ts';
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
  assert.deepEqual(goneChapters(second, store.events()), [{ id: 'quant', events: 2 }]);
  // A mark made now is newer than that of the old name.
  store.record({ kind: 'chapter', subject: 'recurrence', state: 'studied' });
  assert.equal(store.progress().chapters['recurrence'], 'studied');
  // What lies in the file, and goes out, is what was written.
  const file = join(dirname(path), 'export.json');
  exportTo(path, file, Date.now(), {});
  store.dispose();
  assert.deepEqual(open(t, path).store.events().slice(0, written.length), written);
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
