import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { callHandbookTool, ToolInputError } from '../../../src/core/tools/handbookTools.ts';
import type { ToolStudy } from '../../../src/core/tools/handbookTools.ts';
import { noProgress } from '../../../src/core/progress.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { createLookUp } from '../../../src/core/search/lookUp.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { made } from '../../library/madeLibrary.ts';
import { study } from '../study.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const tools: ToolStudy = { curriculum, lookUp: study.lookUp, passages: study.passages, progress: noProgress };

test('a search gives the passages that answer, with their ids, and says that the handbook covers it', async () => {
  const { text, passageIds } = await callHandbookTool(
    'handbook_search',
    { query: 'what does the KV cache store?' },
    tools,
  );
  assert.match(text, /^The handbook covers this\./);
  assert.equal(passageIds.length, 5);
  assert.ok(passageIds[0]?.startsWith('key-value-caching-and-paged-attention#'), passageIds[0]);
  for (const id of passageIds) assert.ok(text.includes(`(${id})`));
});

test('what else finds passages has its say where the handbook covers the question, and only there', async () => {
  const backwards: ToolStudy = { ...tools, retrieveMore: (_, { ranked }) => Promise.resolve(ranked.toReversed()) };
  const ids = async (query: string, by: ToolStudy): Promise<readonly string[]> =>
    (await callHandbookTool('handbook_search', { query, limit: 10 }, by)).passageIds;
  const covered = 'what does the KV cache store?';
  const all = (await study.lookUp({ text: covered, history: [], scope: { kind: 'all' } })).found.ranked;
  assert.equal((await ids(covered, backwards))[0], all.at(-1)?.passage.id);
  const strange = 'who won the football world cup?';
  assert.deepEqual(await ids(strange, backwards), await ids(strange, tools));
  const failing: ToolStudy = { ...tools, retrieveMore: () => Promise.reject(new Error('The model has gone.')) };
  assert.deepEqual(await ids(covered, failing), await ids(covered, tools));
});

test('a search for what the handbook does not teach says so', async () => {
  const { text } = await callHandbookTool(
    'handbook_search',
    { query: 'who won the football world cup?', limit: 2 },
    tools,
  );
  assert.match(text, /does not cover this/);
});

test('the learner’s library is searched, too, and its passages say whose they are', async (t) => {
  const { saved } = made(t, [
    {
      title: 'Bread',
      heading: 'Proofing',
      page: 3,
      passages: ['The cold of the fridge makes the crust of sourdough blister.'],
    },
  ]);
  const lookUp = createLookUp({ retrieve: study.retrieve, index: study.index, saved, t: inEnglish });
  const search = async (where?: string): Promise<string> =>
    (
      await callHandbookTool(
        'handbook_search',
        { query: 'why does a sourdough crust blister?', where },
        { ...tools, lookUp },
      )
    ).text;
  for (const where of [undefined, 'library', 'all']) {
    assert.match(
      await search(where),
      /^The learner's library covers this\.\n\n## From the learner's library, Bread: Proofing, page 3 \(saved:Bread:main:0\)\nThe cold/,
    );
  }
  assert.match(await search('handbook'), /^The handbook does not cover this\./);
  await assert.rejects(search('moon'), ToolInputError);
});

test('a chapter is found by its id and by its title, and comes whole', async () => {
  const byId = await callHandbookTool('handbook_read_chapter', { chapter: 'flashattention' }, tools);
  const title = curriculum.chapters['flashattention']?.title ?? '';
  assert.deepEqual(await callHandbookTool('handbook_read_chapter', { chapter: title.toUpperCase() }, tools), byId);
  const own = [...study.passages.values()].filter(({ chapterId }) => chapterId === 'flashattention');
  assert.deepEqual(
    byId.passageIds,
    own.map(({ id }) => id),
  );
  for (const { sentences } of own) for (const { text } of sentences) assert.ok(byId.text.includes(text));
});

test('input that cannot be served is refused with what to do instead', async () => {
  const refused = (name: Parameters<typeof callHandbookTool>[0], input: unknown, message: RegExp): Promise<void> =>
    assert.rejects(
      () => callHandbookTool(name, input, tools),
      (error) => {
        assert.ok(error instanceof ToolInputError);
        assert.match(error.message, message);
        return true;
      },
    );
  await refused('handbook_search', {}, /Give "query"/);
  await refused('handbook_search', { query: 7 }, /Give "query"/);
  await refused('handbook_search', null, /Give "query"/);
  await refused('handbook_read_chapter', { chapter: '' }, /Give "chapter"/);
  await refused('handbook_read_chapter', { chapter: 'constructor' }, /no chapter "constructor"/);
  await refused('handbook_read_chapter', { chapter: 'flash attention kernels' }, /flashattention/);
});

test('progress names what is studied, what was read last and what comes next', async () => {
  const progress = { ...noProgress, chapters: { introduction: 'studied' as const }, lastChapter: 'introduction' };
  const { text } = await callHandbookTool('handbook_progress', {}, { ...tools, progress });
  assert.match(text, /^1 of 55 chapters studied, 0 skimmed\./);
  assert.match(text, /Studied: introduction\./);
  assert.match(text, /Read last: introduction\./);
  assert.match(text, /To continue with: [a-z-]+ \(/);
});
