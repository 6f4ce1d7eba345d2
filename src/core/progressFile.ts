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

import { compareEvents } from './study/eventBase.ts';
import { isFields, isTime, parseStudyEvent, shown } from './study/parseStudyEvent.ts';
import type { StudyEvent } from './study/studyEvent.ts';
import type { Translate } from './translate.ts';

export const progressFormat = 'genai-handbook-progress';
export const progressFormatVersion = 1;

const day = 24 * 60 * 60 * 1000;

/** What a progress file holds, or why it was refused, in words for the learner. */
export type ProgressFile = DatedEvents | { readonly problem: string };

/** The text of a progress file: oldest event first, one event a line. */
export function writeProgressFile(events: Iterable<StudyEvent>, exportedAt: number): string {
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
  if (!isFields(file) || file['format'] !== progressFormat) {
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

function readEntries(entries: readonly unknown[]): StudyEvent[] | string {
  const seen = new Map<string, { readonly place: number; readonly event: StudyEvent }>();
  for (const [index, entry] of entries.entries()) {
    const place = index + 1;
    const event = parseStudyEvent(entry);
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
  readonly events: readonly StudyEvent[];
  readonly redated: number;
}

/**
 * An event dated more than a day ahead of `now` came from a clock that was wrong, and would beat every later mark until
 * that day: it moves to `instead`, or after the latest of the others, in the order it had.
 */
export function bringBack(events: readonly StudyEvent[], instead: number, now: number): DatedEvents {
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
