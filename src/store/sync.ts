// One step of keeping machines in step: what others offer is taken in, what this one offers comes out.

import type { DatabaseSync } from 'node:sqlite';
import { digestKinds, digestOf, toTakeIn } from '../core/sync/digest.ts';
import type { DigestEvent } from '../core/sync/digest.ts';
import { readDigest, writeDigest } from '../core/sync/digestText.ts';
import { createScheduler } from '../core/study/schedule.ts';
import type { StudyEvent } from '../core/study/studyEvent.ts';
import { readScheduling } from './cardProjection.ts';
import { openDatabase } from './openDatabase.ts';
import { readEvents } from './readEvents.ts';
import { withStoreErrors } from './storeError.ts';
import { inTransaction } from '../core/sqlite.ts';
import { uniteHistory } from './unite.ts';

/** The parts of a digest, each under a key of its own. */
export const digestParts = ['history', 'schedules', 'cards'] as const;
export type DigestPart = (typeof digestParts)[number];
/** Undefined where nothing has been offered yet. */
export type Offers = Readonly<Record<DigestPart, string | undefined>>;

export interface Synced {
  /** What is to be offered to the others; undefined where what lies there is not to be touched. */
  readonly offers: Offers;
  /** How many events came in. */
  readonly added: number;
  /** What the others can't get, for want of room. */
  readonly leftOut: Readonly<Record<DigestPart, number>>;
  /** When another machine erased everything, if this one hears of it now and still has something from before. */
  readonly erasedElsewhere?: number;
  /** What could not be read, for the log. */
  readonly problems: readonly string[];
}

/** Takes in what lies in the `offers` and says what should lie there: the same again if nothing has changed anywhere. */
export function syncWith(db: DatabaseSync, offers: Offers, now: number): Synced {
  const scheduler = createScheduler(readScheduling(db));
  const problems: string[] = [];
  const noteProblem = (problem: string): void => {
    problems.push(problem);
  };
  const untouchable = new Set<DigestPart>();
  const passedOn = new Set<string>();
  const offered = digestParts.flatMap((part): readonly StudyEvent[] => {
    const text = offers[part];
    const read = text === undefined ? undefined : readDigest(text);
    if (!read) return [];
    if ('problem' in read) {
      problems.push(`What other machines offer as ${part} is ${read.problem}.`);
      // A newer companion knows more than we could write back.
      if (read.problem === 'newer') untouchable.add(part);
      return [];
    }
    for (const id of read.corrections) passedOn.add(id);
    if (read.unreadable > 0) problems.push(`${read.unreadable} entries of ${part} could not be read.`);
    return read.events;
  });
  return inTransaction(db, () => {
    const known = readEvents(db, noteProblem, digestKinds);
    const lastErased = (events: readonly StudyEvent[]): number =>
      events.reduce((latest, { kind, at }) => (kind === 'erase' ? Math.max(latest, at) : latest), -1);
    const { added, redated } = uniteHistory(db, toTakeIn(offered, known, scheduler), now);
    const all = added + redated > 0 ? readEvents(db, () => undefined, digestKinds) : known;
    const corrections = correctionsOf(all, offered, passedOn);
    const digest = digestOf(all, scheduler, corrections);
    const erased = lastErased(all);
    const isNews = erased > lastErased(known) && known.some(({ at }) => at < erased);
    const written = of((part) => writeDigest(digest[part], new Set(corrections.map(({ id }) => id))));
    return {
      offers: of((part) => {
        if (untouchable.has(part) || (digest[part].length === 0 && offers[part] === undefined)) return undefined;
        return written[part].text;
      }),
      added,
      leftOut: of((part) => written[part].leftOut),
      ...(isNews && { erasedElsewhere: erased }),
      problems,
    };
  });
}

/**
 * Events that were brought back here and are offered at their old times: who offers them has yet to hear of it. Others pass
 * that on, since it may reach them first.
 */
function correctionsOf(
  all: readonly DigestEvent[],
  offered: readonly StudyEvent[],
  passedOn: ReadonlySet<string>,
): readonly DigestEvent[] {
  const offeredAt = new Map<string, number>();
  for (const { id, at } of offered) offeredAt.set(id, Math.max(at, offeredAt.get(id) ?? at));
  return all.filter(({ id, at }) => passedOn.has(id) || (offeredAt.get(id) ?? at) > at).slice(-mostCorrections);
}

const mostCorrections = 200;

function of<T>(value: (part: DigestPart) => T): Record<DigestPart, T> {
  return { history: value('history'), schedules: value('schedules'), cards: value('cards') };
}

/** The same for the database at `path`, which is opened for it. */
export function syncAt(path: string, offers: Offers, now: number): Synced {
  const { db } = openDatabase(path, () => now, 30_000);
  try {
    return withStoreErrors(path, () => syncWith(db, offers, now));
  } finally {
    db.close();
  }
}
