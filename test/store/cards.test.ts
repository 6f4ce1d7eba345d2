import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { foldCard } from '../../src/core/study/cardHistory.ts';
import { createScheduler, defaultScheduling } from '../../src/core/study/schedule.ts';
import type { CardEvent } from '../../src/core/study/studyEvent.ts';
import { hasScheduling, setScheduling } from '../../src/store/cardProjection.ts';
import { cardQueries, listCards, readCard, readReviews } from '../../src/store/cards.ts';
import { cardEvents } from '../core/study/someCards.ts';
import { freshPath, open, seeded } from './support.ts';
import { scheduler, minute, day, morning, make, tables } from './cardTables.ts';

test('the tables say what the fold of each card says, however the events came', (t) => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = seeded(seed);
    const events = cardEvents(random, { cards: 5, events: 120 });
    const now = (): number => morning + 400 * day;
    const one = open(t, freshPath(t), { now }).store;
    const two = open(t, freshPath(t), { now }).store;
    one.unite(events);
    for (let from = events.length; from > 0; from -= 7) two.unite(events.slice(Math.max(0, from - 7), from));
    assert.deepEqual(tables(two), tables(one));
    for (let card = 0; card < 5; card++) {
      const cardId = `card-${card}`;
      const folded = foldCard(cardId, events, scheduler);
      const row = one.read((db) => readCard(db, cardId));
      assert.deepEqual(row?.text, folded.text);
      if (row) assert.deepEqual(row.schedule, folded.schedule);
      if (row) assert.equal(row.revision, folded.revision);
      assert.deepEqual(
        one.read((db) => readReviews(db, cardId)),
        folded.reviews,
      );
    }
  }
});

test('recording one by one gives what folding everything gives', (t) => {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => (clock += 7 * 60 * minute) });
  const random = seeded(11);
  for (const { id: _id, at: _at, ...event } of cardEvents(random, { cards: 4, events: 80 })) {
    const reviews = store.events(['review']);
    const eventId = reviews[Math.floor(random() * reviews.length)]?.id;
    store.record(event.kind === 'undo' && eventId !== undefined ? { ...event, eventId } : event);
  }
  const before = tables(store);
  store.remake((db) => {
    setScheduling(db, defaultScheduling);
  });
  assert.deepEqual(tables(store), before);
});

test('two machines that reviewed apart see the same cards after uniting in either order', (t) => {
  let clock = morning;
  const now = (): number => (clock += minute);
  const one = open(t, freshPath(t), { now }).store;
  const two = open(t, freshPath(t), { now }).store;
  make(one, 'a', 'b');
  two.unite(one.events());
  one.record({ kind: 'review', subject: 'a', rating: 3 });
  const wrong = two.record({ kind: 'review', subject: 'a', rating: 1 });
  two.record({ kind: 'review', subject: 'b', rating: 4 });
  two.record({ kind: 'undo', subject: 'a', eventId: wrong.id });
  one.record({ kind: 'suspend', subject: 'b', suspended: true });
  const [first, second] = [one.events(), two.events()];
  one.unite(second);
  two.unite(first);
  assert.deepEqual(tables(one), tables(two));
  assert.equal(one.read((db) => readReviews(db, 'a')).length, 1);
  assert.equal(one.read((db) => readCard(db, 'b'))?.suspended, true);
});

test('a review that came before its card is there when the card comes', (t) => {
  const { store } = open(t, freshPath(t), { now: () => morning + 9 * day });
  store.unite([{ id: 'r', at: morning + 10, kind: 'review', subject: 'x', rating: 4 }]);
  assert.equal(
    store.read((db) => readCard(db, 'x')),
    undefined,
  );
  assert.equal(store.read((db) => readReviews(db, 'x')).length, 1);
  store.unite([{ id: 'c', at: morning, kind: 'card', subject: 'x', card: { front: 'Q', back: 'A' } }]);
  assert.equal(store.read((db) => readCard(db, 'x'))?.schedule.state, 'review');
});

test('other settings make other schedules of the same history, and back', (t) => {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => (clock += 10 * minute) });
  make(store, 'a', 'b');
  for (const rating of [3, 3] as const) store.record({ kind: 'review', subject: 'a', rating });
  const before = tables(store);
  const careful = { ...defaultScheduling, retention: 0.97 };
  const due = store.read((db) => readCard(db, 'a'))?.schedule.due ?? 0;
  store.remake((db) => {
    setScheduling(db, careful);
  });
  assert.ok(store.read((db) => hasScheduling(db, careful) && !hasScheduling(db, defaultScheduling)));
  assert.ok((store.read((db) => readCard(db, 'a'))?.schedule.due ?? 0) < due);
  // What is recorded from now on follows the new settings, in another window too.
  store.record({ kind: 'review', subject: 'b', rating: 4 });
  const expected = foldCard('b', store.events(['card', 'review', 'undo', 'suspend']), createScheduler(careful));
  assert.deepEqual(store.read((db) => readCard(db, 'b'))?.schedule, expected.schedule);
  store.recordAll([{ kind: 'undo', subject: 'b', eventId: expected.reviews[0]?.eventId ?? '' }]);
  store.remake((db) => {
    setScheduling(db, defaultScheduling);
  });
  const bare = (rows: unknown): unknown =>
    JSON.parse(
      JSON.stringify(rows)
        .replace(/"revision":"[^"]*"/g, ''.padEnd(0))
        .replace(/,,/g, ',')
        .replace(/,}/g, '}'),
    );
  assert.deepEqual(bare(tables(store)), bare(before));
});

test('with thousands of cards and reviews the questions go by the index and touch only what they give', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => morning + 4000 * day });
  const random = seeded(3);
  const events: CardEvent[] = Array.from({ length: 5000 }, (_, index) => ({
    id: `c${index}`,
    at: morning + index,
    kind: 'card',
    subject: `card-${index}`,
    card: { front: `Q${index}`, back: 'A' },
  }));
  for (let index = 0; index < 5000; index++) {
    events.push({
      id: `r${index}`,
      at: morning + 1e6 + Math.floor(random() * 3000) * day + index,
      kind: 'review',
      subject: `card-${Math.floor(random() * 4500)}`,
      rating: 3,
    });
  }
  store.unite(events);
  store.dispose();
  const db = new DatabaseSync(path);
  t.after(() => {
    db.close();
  });
  const plan = (sql: string, ...values: (string | number)[]): string =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map(({ detail }) => String(detail))
      .join('; ');
  const inTurn = /SEARCH card USING (COVERING )?INDEX card_in_turn \(suspended=\? AND state=\? AND due[<>]\?\)/;
  const plans = {
    count: plan(cardQueries.count, 'review', morning, 200),
    first: plan(cardQueries.first, 'review', morning),
    firstDue: plan(cardQueries.firstDue, 'learning', morning),
  };
  for (const words of Object.values(plans)) {
    assert.match(words, inTurn);
    // Nothing is sorted: the first row of the index is the answer.
    assert.doesNotMatch(words, /TEMP B-TREE|SCAN card/);
  }
  assert.match(
    plan(cardQueries.today, 1, 2, 'new'),
    /SEARCH review USING COVERING INDEX review_in_time \(at>\? AND at<\?\)/,
  );
  // Grading finds its card by its id, and a fold reads the events of that card alone.
  assert.match(plan('SELECT * FROM card WHERE id = ?', 'x'), /SEARCH card USING INDEX sqlite_autoindex_card_1/);
  assert.match(
    plan(`SELECT * FROM event WHERE kind IN ('review', 'card') AND subject = ? ORDER BY at, id`, 'x'),
    /SEARCH event USING INDEX event_of_subject \(kind=\? AND subject=\?\)/,
  );
});

test('a database from before there were cards gets them, and keeps what it had', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.record({ kind: 'chapter', subject: 'lora', state: 'studied' });
  store.dispose();
  const db = new DatabaseSync(path);
  const later = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('event', 'conversation', 'turn')`;
  for (const { name } of db.prepare(later).all()) db.exec(`DROP TABLE "${String(name)}"`);
  db.exec('PRAGMA user_version = 1');
  db.close();
  const again = open(t, path).store;
  assert.deepEqual(again.progress().chapters, { lora: 'studied' });
  make(again, 'a');
  assert.equal(again.read(listCards).length, 1);
});

test('all cards are listed, suspended ones too, newest first', (t) => {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => clock++ });
  make(store, 'a', 'b');
  store.record({ kind: 'suspend', subject: 'b', suspended: true });
  store.record({
    kind: 'card',
    subject: 'a',
    card: { front: 'Q', back: 'A', tags: ['x'], origin: { chapterId: 'lora' } },
  });
  const cards = store.read(listCards);
  assert.deepEqual(
    cards.map(({ id, suspended }) => [id, suspended]),
    [
      ['b', true],
      ['a', false],
    ],
  );
  assert.deepEqual(cards[1]?.text, { front: 'Q', back: 'A', tags: ['x'], origin: { chapterId: 'lora' } });
  store.record({ kind: 'card', subject: 'a', card: null });
  assert.equal(store.read(listCards).length, 1);
});
