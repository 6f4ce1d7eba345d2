// The file behind `Export Everything` and `Import`, described in docs/data-format.md. Fields we don't know are ignored;
// subjects we don't know are kept, since another edition of the handbook may have them. What we can't read is refused as a
// whole, with the place named: half an import would look like a whole one.

import { bringBack } from './study/clock.ts';
import { isFields, isTime, parseStudyEvent, shown } from './study/parseStudyEvent.ts';
import type { StudyEvent } from './study/studyEvent.ts';
import type { Translate } from './translate.ts';

export const dataFormat = 'genai-handbook-data';
export const dataFormatVersion = 1;
/** Files of the first companion: marks alone. */
const progressFormat = 'genai-handbook-progress';

/** Ten years of daily use are some 20 MB. */
export const largestFile = 200_000_000;

/** Settings by their full name. */
export type KeptSettings = Readonly<Record<string, string | number | boolean | readonly number[]>>;

/** What a file holds; conversations are still to be read. */
export interface DataFile {
  readonly events: readonly StudyEvent[];
  /** Of how many the time could not be believed. */
  readonly redated: number;
  readonly conversations: readonly unknown[];
  readonly settings: KeptSettings;
}

/** Why a file was refused, in words for the learner. */
export interface Refused {
  readonly problem: string;
}

/** The beginning of a file, up to the first event. */
export function fileHead(exportedAt: number, settings: KeptSettings): string {
  return [
    '{',
    `  "format": "${dataFormat}",`,
    `  "version": ${dataFormatVersion},`,
    `  "exportedAt": ${exportedAt},`,
    `  "settings": ${JSON.stringify(settings)},`,
    '  "events": [',
  ].join('\n');
}

/** What stands between the last event and the first conversation, and after the last of those. */
export const afterEvents = '\n  ],\n  "conversations": [';
export const fileEnd = '\n  ]\n}\n';

/** One entry of either list, on a line of its own. */
export function fileEntry(entry: object, isFirst: boolean): string {
  return `${isFirst ? '' : ','}\n    ${JSON.stringify(entry)}`;
}

/** Reads a file that anybody may have written; `now` is the time of the import. */
export function readDataFile(text: string, now: number): DataFile | Refused {
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'This is not an export of the handbook: it is not valid JSON.' };
  }
  if (!isFields(file) || (file['format'] !== dataFormat && file['format'] !== progressFormat)) {
    return { problem: `This is not an export of the handbook: "format" should be "${dataFormat}".` };
  }
  const version = file['version'];
  if (!Number.isInteger(version) || Number(version) < 1) return damaged(`unknown version ${shown(version)}`);
  if (Number(version) > dataFormatVersion) {
    return {
      problem: `This file has version ${Number(version)}, from a newer companion. Update the companion, then import it again.`,
    };
  }
  const { exportedAt, events, settings = {}, conversations = [] } = file;
  if (!isTime(exportedAt)) return damaged(`exportedAt is ${shown(exportedAt)}, not a time`);
  if (!Array.isArray(events)) return damaged('"events" should be a list');
  if (!isFields(settings)) return damaged('"settings" should be a record');
  if (!Array.isArray(conversations)) return damaged('"conversations" should be a list');
  const read = readEntries(events);
  if (typeof read === 'string') return damaged(read);
  return {
    ...bringBack(read, Math.min(exportedAt, now), now),
    conversations,
    settings: Object.fromEntries(Object.entries(settings).filter(isSetting)),
  };
}

/** Refuses a file for what is wrong in it. */
export function damaged(what: string): Refused {
  return { problem: `This file is damaged: ${what}.` };
}

function readEntries(entries: readonly unknown[]): StudyEvent[] | string {
  const seen = new Map<string, { readonly place: number; readonly event: StudyEvent }>();
  for (const [index, entry] of entries.entries()) {
    const place = index + 1;
    const event = parseStudyEvent(entry);
    if (typeof event === 'string') return `event ${place}: ${event}`;
    const twin = seen.get(event.id);
    if (!twin) seen.set(event.id, { place, event });
    else if (JSON.stringify(twin.event) !== JSON.stringify(event)) {
      return `event ${place}: id ${shown(event.id)} is already that of event ${twin.place}`;
    }
  }
  return [...seen.values()].map((one) => one.event);
}

function isSetting(entry: readonly [string, unknown]): entry is [string, KeptSettings[string]] {
  const [name, value] = entry;
  if (!name.startsWith('handbook.')) return false;
  if (Array.isArray(value)) return value.every((one) => typeof one === 'number');
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** What an import has changed. */
export interface Imported {
  readonly addedEvents: number;
  readonly addedTurns: number;
  readonly redated: number;
}

/** What the learner is told of an import. */
export function importedWords(name: string, { addedEvents, addedTurns, redated }: Imported, t: Translate): string {
  const parts = keptWords(addedEvents, addedTurns, t);
  const came =
    parts.length === 0
      ? t('Imported {0}: it holds nothing that you don’t have already.', name)
      : parts.length === 1
        ? t('Imported {0}: {1} came in.', name, parts[0] ?? '')
        : t('Imported {0}: {1} and {2} came in.', name, parts[0] ?? '', parts[1] ?? '');
  if (redated === 0) return came;
  const dated =
    redated === 1
      ? t('1 entry was dated in the future and has been given an earlier time.')
      : t('{0} entries were dated in the future and have been given earlier times.', redated);
  return `${came} ${dated}`;
}

/** What the learner is told of an export into the file `name`; `skipped` of what is kept couldn't be read. */
export function exportedWords(
  name: string,
  { events, turns, skipped }: { readonly events: number; readonly turns: number; readonly skipped: number },
  t: Translate,
): string {
  const parts = keptWords(events, turns, t);
  const went =
    parts.length === 0
      ? t('Exported to {0}: there is nothing of yours in it yet.', name)
      : parts.length === 1
        ? t('Exported to {0}: {1}.', name, parts[0] ?? '')
        : t('Exported to {0}: {1} and {2}.', name, parts[0] ?? '', parts[1] ?? '');
  if (skipped === 0) return went;
  const left =
    skipped === 1 ? t('1 that couldn’t be read was left out.') : t('{0} that couldn’t be read were left out.', skipped);
  return `${went} ${left}`;
}

/** "5 entries of your history", "1 answer"; what there is none of isn't named. */
function keptWords(events: number, turns: number, t: Translate): string[] {
  return [
    events === 1 ? t('1 entry of your history') : events > 0 ? t('{0} entries of your history', events) : '',
    turns === 1 ? t('1 answer') : turns > 0 ? t('{0} answers', turns) : '',
  ].filter((part) => part !== '');
}
