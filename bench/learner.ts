// A learner with ten years of daily use: does the companion still start, review and draw the dashboard at once?

import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { countFrom } from '../src/core/study/statistics.ts';
import type { StudyEvent } from '../src/core/study/studyEvent.ts';
import { studyDay } from '../src/core/study/days.ts';
import { countDue, nextCard } from '../src/store/cards.ts';
import type { ReviewMoment } from '../src/store/cards.ts';
import { readCurriculum } from '../src/store/curriculumFiles.ts';
import { countStudy } from '../src/store/statistics.ts';
import { openStore } from '../src/store/store.ts';
import type { Store } from '../src/store/store.ts';
import { localOffset } from '../src/vscode/review/reviewSettings.ts';
import { dashboardContent } from '../src/vscode/dashboard/dashboardContent.ts';
import { learnerHistory, tenYears } from './learnerHistory.ts';
import { tableOf, type Row } from './model/report.ts';
import { summarise } from './model/samples.ts';
import { timings } from './timing.ts';
import { benchLearnerWindow } from './learnerWindow.ts';

/** Prints what ten years cost. `rounds` windows of VS Code are opened with the database, and as many without. */
export async function benchLearner(vsix: string, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'learner-'));
  try {
    const path = join(folder, 'progress.db');
    const now = Date.now();
    makeDatabase(path, now);
    print('In the database', databaseRows(path, folder, now));
    print('In VS Code', await benchLearnerWindow(vsix, path, rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With the load of the machine: where others compute, the numbers are theirs too. */
function print(where: string, rows: readonly Row[]): void {
  console.log(`${where}, with ten years of a learner (load of the machine ${loadavg()[0]?.toFixed(1)})`);
  console.table(tableOf(rows));
}

const curriculumFolder = fileURLToPath(new URL('../dist/curriculum', import.meta.url));

function storeAt(path: string, now = Date.now): Store {
  return openStore({ path, now, newId: randomUUID }).store;
}

function makeDatabase(path: string, now: number): void {
  const events = learnerHistory(readCurriculum(curriculumFolder), now, tenYears);
  const store = storeAt(path);
  store.unite(events);
  store.dispose();
  const { size } = statSync(path);
  const counts = Map.groupBy(events, ({ kind }: StudyEvent) => kind);
  const kinds = [...counts].map(([kind, { length }]) => `${length.toLocaleString('en-GB')} ${kind}`).join(', ');
  console.log(`Ten years: ${kinds}`);
  console.log(`Database: ${(size / 1e6).toFixed(1)} MB, ${Math.round(size / events.length)} bytes an event`);
}

function databaseRows(path: string, folder: string, now: number): Row[] {
  const copy = join(folder, 'copy.db');
  cpSync(path, copy);
  const empty = join(folder, 'empty.db');
  storeAt(empty).dispose();
  const opening = (file: string): Row['value'] =>
    summarise(
      timings(10, () => {
        storeAt(file).dispose();
      }),
    );
  const store = storeAt(copy);
  try {
    const curriculum = readCurriculum(curriculumFolder);
    const offset = localOffset(4);
    const from = countFrom(now, offset);
    // After a month off, so that there is enough to grade.
    const later = now + 30 * 24 * 60 * 60_000;
    const day = studyDay(later, offset);
    const moment: ReviewMoment = { now: later, offset, day, newPerDay: 20, reviewsPerDay: 9999, aheadMs: 20 * 60_000 };
    const due = store.read((db) => countDue(db, moment));
    return [
      { what: 'opening the database', unit: 'ms', value: opening(copy) },
      { what: 'opening an empty database', unit: 'ms', value: opening(empty) },
      {
        what: 'next card',
        unit: 'ms',
        value: summarise(timings(200, () => store.read((db) => [countDue(db, moment), nextCard(db, moment)]))),
        bar: { at: 'most', limit: 10 },
      },
      {
        what: 'grade kept on disk, and the next card',
        unit: 'ms',
        value: summarise(timings(100, () => gradeNext(store, moment))),
        bar: { at: 'most', limit: 10 },
      },
      {
        what: 'dashboard: questions to the database',
        unit: 'ms',
        value: summarise(timings(30, () => store.read((db) => countStudy(db, from)))),
      },
      {
        what: 'dashboard: all that it shows',
        unit: 'ms',
        value: summarise(
          timings(30, () => JSON.stringify(dashboardContent({ store, curriculum, quizzes: {}, due, now, offset }))),
        ),
        bar: { at: 'most', limit: 300 },
      },
    ];
  } finally {
    store.dispose();
  }
}

/** What pressing a key in a session does: the card goes to the end of the queue and the next one is looked for. */
function gradeNext(store: Store, moment: ReviewMoment): unknown {
  const card = store.read((db) => nextCard(db, moment));
  if (!card) throw new Error('no card is due');
  store.record({ kind: 'review', subject: card.id, rating: 3 });
  return store.read((db) => [countDue(db, moment), nextCard(db, moment)]);
}
