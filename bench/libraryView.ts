// The view "Library": what a change of one document costs, and what reading everything does. Argument: how many documents.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTransaction } from '../src/core/sqlite.ts';
import { inEnglish } from '../src/core/translate.ts';
import { openDatabase } from '../src/library/shelf/openDatabase.ts';
import { Shelf } from '../src/library/shelf/shelf.ts';
import { LibraryView } from '../src/vscode/library/libraryView.ts';
import { quantile, shownMs, timings } from './timing.ts';

const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'view-'));
const now = Date.now();
const path = join(folder, 'library.db');
const { db } = openDatabase(path, () => now, 5000);
inTransaction(db, () => {
  const document = db.prepare(
    "INSERT INTO document (id, address, title, creators, kind, origin, added_at) VALUES (?, ?, ?, 'Ann Author', 'paper', 'address', ?)",
  );
  const copy = db.prepare(
    `INSERT INTO copy (document_id, form, address, optional, state, hash, type, bytes, saved_at, checked_at, indexed, pages)
     VALUES (?1, ?2, ?3, ?4, 'resting', ?5, ?6, 500000, ?7, ?7, ?5, 15)`,
  );
  for (let n = 0; n < count; n++) {
    const id = randomUUID();
    document.run(id, `https://a.org/${n}`, `Paper ${n}`, now - n);
    for (const [form, type] of [
      ['main', 'pdf'],
      ['html', 'html'],
    ] as const) {
      const hash = `${n}${type === 'pdf' ? 0 : 1}`.padStart(64, '0');
      copy.run(id, form, `https://a.org/${n}.${type}`, form === 'html' ? 1 : 0, hash, type, now - n);
    }
  }
});
const shelf = (): Shelf =>
  new Shelf({ db, folder, now: Date.now, newId: randomUUID, quota: () => 1e12, report: console.error });
const show = (from: Shelf, view: LibraryView): void => {
  view.update(from.documents(), Date.now());
  if (view.toDraw() === 'all') for (const item of view.drawAll()) view.draw(item);
};
const whole = timings(10, () => {
  show(shelf(), new LibraryView(inEnglish));
});
const one = shelf();
const view = new LibraryView(inEnglish);
show(one, view);
const ids = one.documents().map(({ id }) => id);
const change = timings(200, (run) => {
  one.rename(ids[(run * 7919) % ids.length] ?? '', `Renamed ${run}`);
  show(one, view);
});
one.dispose();
rmSync(folder, { recursive: true });
console.log(`The view “Library” with ${count} documents, milliseconds`);
console.table({
  'reading everything': { p50: shownMs(quantile(whole, 0.5)), p95: shownMs(quantile(whole, 0.95)) },
  'after a change of one': { p50: shownMs(quantile(change, 0.5)), p95: shownMs(quantile(change, 0.95)) },
});
