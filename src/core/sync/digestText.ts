// Events as one compact text: a row an event, ids that are UUIDs in 22 characters, times as steps from the event before,
// subjects named once. What is read back is parsed like anything else that comes from outside.

import { compareEvents } from '../study/eventBase.ts';
import { isFields, parseStudyEvent } from '../study/parseStudyEvent.ts';
import { cardStates } from '../study/cardSchedule.ts';
import type { StudyEvent } from '../study/studyEvent.ts';
import { scheduleEvent } from './scheduleEvent.ts';
import { longId, shortId } from './shortId.ts';
import type { DigestEvent } from './digest.ts';

const format = 'genai-handbook-sync';
const version = 1;

/** The most characters of one text. */
export const longestDigest = 256_000;

export interface DigestText {
  readonly text: string;
  /** How many events found no room. */
  readonly leftOut: number;
}

/** The text of those `events` that fit, the first of them first; those whose time was corrected are marked. */
export function writeDigest(
  events: readonly DigestEvent[],
  corrections: ReadonlySet<string> = new Set(),
  longest = longestDigest,
): DigestText {
  const fitting: DigestEvent[] = [];
  const subjects = new Set<string>();
  let length = 100 + 2 * corrections.size;
  for (const event of events) {
    // At most: the times are shorter in the text, as steps.
    const more = JSON.stringify(rowOf(event, 99_999, event.at)).length + (subjects.has(event.subject) ? 1 : 4);
    const name = subjects.has(event.subject) ? 0 : JSON.stringify(shortId(event.subject)).length;
    if (length + more + name > longest) continue;
    length += more + name;
    subjects.add(event.subject);
    fitting.push(event);
  }
  const names = [...new Set(fitting.map(({ subject }) => subject))].sort();
  const places = new Map(names.map((name, index) => [name, index]));
  let before = 0;
  const rows = fitting.sort(compareEvents).map((event) => {
    const [letter, ...row] = rowOf(event, places.get(event.subject) ?? 0, event.at - before);
    before = event.at;
    return [corrections.has(event.id) ? `${letter}!` : letter, ...row];
  });
  const text = JSON.stringify({ format, version, subjects: names.map(shortId), events: rows });
  return { text, leftOut: events.length - fitting.length };
}

type Row = readonly [kind: string, subject: number, step: number, id: string, ...body: readonly unknown[]];

function rowOf(event: DigestEvent, subject: number, step: number): Row {
  const head = (letter: string): [string, number, number, string] => [letter, subject, step, shortId(event.id)];
  switch (event.kind) {
    case 'chapter':
      return [...head('c'), event.state];
    case 'resource':
      return [...head('r'), event.state];
    case 'position':
      return [...head('p'), event.position.anchor, Math.round(event.position.fraction * 1e6) / 1e6];
    case 'goal':
      return [...head('g'), event.goal];
    case 'quiz':
      return [...head('q'), event.correct ? 1 : 0, event.grader];
    case 'card':
      return [...head('t'), event.card];
    case 'suspend':
      return [...head('s'), event.suspended ? 1 : 0];
    case 'review':
      return [...head('v'), event.rating, ...(event.ms === undefined ? [] : [event.ms])];
    case 'undo':
      return [...head('u'), shortId(event.eventId)];
    case 'erase':
      return head('e');
    case 'schedule': {
      const { state, due, stability, difficulty, step: next, reviews, lapses, intervalDays } = event.schedule;
      const wait = due === undefined ? null : due - event.at;
      // Its id is made of what it says.
      return [
        'm',
        subject,
        step,
        '',
        cardStates.indexOf(state),
        wait,
        stability,
        difficulty,
        next,
        reviews,
        lapses,
        intervalDays,
      ];
    }
  }
}

/** What could be read of a text, or why nothing could. */
export type ReadDigest =
  | {
      readonly events: readonly StudyEvent[];
      /** The ids of those whose time was corrected. */
      readonly corrections: ReadonlySet<string>;
      readonly unreadable: number;
    }
  | { readonly problem: 'newer' | 'not a digest' };

/** Reads a text that any version of the companion may have written. */
export function readDigest(text: string): ReadDigest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not a digest' };
  }
  if (!isFields(value) || value['format'] !== format) return { problem: 'not a digest' };
  if (value['version'] !== version) return { problem: 'newer' };
  const { subjects, events: rows } = value;
  if (!isList(subjects) || !isList(rows)) return { problem: 'not a digest' };
  const names = subjects.map((name) => (typeof name === 'string' ? longId(name) : undefined));
  const events: StudyEvent[] = [];
  const corrections = new Set<string>();
  let at = 0;
  for (const row of rows) {
    if (!isList(row)) continue;
    at += typeof row[2] === 'number' ? row[2] : 0;
    const event = parseStudyEvent(eventOf(row, names[Number(row[1])], at));
    if (typeof event === 'string') continue;
    events.push(event);
    if (String(row[0]).endsWith('!')) corrections.add(event.id);
  }
  return { events, corrections, unreadable: rows.length - events.length };
}

function eventOf([letter, , , id, first, second, ...rest]: readonly unknown[], subject: unknown, at: number): unknown {
  const base = { id: typeof id === 'string' ? longId(id) : undefined, at, subject };
  switch (String(letter).replace('!', '')) {
    case 'c':
      return { ...base, kind: 'chapter', state: first };
    case 'r':
      return { ...base, kind: 'resource', state: first };
    case 'p':
      return { ...base, kind: 'position', position: { anchor: first, fraction: second } };
    case 'g':
      return { ...base, kind: 'goal', goal: first };
    case 'q':
      return { ...base, kind: 'quiz', correct: first === 1, grader: second };
    case 't':
      return { ...base, kind: 'card', card: first };
    case 's':
      return { ...base, kind: 'suspend', suspended: first === 1 };
    case 'v':
      return { ...base, kind: 'review', rating: first, ...(second !== undefined && { ms: second }) };
    case 'u':
      return { ...base, kind: 'undo', eventId: typeof first === 'string' ? longId(first) : undefined };
    case 'e':
      return { ...base, kind: 'erase' };
    case 'm': {
      const [stability, difficulty, step, reviews, lapses, intervalDays] = rest;
      const due = typeof second === 'number' ? { due: at + second } : {};
      const schedule = { state: cardStates[Number(first)], ...due, lastReview: at };
      const said = { ...schedule, stability, difficulty, step, reviews, lapses, intervalDays };
      const read = parseStudyEvent({ ...base, id: '~', kind: 'schedule', schedule: said });
      return typeof read !== 'string' && read.kind === 'schedule'
        ? scheduleEvent(read.subject, at, read.schedule)
        : read;
    }
    default:
      return undefined;
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
