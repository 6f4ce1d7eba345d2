import type { DatabaseSync } from 'node:sqlite';
import { allowance, earlierTimes } from '../core/study/clock.ts';
import { reproject } from './projections.ts';
import { parseRow } from './readEvents.ts';
import { numberOf } from '../core/sqlite.ts';

/**
 * Brings stored events back that are dated ahead of `now`, if it is they and not `now` that must be wrong; says how many
 * were. In a transaction of the caller's, before something is recorded.
 */
export function mendTimes(db: DatabaseSync, now: number): number {
  const limit = now + allowance;
  if (numberOf(db, 'SELECT coalesce(max(at), -1) FROM event') <= limit) return 0;
  const rows = db.prepare('SELECT id, at, kind, subject, body FROM event WHERE at > ? ORDER BY at, id').all(limit);
  const latest = db.prepare('SELECT max(at) AS at FROM event WHERE at <= ?').get(limit)?.['at'];
  const times = earlierTimes(
    rows.map(({ id, at }) => ({ id: String(id), at: Number(at) })),
    { latest: typeof latest === 'number' ? latest : undefined, until: now, now },
  );
  if (!times) return 0;
  const redate = db.prepare('UPDATE event SET at = ? WHERE id = ?');
  for (const [index, row] of rows.entries()) redate.run(times[index] ?? null, row['id'] ?? null);
  reproject(
    db,
    rows.map(parseRow).filter((event) => typeof event !== 'string'),
  );
  return rows.length;
}
