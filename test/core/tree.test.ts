import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noProgress } from '../../src/core/progress.ts';
import type { Progress } from '../../src/core/progress.ts';
import { chapterRowId, indexRows, rows } from '../../src/core/tree.ts';
import type { Row } from '../../src/core/tree.ts';
import { filterWords, isFiltering, noFilter } from '../../src/core/treeFilter.ts';
import { inEnglish } from '../../src/core/translate.ts';
import { smallCurriculum } from './smallCurriculum.ts';

const ids = (list: readonly Row[]): string[] => list.map(({ id }) => id);
const everyRow = (list: readonly Row[]): Row[] => [...indexRows(list).byId.values()];
const marked: Progress = {
  ...noProgress,
  chapters: { markov: 'studied', rnn: 'skimmed' },
  resources: { talk: 'doing', paper: 'done' },
};

test('sections, chapters and resources stand in reading order, resources of a whole section last', () => {
  const top = rows(smallCurriculum, noProgress);
  assert.deepEqual(ids(top), ['section/start', 'section/basics', 'section/fast']);
  assert.deepEqual(ids(top[1]?.children ?? []), ['chapter/markov', 'chapter/rnn', 'resources/basics']);
  assert.deepEqual(ids(top[1]?.children[0]?.children ?? []), ['chapter/markov/paper', 'chapter/markov/talk']);
});

test('no two rows share an id, also where a resource stands in two chapters', () => {
  const count = (list: readonly Row[]): number => list.reduce((sum, row) => sum + 1 + count(row.children), 0);
  const top = rows(smallCurriculum, noProgress);
  assert.equal(indexRows(top).byId.size, count(top));
});

test('ids stay the same when marks change', () => {
  const before = everyRow(rows(smallCurriculum, noProgress)).map(({ id }) => id);
  assert.deepEqual(
    everyRow(rows(smallCurriculum, marked)).map(({ id }) => id),
    before,
  );
});

test('a section says how many of its chapters are studied', () => {
  assert.deepEqual(
    rows(smallCurriculum, marked).map(({ label, description }) => `${label}: ${description}`),
    ['Section start: 0 of 1', 'I. Section basics: 1 of 2', 'II. Section fast: 0 of 2'],
  );
});

test('a chapter says its length, what is known of it, and whether it is an outline', () => {
  const { byId } = indexRows(rows(smallCurriculum, marked));
  assert.equal(byId.get('chapter/intro')?.description, '30 min');
  assert.equal(byId.get('chapter/markov')?.description, '30 min · studied');
  assert.equal(byId.get('chapter/rnn')?.description, '2 h 30 min · skimmed');
  assert.equal(byId.get('chapter/quant')?.description, 'outline');
});

test('a resource says its kind, its length where known, and its mark', () => {
  const { byId } = indexRows(rows(smallCurriculum, marked));
  assert.equal(byId.get('chapter/markov/paper')?.description, 'paper · 1 h 30 min · done');
  assert.equal(byId.get('chapter/rnn/talk')?.description, 'talk · doing');
  assert.equal(byId.get('resources/basics/course')?.description, 'course · 1 h 30 min');
});

test('a screen reader hears title, kind, state and length', () => {
  const { byId } = indexRows(rows(smallCurriculum, marked));
  assert.equal(byId.get('chapter/rnn')?.spoken, 'Title of rnn, chapter, skimmed, 2 hours 30 minutes');
  assert.equal(byId.get('chapter/quant')?.spoken, 'Title of quant, chapter, not started, outline');
  assert.equal(byId.get('chapter/markov/paper')?.spoken, 'Title of paper, paper, done, 1 hour 30 minutes');
  assert.equal(byId.get('section/basics')?.spoken, 'I. Section basics, section, 1 of 2 studied');
});

test('filtering by state leaves those chapters, and of the counts nothing out', () => {
  const top = rows(smallCurriculum, marked, { ...noFilter, chapterStates: ['skimmed'] });
  assert.deepEqual(ids(top), ['section/basics']);
  assert.deepEqual(ids(top[0]?.children ?? []), ['chapter/rnn']);
  assert.equal(top[0]?.description, '1 of 2');
});

test('filtering by kind leaves only resources of that kind and the chapters that have some', () => {
  const top = rows(smallCurriculum, marked, { ...noFilter, kinds: ['paper'] });
  assert.deepEqual(
    everyRow(top).map(({ id }) => id),
    [
      'section/basics',
      'chapter/markov',
      'chapter/markov/paper',
      'section/fast',
      'chapter/flash',
      'chapter/flash/paper',
    ],
  );
});

test('filters by kind and by mark of the resource hold together', () => {
  const both = rows(smallCurriculum, marked, {
    chapterStates: [],
    kinds: ['paper', 'talk'],
    resourceStates: ['doing'],
  });
  assert.deepEqual(
    everyRow(both)
      .filter(({ kind }) => kind === 'resource')
      .map(({ id }) => id),
    ['chapter/markov/talk', 'chapter/rnn/talk'],
  );
});

test('a filter that nothing passes leaves no rows', () => {
  assert.deepEqual(rows(smallCurriculum, noProgress, { ...noFilter, chapterStates: ['studied'] }), []);
  assert.deepEqual(rows(smallCurriculum, noProgress, { ...noFilter, kinds: ['video'] }), []);
});

test('the index knows the parent of every row but the topmost', () => {
  const { byId, parents } = indexRows(rows(smallCurriculum, noProgress));
  assert.equal(parents.get('chapter/markov/paper')?.id, chapterRowId('markov'));
  assert.equal(parents.get('chapter/markov')?.id, 'section/basics');
  assert.equal(parents.get('section/basics'), undefined);
  assert.equal(byId.size - parents.size, 3);
});

test('a filter is put into words, and no filter into none', () => {
  assert.equal(
    filterWords({ chapterStates: ['not-started'], resourceStates: ['to-do'], kinds: ['video-series'] }, inEnglish),
    'not started, to do, video series',
  );
  assert.equal(filterWords(noFilter, inEnglish), '');
  assert.equal(isFiltering(noFilter), false);
  assert.equal(isFiltering({ ...noFilter, kinds: ['book'] }), true);
});
