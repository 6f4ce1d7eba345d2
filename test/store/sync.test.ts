// Machines that diverge and sync, with real stores; only the place where VS Code keeps a synced value is made up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { foldCard, cardKinds } from '../../src/core/study/cardHistory.ts';
import { createScheduler, defaultScheduling } from '../../src/core/study/schedule.ts';
import type { NewStudyEvent, StudyEvent } from '../../src/core/study/studyEvent.ts';
import { digestKinds, digestOf, reviewWindow } from '../../src/core/sync/digest.ts';
import type { Store } from '../../src/store/store.ts';
import { syncAt } from '../../src/store/sync.ts';
import type { Offers, Synced } from '../../src/store/sync.ts';
import { freshPath, open, seeded } from './support.ts';

const scheduler = createScheduler(defaultScheduling);
const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 5, 15, 12);
const nothing: Offers = { history: undefined, schedules: undefined, cards: undefined };

interface Machine {
  readonly store: Store;
  readonly path: string;
  /** The value as this machine has it; VS Code brings others' when it likes. */
  offers: Offers;
  now: number;
}

function machine(t: TestContext, now = start): Machine {
  const path = freshPath(t);
  const made: Machine = { path, offers: nothing, now, store: open(t, path, { now: () => made.now }).store };
  return made;
}

function sync(one: Machine): Synced {
  const synced = syncAt(one.path, one.offers, one.now);
  const { history = one.offers.history, schedules = one.offers.schedules, cards = one.offers.cards } = synced.offers;
  one.offers = { history, schedules, cards };
  return synced;
}

/** What one machine's value becomes on the other: the last writer wins, part by part. */
function carry(from: Machine, to: Machine): void {
  to.offers = from.offers;
}

const travelling = (store: Store): StudyEvent[] => store.events(digestKinds);

/** What the learner sees of what travels. */
function seen({ store }: Machine): unknown {
  const events = store.events(cardKinds);
  const cards = Map.groupBy(events, ({ subject }) => subject);
  return {
    progress: store.progress(),
    goal: store.events(['goal']).at(-1),
    cards: Object.fromEntries(
      [...cards].sort().map(([id, own]) => {
        const { text, suspended, schedule } = foldCard(id, own, scheduler);
        return [id, { text, suspended, schedule }];
      }),
    ),
  };
}

function randomEvent(random: () => number, cards: number): NewStudyEvent {
  const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
  const chapter = pick(['a', 'b', 'c', 'd']);
  const card = `card-${Math.floor(random() * cards)}`;
  return pick<NewStudyEvent>([
    { kind: 'chapter', subject: chapter, state: pick(['not-started', 'skimmed', 'studied']) },
    { kind: 'resource', subject: chapter, state: pick(['to-do', 'doing', 'done', 'skipped']) },
    { kind: 'position', subject: chapter, position: { anchor: 'why', fraction: Math.round(random() * 100) / 100 } },
    { kind: 'review', subject: card, rating: pick([1, 2, 3, 4]) },
    { kind: 'review', subject: card, rating: pick([1, 2, 3, 4]), ms: 900 },
    { kind: 'card', subject: card, card: random() < 0.1 ? null : { front: `front ${random()}`, back: 'back' } },
    { kind: 'suspend', subject: card, suspended: random() < 0.5 },
    { kind: 'quiz', subject: `${chapter}/one`, correct: random() < 0.5, grader: 'choice' },
    {
      kind: 'goal',
      subject: 'plan',
      goal: { type: 'chapter', id: chapter, minutesPerDay: 20, depth: pick(['skim', 'study']) },
    },
  ]);
}

function live(one: Machine, random: () => number, count: number, machines: readonly Machine[]): void {
  for (let done = 0; done < count; done++) {
    const passed = Math.floor(random() * day);
    for (const each of machines) each.now += passed;
    const event = randomEvent(random, 6);
    const stored = one.store.record(event);
    if (event.kind === 'review' && random() < 0.15) {
      one.store.record({ kind: 'undo', subject: event.subject, eventId: stored.id });
    }
  }
}

/** Three machines live apart, and sync now and then, with writes lost. */
function diverge(machines: readonly [Machine, Machine, Machine], random: () => number, oneClock: boolean): void {
  const pick = (): Machine => machines[Math.floor(random() * 3)] ?? machines[0];
  for (let round = 0; round < 8; round++) {
    const one = pick();
    live(one, random, 8, oneClock ? machines : [one]);
    for (let step = 0; step < 3; step++) {
      sync(pick());
      // A carry that doesn't happen, or overwrites what the other was about to say, is a lost write.
      if (random() < 0.6) carry(pick(), pick());
    }
  }
  const latest = Math.max(...machines.map(({ now }) => now));
  for (const each of machines) each.now = latest;
}

/** Each is heard by the next, `times` around. */
function exchange(machines: readonly [Machine, Machine, Machine], first: number, times: number): void {
  for (let step = 0; step < times * 3; step++) {
    const from = machines[(step + first) % 3] ?? machines[0];
    const to = machines[(step + first + 1) % 3] ?? machines[0];
    sync(from);
    carry(from, to);
    sync(to);
  }
}

function assertAgreed(machines: readonly [Machine, Machine, Machine], what: string): void {
  for (const one of machines) {
    assert.deepEqual(seen(one), seen(machines[0]), what);
    const before = one.offers;
    assert.equal(sync(one).added, 0, what);
    assert.deepEqual(one.offers, before, `nobody writes again once all agree: ${what}`);
    assert.deepEqual(one.offers, machines[0].offers, what);
  }
}

test('machines that diverge end with the union, in whatever order they sync, however often, with writes lost', (t) => {
  for (let seed = 1; seed <= 12; seed++) {
    const machines = [machine(t), machine(t), machine(t)] as const;
    diverge(machines, seeded(seed), true);
    const union = open(t, freshPath(t), { now: () => start + 1000 * day }).store;
    for (const { store } of machines) union.unite(travelling(store));
    exchange(machines, seed, 2);
    assertAgreed(machines, `seed ${seed}`);
    assert.deepEqual(seen(machines[0]), seen({ ...machines[0], store: union }), `seed ${seed}`);
  }
});

test('machines with clocks weeks apart agree too once the clocks are right, and stop writing', (t) => {
  for (let seed = 21; seed <= 32; seed++) {
    const machines = [machine(t), machine(t, start + 9 * day), machine(t, start - 6 * day)] as const;
    diverge(machines, seeded(seed), false);
    exchange(machines, seed, 4);
    assertAgreed(machines, `seed ${seed}`);
  }
});

test('reviews too old to travel go along as the schedule they led to', (t) => {
  const [one, two] = [machine(t), machine(t)];
  const random = seeded(5);
  const reviews = reviewWindow + 600;
  one.store.recordAll(
    Array.from({ length: 300 }, (_, card) => ({
      kind: 'card',
      subject: `card-${card}`,
      card: { front: 'f', back: 'b' },
    })),
  );
  for (let done = 0; done < reviews; done++) {
    one.now += 40 * 60_000;
    const rating = ([1, 3, 3, 4] as const)[Math.floor(random() * 4)] ?? 3;
    one.store.record({ kind: 'review', subject: `card-${Math.floor(random() ** 2 * 300)}`, rating });
  }
  two.now = one.now;
  sync(one);
  carry(one, two);
  sync(two);
  assert.equal(two.store.events(['review']).length, reviewWindow);
  const rounded = (machineOf: Machine): unknown =>
    digestOf(machineOf.store.events(), scheduler).schedules.map(({ subject, schedule }) => [subject, schedule]);
  assert.deepEqual(rounded(two), rounded(one));
  const due = ({ store }: Machine): Record<string, number | undefined> => {
    const cards = Map.groupBy(store.events(cardKinds), ({ subject }) => subject);
    return Object.fromEntries([...cards].map(([id, own]) => [id, foldCard(id, own, scheduler).schedule.due]));
  };
  const [first, second] = [due(one), due(two)];
  for (const [id, time] of Object.entries(first)) {
    // Stability travels with four decimals, and an interval of years may be a day longer for it.
    assert.ok(Math.abs((second[id] ?? 0) - (time ?? 0)) <= day, `${id}: ${time} and ${second[id]}`);
  }
  // Both go on, and still agree to the letter.
  for (const one_ of [one, two]) {
    one_.now += day;
    one_.store.record({ kind: 'review', subject: 'card-7', rating: 3 });
  }
  for (let step = 0; step < 3; step++) {
    sync(one);
    carry(one, two);
    sync(two);
    carry(two, one);
  }
  const before = one.offers;
  assert.equal(sync(one).added, 0);
  assert.deepEqual(one.offers, before);
  assert.ok(Object.values(one.offers).every((text) => text !== undefined && text.length <= 256_000));
});

test('what was erased stays erased, on the machine that erased it and in what travels', (t) => {
  const [one, two] = [machine(t), machine(t, start + 1)];
  for (const each of [one, two]) {
    each.store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
    each.store.record({ kind: 'card', subject: 'mine', card: { front: 'f', back: 'b' } });
  }
  sync(one);
  carry(one, two);
  sync(two);
  one.now += day;
  two.now += day;
  one.store.erase();
  assert.deepEqual(one.store.progress().chapters, {});
  // The value still says what was: the other machine wrote last.
  carry(two, one);
  assert.equal(sync(one).added, 0);
  assert.deepEqual(one.store.progress().chapters, {});
  assert.equal(one.offers.cards?.includes('"f"'), false);
  // The other machine hears of it once, keeps what it has, and no longer offers it.
  carry(one, two);
  assert.equal(sync(two).erasedElsewhere, one.store.events(['erase'])[0]?.at);
  assert.equal(sync(two).erasedElsewhere, undefined);
  assert.deepEqual(two.store.progress().chapters, { a: 'studied' });
  assert.deepEqual(two.offers, one.offers);
  // What is done afterwards travels again.
  two.now += day;
  two.store.record({ kind: 'chapter', subject: 'b', state: 'skimmed' });
  sync(two);
  carry(two, one);
  sync(one);
  assert.deepEqual(one.store.progress().chapters, { b: 'skimmed' });
});

test('a value that can’t be read is not believed, and one of a newer companion is left alone', (t) => {
  const one = machine(t);
  one.store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  for (const text of ['', 'x', '[]', '{"format":"genai-handbook-sync","version":1}', '{"version":1,"events":[]}']) {
    const { offers, problems } = syncAt(one.path, { ...nothing, history: text }, one.now);
    assert.equal(problems.length, 1, text);
    assert.ok(offers.history?.includes('studied'), text);
  }
  const newer = '{"format":"genai-handbook-sync","version":2}';
  const { offers } = syncAt(one.path, { ...nothing, history: newer }, one.now);
  assert.equal(offers.history, undefined);
  const rows = '["c",0,1,":x","mastered"],["?",0,1,":y"],7,["c",9,1,":z","studied"],["c",0,1,":good","skimmed"]';
  const mixed = `{"format":"genai-handbook-sync","version":1,"subjects":[":b"],"events":[${rows}]}`;
  const { added, problems } = syncAt(one.path, { ...nothing, history: mixed }, one.now);
  assert.equal(added, 1);
  assert.deepEqual(problems, ['4 entries of history could not be read.']);
});
