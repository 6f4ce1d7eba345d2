import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { citationKeys, isKey, resourceKeys } from '../../../../src/core/library/bibliography/citationKey.ts';
import { citeDocuments, citeHandbook, citeResources } from '../../../../src/core/library/bibliography/cite.ts';
import { resourceReference } from '../../../../src/core/library/bibliography/describe.ts';
import type { Reference } from '../../../../src/core/library/bibliography/reference.ts';
import { readCurriculum } from '../../../../src/store/curriculumFiles.ts';
import { document, paper } from './someReferences.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../../dist/curriculum', import.meta.url)));

const one = (title: string, creators: string, year?: number): Reference => {
  const { year: _, ...undated } = paper;
  return resourceReference({ ...undated, title, creators, ...(year !== undefined && { year }) });
};
const keyOf = (...all: Parameters<typeof one>): string | undefined => citationKeys([one(...all)])[0];

test('a key says who, when and what', () => {
  assert.equal(keyOf('Attention Is All You Need', 'Ashish Vaswani, Noam Shazeer', 2017), 'vaswani2017attention');
  assert.equal(
    keyOf('On the Opportunities of Foundation Models', 'Bommasani, Rishi; Hudson, Drew', 2021),
    'bommasani2021opportunities',
  );
  assert.equal(keyOf('Über Größen', 'Kurt Gödel', 1931), 'godel1931uber');
  assert.equal(keyOf('The State of Things', 'Hugging Face', 2024), 'hugging2024state');
  assert.equal(keyOf('Łukasz’s notes', 'Łukasz Kaiser'), 'kaiserlukasz');
  assert.equal(keyOf('Tips', 'Leandro von Werra', 2023), 'vonwerra2023tips');
  assert.equal(keyOf('注意力', '李明', 2020), '2020');
  assert.equal(keyOf('注意力', ''), 'untitled');
  assert.equal(keyOf('What is it?', '', 2020), '2020what');
});

test('keys are different, whatever they are made of, and what has one keeps it', () => {
  const same = one('Attention Is All You Need', 'Ashish Vaswani', 2017);
  const keys = citationKeys([same, same, same, same, same, { ...same, key: 'vaswani2017attention' }], ['x']);
  assert.equal(keys[5], 'vaswani2017attention');
  assert.equal(new Set(keys.map((key) => key.toLowerCase())).size, 6);
  assert.ok(keys.every(isKey), keys.join());
  // In other letters it is the same to BibTeX.
  assert.notEqual(citationKeys([same], ['Vaswani2017Attention'])[0], 'vaswani2017attention');
  // A key that no format takes is made anew.
  assert.equal(citationKeys([{ ...same, key: 'a b},{c' }])[0], 'vaswani2017attention');
});

test('every resource of the handbook has a key of its own, the same in every part of it', () => {
  const all = citeHandbook(curriculum);
  assert.equal(all.length, Object.keys(curriculum.resources).length + 1);
  const keys = all.map(({ key }) => key);
  assert.equal(new Set(keys.map((key) => key.toLowerCase())).size, keys.length);
  assert.ok(keys.every(isKey));
  const [id] = Object.keys(curriculum.resources).reverse();
  const resource = curriculum.resources[id ?? ''] ?? assert.fail();
  const [alone] = citeResources(curriculum, [resource]);
  assert.equal(alone?.key, resourceKeys(curriculum).get(resource.id));
  assert.ok(keys.includes(alone?.key ?? ''));
  const attention = all.find(({ title }) => title === 'Attention Is All You Need');
  assert.equal(attention?.key, 'vaswani2017attention');
});

test('a document has the key of the resource it was saved from, or its own, and no two have the same', () => {
  const known = Object.values(curriculum.resources).find(({ url }) => url.startsWith('https://arxiv.org/abs/'));
  assert.ok(known);
  const documents = [
    document({
      id: 'newer',
      title: known.title,
      creators: known.creators,
      addedAt: 3,
      details: { year: known.year ?? 0 },
    }),
    document({ id: 'saved', title: known.title, creators: known.creators, addedAt: 2, address: known.url }),
    document({ id: 'imported', title: 'B', addedAt: 1, details: { key: 'mine:2020' } }),
  ];
  const cited = citeDocuments(documents, curriculum);
  const resourceKey = resourceKeys(curriculum).get(known.id);
  assert.equal(cited.get('saved')?.key, resourceKey);
  assert.equal(cited.get('saved')?.year, known.year);
  assert.equal(cited.get('imported')?.key, 'mine:2020');
  assert.notEqual(cited.get('newer')?.key, resourceKey);
});
