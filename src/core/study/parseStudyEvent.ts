// Reading events from anywhere outside: the database, a file, another machine. A string says what is wrong.

import { chapterStates, resourceStates } from '../progress.ts';
import type { Position } from '../progress.ts';
import { lastTime } from './clock.ts';
import { cardStates } from './cardSchedule.ts';
import type { Schedule } from './cardSchedule.ts';
import { dayMs } from './days.ts';
import { depths, goalKinds, graders, ratings } from './studyEvent.ts';
import type { CardOrigin, CardText, Goal, Note, Quote, StudyEvent } from './studyEvent.ts';

const longestId = 200;
/** A card or a note is a thought, not a book; a file with longer ones is not ours. */
const longestText = 100_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads one event. */
export function parseStudyEvent(value: unknown): StudyEvent | string {
  if (!isFields(value)) return 'not an event';
  const { id, at, kind, subject } = value;
  if (!isEventId(id)) return `unusable id ${shown(id)}`;
  if (!isTime(at)) return `unusable time ${shown(at)}`;
  if (!isText(subject, longestId) || subject === '') return `unusable subject ${shown(subject)}`;
  const base = { id, at, subject };
  switch (kind) {
    case 'chapter': {
      const state = chapterStates.find((one) => one === value['state']);
      return state ? { ...base, kind, state } : `unknown state ${shown(value['state'])}`;
    }
    case 'resource': {
      const state = resourceStates.find((one) => one === value['state']);
      return state ? { ...base, kind, state } : `unknown state ${shown(value['state'])}`;
    }
    case 'position': {
      const position = parsePosition(value['position']);
      return position ? { ...base, kind, position } : `unusable position ${shown(value['position'])}`;
    }
    case 'review': {
      const { ms } = value;
      const rating = ratings.find((one) => one === value['rating']);
      if (!rating) return `unknown rating ${shown(value['rating'])}`;
      if (ms === undefined) return { ...base, kind, rating };
      return isCount(ms, dayMs) ? { ...base, kind, rating, ms } : `unusable duration ${shown(ms)}`;
    }
    case 'undo': {
      const { eventId } = value;
      return isEventId(eventId) ? { ...base, kind, eventId } : `unusable event id ${shown(eventId)}`;
    }
    case 'card': {
      const card = value['card'] === null ? null : parseCard(value['card']);
      return card === undefined ? `unusable card ${shown(value['card'])}` : { ...base, kind, card };
    }
    case 'suspend': {
      const { suspended } = value;
      return typeof suspended === 'boolean' ? { ...base, kind, suspended } : `unusable mark ${shown(suspended)}`;
    }
    case 'note': {
      const note = value['note'] === null ? null : parseNote(value['note']);
      return note === undefined ? `unusable note ${shown(value['note'])}` : { ...base, kind, note };
    }
    case 'goal': {
      const goal = value['goal'] === null ? null : parseGoal(value['goal']);
      return goal === undefined ? `unusable goal ${shown(value['goal'])}` : { ...base, kind, goal };
    }
    case 'quiz': {
      const { correct } = value;
      const grader = graders.find((one) => one === value['grader']);
      if (typeof correct !== 'boolean' || !grader) return `unusable answer ${shown(correct)}`;
      return { ...base, kind, correct, grader };
    }
    case 'reading': {
      const { ms } = value;
      return isCount(ms, dayMs) ? { ...base, kind, ms } : `unusable duration ${shown(ms)}`;
    }
    case 'schedule': {
      const schedule = parseSchedule(value['schedule']);
      return schedule ? { ...base, kind, schedule } : `unusable schedule ${shown(value['schedule'])}`;
    }
    case 'erase':
      return { ...base, kind };
    default:
      return `unknown kind ${shown(kind)}`;
  }
}

function parsePosition(value: unknown): Position | undefined {
  if (!isFields(value)) return undefined;
  const { anchor, fraction } = value;
  if (!isText(anchor, longestId)) return undefined;
  if (typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1)) return undefined;
  return { anchor, fraction };
}

function parseCard(value: unknown): CardText | undefined {
  if (!isFields(value)) return undefined;
  const { front, back, tags } = value;
  if (!isText(front, longestText) || !isText(back, longestText)) return undefined;
  const origin = value['origin'] === undefined ? undefined : parseOrigin(value['origin']);
  if (value['origin'] !== undefined && !origin) return undefined;
  if (tags !== undefined && !isTextList(tags)) return undefined;
  return { front, back, ...(origin && { origin }), ...(tags && { tags }) };
}

function parseOrigin(value: unknown): CardOrigin | undefined {
  if (!isFields(value)) return undefined;
  const { chapterId, anchor, itemId } = value;
  if (!isText(chapterId, longestId) || !isOptionalText(anchor) || !isOptionalText(itemId)) return undefined;
  return { chapterId, ...(anchor !== undefined && { anchor }), ...(itemId !== undefined && { itemId }) };
}

function parseNote(value: unknown): Note | undefined {
  const place = parseQuote(value);
  if (!place || !isFields(value)) return undefined;
  const { chapterId, text } = value;
  return isText(chapterId, longestId) && isText(text, longestText) ? { chapterId, ...place, text } : undefined;
}

/** Reads a place in a chapter. */
export function parseQuote(value: unknown): Quote | undefined {
  if (!isFields(value)) return undefined;
  const { anchor, quote, before, after } = value;
  if (!isText(anchor, longestId) || !isText(quote, longestText)) return undefined;
  return isText(before, longestText) && isText(after, longestText) ? { anchor, quote, before, after } : undefined;
}

function parseGoal(value: unknown): Goal | undefined {
  if (!isFields(value)) return undefined;
  const { id, minutesPerDay } = value;
  const type = goalKinds.find((one) => one === value['type']);
  const depth = depths.find((one) => one === value['depth']);
  if (!type || !depth || !isText(id, longestId) || !isCount(minutesPerDay, 24 * 60) || minutesPerDay === 0) {
    return undefined;
  }
  const { minutesPerWeek } = value;
  const byWeek = isCount(minutesPerWeek, 7 * 24 * 60) && minutesPerWeek > 0;
  return { type, id, minutesPerDay, ...(byWeek && { minutesPerWeek }), depth };
}

function parseSchedule(value: unknown): Schedule | undefined {
  if (!isFields(value)) return undefined;
  const { due, lastReview, stability, difficulty, step, reviews, lapses, intervalDays } = value;
  const state = cardStates.find((one) => one === value['state']);
  if (!state || !isAmount(stability) || !isAmount(difficulty)) return undefined;
  if (!isCount(step, 1000) || !isCount(reviews, 1e9) || !isCount(lapses, 1e9) || !isCount(intervalDays, 1e6))
    return undefined;
  if ((due !== undefined && !isTime(due)) || (lastReview !== undefined && !isTime(lastReview))) return undefined;
  return {
    state,
    ...(due !== undefined && { due }),
    ...(lastReview !== undefined && { lastReview }),
    ...{ stability, difficulty, step, reviews, lapses, intervalDays },
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1e9;
}

/** Milliseconds since 1970, up to the year 9999. */
export function isTime(value: unknown): value is number {
  return isCount(value, lastTime);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it may stand in a message: short, on one line, without control characters. */
export function shown(value: unknown): string {
  if (value === undefined) return '(missing)';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/[\p{C}\p{Z}]+/gu, ' ');
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}

/** Printable ASCII, so that every machine sorts ids alike. */
function isEventId(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value);
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && value.isWellFormed();
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || isText(value, longestId);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 100 && value.every((one) => isText(one, longestId));
}
