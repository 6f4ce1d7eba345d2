// Papers put on the shelf and read into the search, by the parts that do it in VS Code: how long, how much memory, how large
// the index becomes, and whether the thread that everything else of the extension runs in stands still meanwhile.
// Argument: how many papers of 15 pages.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { pick, seeded } from '../scripts/specimen/random.ts';
import { openLibrary } from '../src/library/library.ts';
import { readSearchIndex } from '../src/store/curriculumFiles.ts';
import { byFrequency } from './madeLibrary.ts';
import { paperPdf } from './madePapers.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const pages = 15;
const papers = Number(process.argv[2] ?? 300);
const folder = mkdtempSync(join(tmpdir(), 'ingest-'));

try {
  const random = seeded(7);
  const words = new Map(
    Object.entries(readSearchIndex(join(dist, 'curriculum')).words).filter(([word]) => /^[a-z]+$/.test(word)),
  );
  const usual = byFrequency(words, random);
  const all = [...words.keys()];
  const files = Array.from({ length: papers }, (_, n) => {
    const own = Array.from({ length: 40 }, () => pick(random, all));
    const title = own.slice(0, 5).join(' ');
    const path = join(folder, `paper-${n}.pdf`);
    writeFileSync(
      path,
      paperPdf(title, pages, () => (random() < 0.25 ? pick(random, own) : usual())),
    );
    return { title, path };
  });
  const bytes = files.reduce((sum, { path }) => sum + statSync(path).size, 0);

  const problems: string[] = [];
  const library = openLibrary({
    folder: join(folder, 'library'),
    network: () => {
      throw new Error('Nothing is fetched here.');
    },
    quota: () => 1e12,
    userAgent: '',
    now: Date.now,
    newId: randomUUID,
    report: (problem) => {
      problems.push(problem);
    },
    extract: { entry: join(dist, 'extract.mjs'), data: join(dist, 'pdf') },
    searchScript: join(dist, 'search-library.mjs'),
  });
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, residentOfChildren());
  }, 100);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  library.texts.start();
  for (const { title, path } of files) await library.addFile(path, { title });
  await library.texts.whenIdle();
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  clearInterval(looking);
  const counts = library.shelf.ask((db) =>
    db.prepare('SELECT count(*) AS passages, count(DISTINCT document_id) AS documents FROM passage').get(),
  );
  await library.dispose();
  const index = statSync(join(folder, 'library', 'library.db')).size;
  console.log(`${papers} papers of ${pages} pages read into the search, ${availableParallelism()} cores`);
  console.table({
    'papers read': { value: Number(counts?.['documents']), bar: papers },
    passages: { value: Number(counts?.['passages']) },
    'files, MB': { value: mega(bytes) },
    'in all, s': { value: seconds.toFixed(1) },
    'a paper, s': { value: (seconds / papers).toFixed(2) },
    'memory of the process that reads, most, MB': { value: mega(most) },
    'memory of this one, MB': { value: mega(process.memoryUsage.rss()) },
    'index, MB': { value: mega(index) },
    'delay of the event loop p99, ms': { value: (delay.percentile(99) / 1e6).toFixed(1), bar: '≤ 20' },
    'delay of the event loop, most, ms': { value: (delay.max / 1e6).toFixed(0) },
  });
  for (const problem of problems) console.log(problem);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Bytes in memory of the processes that this one has started; 0 where the system doesn't tell. */
function residentOfChildren(): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, name) => {
        try {
          const status = readFileSync(`/proc/${name}/status`, 'utf8');
          if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== process.pid) return sum;
          return sum + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
        } catch {
          // It has ended meanwhile.
          return sum;
        }
      }, 0);
  } catch {
    return 0;
  }
}
