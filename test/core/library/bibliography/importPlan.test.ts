import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strictRules } from '../../../../src/core/library/address.ts';
import { canBeSaved, importedDocument, planImport } from '../../../../src/core/library/bibliography/importPlan.ts';
import type { FoundReference, ImportPlan } from '../../../../src/core/library/bibliography/importPlan.ts';
import { creatorOf } from '../../../../src/core/library/bibliography/creators.ts';
import { document } from './someReferences.ts';

const found = (title: string, more: Partial<FoundReference> = {}): FoundReference => ({
  kind: 'paper',
  title,
  files: [],
  ...more,
});
const plan = (references: readonly FoundReference[], documents: Parameters<typeof planImport>[0] = []): ImportPlan => {
  const planner = planImport(documents, strictRules);
  planner.add(references);
  return planner.plan();
};

test('a text is known by DOI, arXiv number, address, or title and first author', () => {
  const documents = [
    document({ id: 'arxiv', title: 'x y', address: 'https://arxiv.org/abs/1706.03762' }),
    document({ id: 'doi', title: 'p q', details: { doi: '10.1/AbC' } }),
    document({ id: 'page', title: 'r s', address: 'https://example.org/a/' }),
    document({ id: 'title', title: 'Attention: is it all you need?', creators: 'Ashish Vaswani, Noam Shazeer' }),
  ];
  const there = (reference: FoundReference): string | undefined => plan([reference], documents).entries[0]?.there?.id;
  assert.equal(there(found('A', { arxiv: '1706.03762' })), 'arxiv');
  assert.equal(there(found('A', { url: 'http://arxiv.org/pdf/1706.03762v5' })), 'arxiv');
  assert.equal(there(found('A', { doi: '10.1/aBc' })), 'doi');
  assert.equal(there(found('A', { url: 'http://www.example.org/a#top' })), 'page');
  const vaswani = [creatorOf('Vaswani, A.')];
  assert.equal(there(found('Attention — Is It All You Need', { creators: vaswani })), 'title');
  assert.equal(there(found('Attention: is it all you need?', { creators: [creatorOf('Jain, S.')] })), undefined);
  // One word says nothing.
  assert.equal(plan([found('Notes')], [document({ title: 'Notes' })]).entries[0]?.there, undefined);
});

test('what the file says twice is taken once', () => {
  const { entries, again } = plan([found('A b', { doi: '10.1/x' }), found('Other', { doi: '10.1/X' }), found('C d')]);
  assert.deepEqual([entries.map(({ reference }) => reference.title), again], [['A b', 'C d'], 1]);
});

test('where an entry can be saved from', () => {
  const from = (more: Partial<FoundReference>): string | undefined =>
    plan([found('A b', more)]).entries[0]?.as?.address;
  assert.equal(from({ url: 'http://example.org/x' }), 'https://example.org/x');
  assert.equal(from({ doi: '10.1000/x' }), 'https://doi.org/10.1000/x');
  assert.equal(from({ arxiv: '1706.03762', url: 'https://example.org/' }), 'https://arxiv.org/abs/1706.03762');
  assert.equal(from({ url: 'https://10.0.0.1/x' }), undefined);
  assert.equal(from({}), undefined);
  const [film] = plan([found('A b', { url: 'https://www.youtube.com/watch?v=x' })]).entries;
  assert.ok(film && !canBeSaved(film));
});

test('what is imported is listed, with all that is known of it, and nothing to fetch', () => {
  const [entry] = plan([
    found('A b', {
      key: 'k',
      year: 2020,
      creators: [creatorOf('Ann Author')],
      url: 'https://example.org/',
      files: ['x.pdf'],
    }),
  ]).entries;
  assert.ok(entry);
  assert.deepEqual(importedDocument(entry), {
    address: 'https://example.org/',
    title: 'A b',
    creators: 'Ann Author',
    kind: 'paper',
    origin: 'address',
    minutes: 0,
    copies: [],
    details: { key: 'k', year: 2020, creators: [{ family: 'Author', given: 'Ann' }], url: 'https://example.org/' },
  });
});
