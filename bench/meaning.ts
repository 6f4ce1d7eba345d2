// Passages of the library by their meaning: the plain scan that the companion does, beside sqlite-vec, which it could use.
// Argument: how many passages. With --expose-gc it knows the memory. Vectors are made at random, which is the worst case: nothing tells near from far early.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as sqliteVec from 'sqlite-vec';
import { coarseVector, CoarseVectors } from '../src/core/search/coarseVector.ts';
import { quantile, shownMs } from './timing.ts';

const passages = Number(process.argv[2] ?? 100_000);
const nearest = 30;
const runs = 40;

type Row = Record<string, string | number>;

/** Normalised vectors, the same at every start. */
function vectorMaker(dimensions: number): () => number[] {
  let seed = 11;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  return () => {
    const raw = Array.from({ length: dimensions }, () => random() + random() + random());
    const length = Math.hypot(...raw);
    return raw.map((number) => number / length);
  };
}

/** Wall clock and processor time of each run: on a machine that does other things too, the second is what compares. */
function measured(work: () => unknown): Row {
  for (let run = 0; run < 5; run++) work();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    work();
    wall.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  const ms = (times: readonly number[], at: number): string =>
    shownMs(
      quantile(
        times.toSorted((a, b) => a - b),
        at,
      ),
    );
  return { 'p50 ms': ms(wall, 0.5), 'p95 ms': ms(wall, 0.95), 'processor p50 ms': ms(cpu, 0.5) };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

function plainScan(dimensions: number, all: readonly number[][], sought: () => number[]): Row {
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  const coarse = new CoarseVectors(dimensions);
  all.forEach((vector, id) => {
    coarse.add(id, coarseVector(vector));
  });
  globalThis.gc?.();
  const memory = process.memoryUsage().arrayBuffers - before;
  const times = measured(() => coarse.nearest(sought(), nearest));
  return {
    ...times,
    'found %': recall(all, sought, (vector) => coarse.nearest(vector, nearest).map(({ id }) => id)),
    'memory MB': megabytes(memory),
    'file MB': megabytes(all.length * (dimensions + 4)),
  };
}

function withSqliteVec(dimensions: number, all: readonly number[][], sought: () => number[]): Row {
  const folder = mkdtempSync(join(tmpdir(), 'meaning-'));
  const path = join(folder, 'vectors.db');
  const db = new DatabaseSync(path, { allowExtension: true });
  try {
    sqliteVec.load(db);
    db.exec(`CREATE VIRTUAL TABLE passage USING vec0(vector float[${dimensions}] distance_metric=cosine); BEGIN`);
    const put = db.prepare('INSERT INTO passage (rowid, vector) VALUES (?, ?)');
    for (const [id, vector] of all.entries()) put.run(BigInt(id), floats(vector));
    db.exec('COMMIT');
    const find = db.prepare('SELECT rowid AS id FROM passage WHERE vector MATCH ? AND k = ?');
    const ids = (vector: readonly number[]): number[] => find.all(floats(vector), nearest).map(({ id }) => Number(id));
    const times = measured(() => ids(sought()));
    return { ...times, 'found %': recall(all, sought, ids), 'memory MB': 0, 'file MB': megabytes(statSync(path).size) };
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function floats(vector: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(vector).buffer);
}

/** How many of the nearest passages are among those that were found. */
function recall(
  all: readonly number[][],
  sought: () => number[],
  find: (vector: readonly number[]) => number[],
): number {
  const rounds = 10;
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const vector = sought();
    const scores = all.map((other, id) => ({
      id,
      score: other.reduce((sum, n, at) => sum + n * (vector[at] ?? 0), 0),
    }));
    const best = scores.sort((a, b) => b.score - a.score).slice(0, nearest);
    const ids = new Set(find(vector));
    found += best.filter(({ id }) => ids.has(id)).length;
  }
  return Math.round((found / (rounds * nearest)) * 1000) / 10;
}

const rows: Record<string, Row> = {};
for (const dimensions of [384, 768]) {
  const make = vectorMaker(dimensions);
  const all = Array.from({ length: passages }, make);
  rows[`plain scan, ${dimensions}`] = plainScan(dimensions, all, make);
  rows[`sqlite-vec, ${dimensions}`] = withSqliteVec(dimensions, all, make);
}
console.log(`The ${nearest} nearest of ${passages} passages (bar: p95 ≤ 150 ms)`);
console.table(rows);
