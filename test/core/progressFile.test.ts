import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressFrom } from '../../src/core/progress.ts';
import type { ProgressEvent } from '../../src/core/progress.ts';
import { bringBack, importedWords, readProgressFile, writeProgressFile } from '../../src/core/progressFile.ts';
import { isProgressEvent } from '../../src/core/study/studyEvent.ts';
import { inEnglish } from '../../src/core/translate.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_767_225_600_000;

const events: readonly ProgressEvent[] = [
  { id: 'e1', at: now - 3000, kind: 'chapter', subject: 'tokenization', state: 'studied' },
  { id: 'e2', at: now - 2000, kind: 'resource', subject: 'attention-is-all-you-need', state: 'skipped' },
  { id: 'e3', at: now - 1000, kind: 'position', subject: 'lstm', position: { anchor: 'gates', fraction: 0.25 } },
];

/** A file with one more event made of `fields`. */
function fileWith(fields: object, head: object = {}): string {
  const event = { id: 'x', at: now, kind: 'chapter', subject: 'lstm', state: 'skimmed', ...fields };
  return JSON.stringify({
    format: 'genai-handbook-progress',
    version: 1,
    exportedAt: now,
    events: [...events, event],
    ...head,
  });
}

function problemIn(text: string): string {
  const read = readProgressFile(text, now);
  assert.ok('problem' in read, `no problem in ${text.slice(0, 200)}`);
  return read.problem;
}

function eventsIn(text: string, at = now): readonly ProgressEvent[] {
  const read = readProgressFile(text, at);
  assert.ok('events' in read, JSON.stringify(read));
  return read.events.filter(isProgressEvent);
}

test('what was exported comes back, oldest first', () => {
  const text = writeProgressFile(events.toReversed(), now);
  assert.deepEqual(readProgressFile(text, now), { events, redated: 0 });
  assert.deepEqual(readProgressFile(`\uFEFF${text}`, now), { events, redated: 0 });
  assert.equal(text.split('\n').length, 5 + events.length + 3);
});

test('a history without events is a file too', () => {
  const text = writeProgressFile([], now);
  assert.deepEqual(JSON.parse(text), { format: 'genai-handbook-progress', version: 1, exportedAt: now, events: [] });
  assert.deepEqual(eventsIn(text), []);
});

test('unknown fields are ignored and unknown subjects kept', () => {
  const read = eventsIn(
    fileWith({ subject: 'a-chapter-of-2031', mood: 'good', position: 7 }, { app: { name: 'other' } }),
  );
  assert.deepEqual(read.at(-1), { id: 'x', at: now, kind: 'chapter', subject: 'a-chapter-of-2031', state: 'skimmed' });
});

test('the problem names the place and the value', () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ state: 'mastered' }, "entry 4: unknown state 'mastered'"],
    [{ state: undefined }, 'entry 4: unknown state (missing)'],
    [{ state: 'done' }, "entry 4: unknown state 'done'"],
    [{ kind: 'resource', state: 'studied' }, "entry 4: unknown state 'studied'"],
    [{ kind: 'dream' }, "entry 4: unknown kind 'dream'"],
    [{ kind: ['chapter'] }, 'entry 4: unknown kind […]'],
    [{ id: '' }, "entry 4: unusable id ''"],
    [{ id: 'zwölf' }, "entry 4: unusable id 'zwölf'"],
    [{ id: 12 }, 'entry 4: unusable id 12'],
    [{ id: 'i'.repeat(201) }, `entry 4: unusable id '${'i'.repeat(40)}…'`],
    [{ id: 'e2' }, "entry 4: id 'e2' is already that of entry 2"],
    [{ at: -1 }, 'entry 4: unusable time -1'],
    [{ at: 1.5 }, 'entry 4: unusable time 1.5'],
    [{ at: 1e20 }, 'entry 4: unusable time 100000000000000000000'],
    [{ at: '2026-01-01' }, "entry 4: unusable time '2026-01-01'"],
    [{ at: null }, 'entry 4: unusable time null'],
    [{ subject: '' }, "entry 4: unusable subject ''"],
    [{ subject: { a: 1 } }, 'entry 4: unusable subject {…}'],
    [{ subject: '\ud800' }, "entry 4: unusable subject ' '"],
    [{ kind: 'position' }, 'entry 4: unusable position (missing)'],
    [{ kind: 'position', position: { anchor: 'a', fraction: 1.01 } }, 'entry 4: unusable position {…}'],
    [{ kind: 'position', position: { anchor: 'a', fraction: null } }, 'entry 4: unusable position {…}'],
    [{ kind: 'position', position: { anchor: 1, fraction: 0 } }, 'entry 4: unusable position {…}'],
  ];
  for (const [fields, problem] of cases) {
    assert.equal(problemIn(fileWith(fields)), `This progress file is damaged: ${problem}.`);
  }
  assert.match(problemIn(fileWith({}, { events: [events[0], null] })), /entry 2: not an event/);
  assert.match(problemIn(fileWith({}, { events: [[]] })), /entry 1: not an event/);
});

test('a message cannot be spoiled by what is in the file', () => {
  const problem = problemIn(fileWith({ state: `bad\n\u0000\u202e${'x'.repeat(1000)}` }));
  assert.ok(problem.length < 120);
  assert.doesNotMatch(problem, /[\p{Cc}\p{Cf}]/u);
});

test('what is no progress file is refused', () => {
  for (const text of ['', 'hello', '{', '['.repeat(200_000)]) assert.match(problemIn(text), /not valid JSON/);
  for (const text of ['null', '[]', '7', '{}', '{"format":"other"}']) {
    assert.match(problemIn(text), /not a progress file/);
  }
  assert.match(problemIn(fileWith({}, { version: 2 })), /version 2, from a newer companion\. Update/);
  for (const version of [0, -1, 1.5, '1', null, undefined]) {
    assert.match(problemIn(fileWith({}, { version })), /unknown version/);
  }
  for (const exportedAt of ['today', -1, undefined]) {
    assert.match(problemIn(fileWith({}, { exportedAt })), /exportedAt/);
  }
  for (const list of [{}, 'x', undefined, null])
    assert.match(problemIn(fileWith({}, { events: list })), /should be a list/);
});

test('the same event twice is one event', () => {
  assert.equal(eventsIn(fileWith({ ...events[0] })).length, 3);
});

test('a clock a little ahead is believed', () => {
  const read = readProgressFile(fileWith({ at: now + day }), now);
  assert.ok('events' in read);
  assert.equal(read.redated, 0);
  assert.equal(read.events.at(-1)?.at, now + day);
});

test('events of a far future keep their order, come last in the file and do not beat later marks', () => {
  const future: readonly ProgressEvent[] = [
    { id: 'b', at: now + 900 * day, kind: 'chapter', subject: 'tokenization', state: 'skimmed' },
    { id: 'a', at: now + 901 * day, kind: 'chapter', subject: 'tokenization', state: 'not-started' },
  ];
  const read = readProgressFile(writeProgressFile([...events, ...future], now - 500), now);
  assert.ok('events' in read);
  assert.equal(read.redated, 2);
  assert.equal(progressFrom(read.events.filter(isProgressEvent)).chapters['tokenization'], 'not-started');
  assert.ok(read.events.every((event) => event.at <= now));
  const later: ProgressEvent = { id: 'l', at: now + 1, kind: 'chapter', subject: 'tokenization', state: 'studied' };
  assert.equal(progressFrom([...read.events.filter(isProgressEvent), later]).chapters['tokenization'], 'studied');
});

test('a file from the future as a whole is dated by the time of its import', () => {
  const ahead = now + 400 * day;
  const text = writeProgressFile(
    events.map((event) => ({ ...event, at: event.at + 400 * day })),
    ahead,
  );
  const read = readProgressFile(text, now);
  assert.ok('events' in read);
  assert.deepEqual(
    read.events.map((event) => [event.id, event.at]),
    [
      ['e1', now + 1],
      ['e2', now + 2],
      ['e3', now + 3],
    ],
  );
});

test('bringing back twice changes nothing more', () => {
  const odd = events.map((event, index) => ({ ...event, at: event.at + index * 300 * day }));
  const once = bringBack(odd, now, now);
  assert.equal(once.redated, 2);
  assert.deepEqual(bringBack(once.events, now, now), { events: once.events, redated: 0 });
});

test('the learner is told how many marks an import changed, and how many were dated back', () => {
  assert.equal(importedWords('a.json', 0, 0, inEnglish), 'Imported a.json: it holds no newer marks than yours.');
  assert.equal(importedWords('a.json', 1, 0, inEnglish), 'Imported a.json: 1 mark changed.');
  assert.equal(
    importedWords('a.json', 3, 2, inEnglish),
    'Imported a.json: 3 marks changed. 2 entries were dated in the future and count as made when the file was exported.',
  );
  assert.match(importedWords('a.json', 3, 1, inEnglish), / 1 entry was dated in the future/);
});
