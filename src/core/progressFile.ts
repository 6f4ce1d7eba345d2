// The file behind `Export Progress` and `Import Progress`:
//
//   { "format": "genai-handbook-progress", "version": 1, "exportedAt": 1767225600000, "events": [
//     { "id": "…", "at": 1767225500000, "kind": "chapter", "subject": "tokenization", "state": "studied" },
//     { "id": "…", "at": 1767225500001, "kind": "resource", "subject": "attention-is-all-you-need", "state": "done" },
//     { "id": "…", "at": 1767225500002, "kind": "position", "subject": "tokenization",
//       "position": { "anchor": "example", "fraction": 0.25 } } ] }
//
// Times are milliseconds since 1970. Fields we don't know are ignored; subjects we don't know are kept, since another
// edition of the handbook may have them. What we can't read is refused as a whole, with the place named: half an import
// would look like a whole one.

import { chapterStates, compareEvents, resourceStates } from './progress.ts';
import type { Position, ProgressEvent } from './progress.ts';
import type { Translate } from './translate.ts';

export const progressFormat = 'genai-handbook-progress';
export const progressFormatVersion = 1;

const day = 24 * 60 * 60 * 1000;
/** The end of the year 9999: later times are nonsense, and not all are exact numbers. */
const lastTime = 253_402_300_799_999;

/** What a progress file holds, or why it was refused, in words for the learner. */
export type ProgressFile = DatedEvents | { readonly problem: string };

/** The text of a progress file: oldest event first, one event a line. */
export function writeProgressFile(events: Iterable<ProgressEvent>, exportedAt: number): string {
  const lines = [...events].sort(compareEvents).map((event) => `\n    ${JSON.stringify(event)}`);
  return [
    '{',
    `  "format": "${progressFormat}",`,
    `  "version": ${progressFormatVersion},`,
    `  "exportedAt": ${exportedAt},`,
    `  "events": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]`,
    '}\n',
  ].join('\n');
}

/** Reads a progress file that anybody may have written; `now` is the time of the import. */
export function readProgressFile(text: string, now: number): ProgressFile {
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'This is not a progress file: it is not valid JSON.' };
  }
  if (!isRecord(file) || file['format'] !== progressFormat) {
    return { problem: `This is not a progress file: "format" should be "${progressFormat}".` };
  }
  const version = file['version'];
  if (!Number.isInteger(version) || Number(version) < 1) {
    return { problem: `This progress file is damaged: unknown version ${shown(version)}.` };
  }
  if (Number(version) > progressFormatVersion) {
    return {
      problem: `This progress file has version ${Number(version)}, from a newer companion. Update the companion, then import it again.`,
    };
  }
  const exportedAt = file['exportedAt'];
  if (!isTime(exportedAt))
    return { problem: `This progress file is damaged: exportedAt is ${shown(exportedAt)}, not a time.` };
  const entries = file['events'];
  if (!Array.isArray(entries)) return { problem: 'This progress file is damaged: "events" should be a list.' };
  const read = readEntries(entries);
  return typeof read === 'string' ? { problem: read } : bringBack(read, Math.min(exportedAt, now), now);
}

/** Reads one event from anywhere outside; a string says what is wrong with it. */
export function parseEvent(value: unknown): ProgressEvent | string {
  if (!isRecord(value)) return 'not an event';
  const { id, at, kind, subject, state } = value;
  // Printable ASCII, so that every machine sorts ids alike.
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(id)) return `unusable id ${shown(id)}`;
  if (!isTime(at)) return `unusable time ${shown(at)}`;
  if (typeof subject !== 'string' || subject === '' || subject.length > 200 || !subject.isWellFormed()) {
    return `unusable subject ${shown(subject)}`;
  }
  switch (kind) {
    case 'chapter': {
      const known = chapterStates.find((one) => one === state);
      return known ? { id, at, kind, subject, state: known } : `unknown state ${shown(state)}`;
    }
    case 'resource': {
      const known = resourceStates.find((one) => one === state);
      return known ? { id, at, kind, subject, state: known } : `unknown state ${shown(state)}`;
    }
    case 'position': {
      const position = parsePosition(value['position']);
      return position ? { id, at, kind, subject, position } : `unusable position ${shown(value['position'])}`;
    }
    default:
      return `unknown kind ${shown(kind)}`;
  }
}

function readEntries(entries: readonly unknown[]): ProgressEvent[] | string {
  const seen = new Map<string, { readonly place: number; readonly event: ProgressEvent }>();
  for (const [index, entry] of entries.entries()) {
    const place = index + 1;
    const event = parseEvent(entry);
    if (typeof event === 'string') return `This progress file is damaged: entry ${place}: ${event}.`;
    const twin = seen.get(event.id);
    if (!twin) seen.set(event.id, { place, event });
    else if (JSON.stringify(twin.event) !== JSON.stringify(event)) {
      return `This progress file is damaged: entry ${place}: id ${shown(event.id)} is already that of entry ${twin.place}.`;
    }
  }
  return [...seen.values()].map((one) => one.event);
}

/** Events whose times can be believed, and how many had to be given an earlier one for it. */
export interface DatedEvents {
  readonly events: readonly ProgressEvent[];
  readonly redated: number;
}

/**
 * An event dated more than a day ahead of `now` came from a clock that was wrong, and would beat every later mark until
 * that day: it moves to `instead`, or after the latest of the others, in the order it had.
 */
export function bringBack(events: readonly ProgressEvent[], instead: number, now: number): DatedEvents {
  const ahead = events.filter((event) => event.at > now + day).sort(compareEvents);
  if (ahead.length === 0) return { events, redated: 0 };
  const others = events.filter((event) => event.at <= now + day);
  const from = others.reduce((latest, event) => Math.max(latest, event.at), instead);
  const redated = ahead.map((event, index) => ({ ...event, at: from + 1 + index }));
  return { events: [...others, ...redated], redated: ahead.length };
}

/** What the learner is told of a progress file that was united with their own progress. */
export function importedWords(name: string, changedMarks: number, redated: number, t: Translate): string {
  const changed =
    changedMarks === 0
      ? t('Imported {0}: it holds no newer marks than yours.', name)
      : changedMarks === 1
        ? t('Imported {0}: 1 mark changed.', name)
        : t('Imported {0}: {1} marks changed.', name, changedMarks);
  if (redated === 0) return changed;
  const dated =
    redated === 1
      ? t('1 entry was dated in the future and counts as made when the file was exported.')
      : t('{0} entries were dated in the future and count as made when the file was exported.', redated);
  return `${changed} ${dated}`;
}

function parsePosition(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { anchor, fraction } = value;
  if (typeof anchor !== 'string' || anchor.length > 200 || !anchor.isWellFormed()) return undefined;
  if (typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1)) return undefined;
  return { anchor, fraction };
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= lastTime;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it may stand in a message: short, on one line, without control characters. */
function shown(value: unknown): string {
  if (value === undefined) return '(missing)';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/[\p{C}\p{Z}]+/gu, ' ');
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}
