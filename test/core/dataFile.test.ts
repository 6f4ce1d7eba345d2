import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressFrom } from '../../src/core/progress.ts';
import type { ProgressEvent } from '../../src/core/progress.ts';
import {
  afterEvents,
  exportedWords,
  fileEnd,
  fileEntry,
  fileHead,
  importedWords,
  readDataFile,
} from '../../src/core/dataFile.ts';
import { isProgressEvent } from '../../src/core/study/studyEvent.ts';
import { inEnglish } from '../../src/core/translate.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_767_225_600_000;

const events: readonly ProgressEvent[] = [
  { id: 'e1', at: now - 3000, kind: 'chapter', subject: 'tokenization', state: 'studied' },
  { id: 'e2', at: now - 2000, kind: 'resource', subject: 'attention-is-all-you-need', state: 'skipped' },
  { id: 'e3', at: now - 1000, kind: 'position', subject: 'lstm', position: { anchor: 'gates', fraction: 0.25 } },
];

function fileOf(written: readonly object[], exportedAt: number): string {
  const entries = written.map((event, index) => fileEntry(event, index === 0));
  return [fileHead(exportedAt, { 'handbook.statusBar': false }), ...entries, afterEvents, fileEnd].join('');
}

/** A file with one more event made of `fields`. */
function fileWith(fields: object, head: object = {}): string {
  const event = { id: 'x', at: now, kind: 'chapter', subject: 'lstm', state: 'skimmed', ...fields };
  return JSON.stringify({
    format: 'genai-handbook-data',
    version: 1,
    exportedAt: now,
    events: [...events, event],
    ...head,
  });
}

function problemIn(text: string): string {
  const read = readDataFile(text, now);
  assert.ok('problem' in read, `no problem in ${text.slice(0, 200)}`);
  return read.problem;
}

function eventsIn(text: string, at = now): readonly ProgressEvent[] {
  const read = readDataFile(text, at);
  assert.ok('events' in read, JSON.stringify(read));
  return read.events.filter(isProgressEvent);
}

test('what was exported comes back, an entry a line', () => {
  const text = fileOf(events, now);
  const read = { events, redated: 0, conversations: [], settings: { 'handbook.statusBar': false } };
  assert.deepEqual(readDataFile(text, now), read);
  assert.deepEqual(readDataFile(`\uFEFF${text}`, now), read);
  assert.equal(text.split('\n').length, 6 + events.length + 2 + 3);
  assert.deepEqual(eventsIn(fileOf([], now)), []);
});

test('of settings only ours come in, and only plain values', () => {
  const settings = { 'handbook.a': 1, 'handbook.b': [1, 2.5], 'handbook.c': {}, 'handbook.d': ['x'], 'editor.e': true };
  const read = readDataFile(fileWith({}, { settings }), now);
  assert.ok('settings' in read);
  assert.deepEqual(read.settings, { 'handbook.a': 1, 'handbook.b': [1, 2.5] });
  assert.match(problemIn(fileWith({}, { settings: [] })), /"settings" should be a record/);
});

test('unknown fields are ignored and unknown subjects kept', () => {
  const read = eventsIn(
    fileWith({ subject: 'a-chapter-of-2031', mood: 'good', position: 7 }, { app: { name: 'other' } }),
  );
  assert.deepEqual(read.at(-1), { id: 'x', at: now, kind: 'chapter', subject: 'a-chapter-of-2031', state: 'skimmed' });
});

test('the problem names the place and the value', () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ state: 'mastered' }, "event 4: unknown state 'mastered'"],
    [{ state: undefined }, 'event 4: unknown state (missing)'],
    [{ state: 'done' }, "event 4: unknown state 'done'"],
    [{ kind: 'resource', state: 'studied' }, "event 4: unknown state 'studied'"],
    [{ kind: 'dream' }, "event 4: unknown kind 'dream'"],
    [{ kind: ['chapter'] }, 'event 4: unknown kind […]'],
    [{ id: '' }, "event 4: unusable id ''"],
    [{ id: 'zwölf' }, "event 4: unusable id 'zwölf'"],
    [{ id: 12 }, 'event 4: unusable id 12'],
    [{ id: 'i'.repeat(201) }, `event 4: unusable id '${'i'.repeat(40)}…'`],
    [{ id: 'e2' }, "event 4: id 'e2' is already that of event 2"],
    [{ at: -1 }, 'event 4: unusable time -1'],
    [{ at: 1.5 }, 'event 4: unusable time 1.5'],
    [{ at: 1e20 }, 'event 4: unusable time 100000000000000000000'],
    [{ at: '2026-01-01' }, "event 4: unusable time '2026-01-01'"],
    [{ at: null }, 'event 4: unusable time null'],
    [{ subject: '' }, "event 4: unusable subject ''"],
    [{ subject: { a: 1 } }, 'event 4: unusable subject {…}'],
    [{ subject: '\ud800' }, "event 4: unusable subject ' '"],
    [{ kind: 'position' }, 'event 4: unusable position (missing)'],
    [{ kind: 'position', position: { anchor: 'a', fraction: 1.01 } }, 'event 4: unusable position {…}'],
    [{ kind: 'position', position: { anchor: 'a', fraction: null } }, 'event 4: unusable position {…}'],
    [{ kind: 'position', position: { anchor: 1, fraction: 0 } }, 'event 4: unusable position {…}'],
  ];
  for (const [fields, problem] of cases) {
    assert.equal(problemIn(fileWith(fields)), `This file is damaged: ${problem}.`);
  }
  assert.match(problemIn(fileWith({}, { events: [events[0], null] })), /event 2: not an event/);
  assert.match(problemIn(fileWith({}, { events: [[]] })), /event 1: not an event/);
});

test('a message cannot be spoiled by what is in the file', () => {
  const problem = problemIn(fileWith({ state: `bad\n\u0000\u202e${'x'.repeat(1000)}` }));
  assert.ok(problem.length < 120);
  assert.doesNotMatch(problem, /[\p{Cc}\p{Cf}]/u);
});

test('what is no progress file is refused', () => {
  for (const text of ['', 'hello', '{', '['.repeat(200_000)]) assert.match(problemIn(text), /not valid JSON/);
  for (const text of ['null', '[]', '7', '{}', '{"format":"other"}']) {
    assert.match(problemIn(text), /not an export of the handbook/);
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

test('a file whose last events are of a far future keeps their order, and later marks win', () => {
  const future: readonly ProgressEvent[] = [
    { id: 'b', at: now + 900 * day, kind: 'chapter', subject: 'tokenization', state: 'skimmed' },
    { id: 'a', at: now + 901 * day, kind: 'chapter', subject: 'tokenization', state: 'not-started' },
  ];
  const read = readDataFile(fileOf([...events, ...future], now - 500), now);
  assert.ok('events' in read);
  assert.equal(read.redated, 2);
  assert.equal(progressFrom(read.events.filter(isProgressEvent)).chapters['tokenization'], 'not-started');
  assert.ok(read.events.every((event) => event.at <= now));
});

test('a file from the future as a whole is dated by the time of its import', () => {
  const ahead = now + 400 * day;
  const read = readDataFile(
    fileOf(
      events.map((event) => ({ ...event, at: event.at + 400 * day })),
      ahead,
    ),
    now,
  );
  assert.ok('events' in read);
  assert.deepEqual(
    read.events.map((event) => [event.id, event.at]),
    [
      ['e1', now - 2000],
      ['e2', now - 1000],
      ['e3', now],
    ],
  );
});

test('the learner is told what an import brought, and how much was dated back', () => {
  const words = (addedEvents: number, addedTurns: number, redated: number): string =>
    importedWords('a.json', { addedEvents, addedTurns, redated }, inEnglish);
  assert.equal(words(0, 0, 0), 'Imported a.json: it holds nothing that you don’t have already.');
  assert.equal(words(1, 0, 0), 'Imported a.json: 1 entry of your history came in.');
  assert.equal(words(0, 1, 0), 'Imported a.json: 1 answer came in.');
  assert.equal(
    words(3, 2, 2),
    'Imported a.json: 3 entries of your history and 2 answers came in. 2 entries were dated in the future and have been given earlier times.',
  );
  assert.match(words(3, 0, 1), / 1 entry was dated in the future/);
});

test('an export says what is in the file, and nothing of what isn’t', () => {
  const words = (events: number, turns: number, skipped = 0): string =>
    exportedWords('a.json', { events, turns, skipped }, inEnglish);
  assert.equal(words(0, 0), 'Exported to a.json: there is nothing of yours in it yet.');
  assert.equal(words(1, 0), 'Exported to a.json: 1 entry of your history.');
  assert.equal(words(5, 1), 'Exported to a.json: 5 entries of your history and 1 answer.');
  assert.equal(words(0, 2, 1), 'Exported to a.json: 2 answers. 1 that couldn’t be read was left out.');
});
