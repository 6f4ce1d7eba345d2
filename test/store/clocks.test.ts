// Clocks that jump, and machines whose clocks are wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { lastTime } from '../../src/core/study/clock.ts';
import type { StudyEvent } from '../../src/core/study/studyEvent.ts';
import type { Store } from '../../src/store/store.ts';
import { freshPath, open } from './support.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 5, 15, 12);

/** A store with a clock that the test sets. */
function clocked(t: TestContext, at = start): { store: Store; set: (time: number) => void; reported: string[] } {
  let time = at;
  const reported: string[] = [];
  const { store } = open(t, freshPath(t), { now: () => time, report: (problem) => void reported.push(problem) });
  const set = (to: number): void => {
    time = to;
  };
  return { store, reported, set };
}

const review = { kind: 'review', subject: 'card', rating: 3 } as const;
const times = (store: Store): number[] => store.events().map((event) => event.at);

test('a clock that jumps a year ahead and back leaves the true distances', (t) => {
  const { store, set, reported } = clocked(t);
  store.record(review);
  set(start + 365 * day);
  store.record(review);
  store.record({ kind: 'chapter', subject: 'a', state: 'skimmed' });
  set(start + 10 * minute);
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  set(start + 20 * minute);
  store.record(review);
  const now = start + 10 * minute;
  assert.deepEqual(times(store), [start, now - 1, now, now + 1, start + 20 * minute]);
  assert.equal(store.progress().chapters['a'], 'studied');
  assert.match(reported.join('\n'), /2 events were dated in the future/);
});

test('a clock that falls back a month, or to 1970, dates nothing anew', (t) => {
  for (const wrong of [0, start - 30 * day]) {
    const { store, set } = clocked(t, start - 60 * day);
    for (let passed = 60; passed >= 0; passed--) {
      set(start - passed * day);
      store.record(review);
    }
    const before = times(store);
    set(wrong);
    store.record({ kind: 'chapter', subject: 'a', state: 'skimmed' });
    set(start + 2 * day);
    store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
    assert.deepEqual(times(store), [...before, start + 1, start + 2 * day]);
    assert.equal(store.progress().chapters['a'], 'studied');
  }
});

test('the first day with a clock of 1970, and one of the year 9999', (t) => {
  const { store, set } = clocked(t, 0);
  store.record(review);
  set(lastTime);
  store.record(review);
  store.record(review);
  set(0);
  store.record(review);
  assert.equal(store.events().length, 4, 'every event can be read');
  set(start);
  const last = store.record(review);
  assert.equal(store.events().at(-1)?.id, last.id);
  assert.ok(last.at <= start + 10);
});

test('daylight saving changes nothing: times are counted from 1970, not read from a wall', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'Europe/Berlin';
  // Half an hour before summer time ends, in the hour that comes twice, and after it.
  const change = Date.UTC(2026, 9, 25, 1);
  assert.notEqual(new Date(change - day).getTimezoneOffset(), new Date(change + day).getTimezoneOffset());
  const { store, set } = clocked(t, change - 30 * minute);
  for (const passed of [-30, -1, 0, 29, 31]) {
    set(change + passed * minute);
    store.record(review);
  }
  assert.deepEqual(
    times(store),
    [-30, -1, 0, 29, 31].map((passed) => change + passed * minute),
  );
});

const mark = (id: string, at: number, state: 'skimmed' | 'studied'): StudyEvent => ({
  id,
  at,
  kind: 'chapter',
  subject: 'a',
  state,
});

test('a machine whose clock is a year ahead doesn’t win over later marks', (t) => {
  const right = clocked(t);
  const wrong = clocked(t, start + 365 * day);
  wrong.store.record({ kind: 'chapter', subject: 'a', state: 'skimmed' });
  wrong.store.record({ kind: 'chapter', subject: 'b', state: 'skimmed' });
  const { redated } = right.store.unite(wrong.store.events());
  assert.equal(redated, 2);
  right.set(start + minute);
  right.store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  // Back and forth, with the wrong clock still wrong.
  wrong.store.unite(right.store.events());
  right.store.unite(wrong.store.events());
  assert.deepEqual(wrong.store.events(), right.store.events());
  assert.deepEqual(right.store.progress().chapters, { a: 'studied', b: 'skimmed' });
  wrong.store.record({ kind: 'chapter', subject: 'b', state: 'studied' });
  wrong.set(start + 2 * minute);
  wrong.store.record({ kind: 'chapter', subject: 'b', state: 'not-started' });
  assert.ok(wrong.store.events().every((event) => event.at <= start + 2 * minute + 1));
  assert.equal(wrong.store.progress().chapters['b'], 'not-started');
});

test('a machine whose clock is behind doesn’t squeeze what comes from others', (t) => {
  const events = Array.from({ length: 40 }, (_, index) => mark(`e${index}`, start - (40 - index) * day, 'studied'));
  for (const wrong of [0, start - 20 * day]) {
    const { store } = clocked(t, wrong);
    store.unite(events);
    assert.deepEqual(store.events(), events);
    store.record({ kind: 'chapter', subject: 'a', state: 'skimmed' });
    assert.equal(store.progress().chapters['a'], 'skimmed');
  }
});

test('of two machines that bring the same events back, both end with the same', (t) => {
  const far = [mark('f1', start + 300 * day, 'skimmed'), mark('f2', start + 301 * day, 'studied')];
  const one = clocked(t, start);
  const two = clocked(t, start + 5 * day);
  one.store.unite(far);
  two.store.unite(far);
  assert.notDeepEqual(one.store.events(), two.store.events());
  const [first, second] = [one.store.events(), two.store.events()];
  one.store.unite(second);
  two.store.unite(first);
  assert.deepEqual(one.store.events(), two.store.events());
  assert.deepEqual(
    one.store.events().map(({ id }) => id),
    ['f1', 'f2'],
  );
});
