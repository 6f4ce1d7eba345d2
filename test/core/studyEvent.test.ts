import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStudyEvent } from '../../src/core/study/parseStudyEvent.ts';
import type { StudyEvent } from '../../src/core/study/studyEvent.ts';

const base = { id: 'e', at: 1, subject: 's' };
const quote = { anchor: 'why', quote: 'words', before: 'the', after: 'here' };

const good: readonly StudyEvent[] = [
  { ...base, kind: 'chapter', state: 'studied' },
  { ...base, kind: 'resource', state: 'done' },
  { ...base, kind: 'position', position: { anchor: 'why', fraction: 0.5 } },
  { ...base, kind: 'review', rating: 3 },
  { ...base, kind: 'review', rating: 1, ms: 4000 },
  { ...base, kind: 'undo', eventId: 'x' },
  { ...base, kind: 'card', card: { front: 'Why?', back: 'So.' } },
  {
    ...base,
    kind: 'card',
    card: { front: '', back: '', origin: { chapterId: 'lora', anchor: 'why', itemId: 'lora-1' }, tags: ['own'] },
  },
  { ...base, kind: 'card', card: null },
  { ...base, kind: 'suspend', suspended: true },
  { ...base, kind: 'note', note: { ...quote, chapterId: 'lora', text: 'mine' } },
  { ...base, kind: 'note', note: null },
  { ...base, kind: 'goal', goal: { type: 'chapter', id: 'lora', minutesPerDay: 30, depth: 'skim' } },
  { ...base, kind: 'goal', goal: null },
  { ...base, kind: 'quiz', correct: false, grader: 'self' },
  { ...base, kind: 'reading', ms: 60_000 },
];

test('every kind of event is read as it was written, and nothing else with it', () => {
  for (const event of good) assert.deepEqual(parseStudyEvent({ ...event, extra: 1 }), event);
  assert.equal(new Set(good.map(({ kind }) => kind)).size, 11);
});

const bad: readonly (readonly [string, unknown, RegExp])[] = [
  ['no object', 'review', /not an event/],
  ['an id with a space', { ...good[3], id: 'a b' }, /unusable id 'a b'/],
  ['a time before 1970', { ...good[3], at: -1 }, /unusable time -1/],
  ['an empty subject', { ...good[3], subject: '' }, /unusable subject/],
  ['a half surrogate', { ...good[3], subject: '\ud800' }, /unusable subject/],
  ['a rating of five', { ...good[3], rating: 5 }, /unknown rating 5/],
  ['a review that took two days', { ...good[3], ms: 172_800_000 }, /unusable duration/],
  ['a review taken back without a name', { ...base, kind: 'undo' }, /unusable event id \(missing\)/],
  ['a card with one side', { ...base, kind: 'card', card: { front: 'a' } }, /unusable card/],
  [
    'a card that is a book',
    { ...base, kind: 'card', card: { front: 'a', back: 'b'.repeat(100_001) } },
    /unusable card/,
  ],
  ['an origin without chapter', { ...base, kind: 'card', card: { front: '', back: '', origin: {} } }, /unusable card/],
  ['tags that are no list', { ...base, kind: 'card', card: { front: '', back: '', tags: 'x' } }, /unusable card/],
  ['a suspension that is a word', { ...base, kind: 'suspend', suspended: 'yes' }, /unusable mark 'yes'/],
  ['a note without its words', { ...base, kind: 'note', note: { ...quote, chapterId: 'lora' } }, /unusable note/],
  [
    'no time for a goal',
    { ...base, kind: 'goal', goal: { type: 'chapter', id: 'x', minutesPerDay: 0, depth: 'skim' } },
    /unusable goal/,
  ],
  ['an answer graded by nobody', { ...base, kind: 'quiz', correct: true }, /unusable answer/],
  ['two days of reading at a stretch', { ...base, kind: 'reading', ms: 172_800_000 }, /unusable duration/],
  ['a kind of tomorrow', { ...base, kind: 'dream' }, /unknown kind 'dream'/],
];

for (const [what, value, problem] of bad) {
  test(`refused, with the reason: ${what}`, () => {
    const read = parseStudyEvent(value);
    assert.ok(typeof read === 'string');
    assert.match(read, problem);
  });
}
