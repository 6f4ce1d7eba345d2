import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Curriculum, Resource } from '../../../src/core/curriculum.ts';
import { strictRules } from '../../../src/core/library/address.ts';
import { replacementsFor } from '../../../src/core/library/replacements.ts';
import type { SavedCopy } from '../../../src/core/library/savedDocument.ts';
import { smallCurriculum } from '../smallCurriculum.ts';
import { document, paper } from './bibliography/someReferences.ts';

function handbook(...resources: readonly Resource[]): Curriculum {
  return { ...smallCurriculum, resources: Object.fromEntries(resources.map((each) => [each.id, each])) };
}

const found = (curriculum: Curriculum, more: Parameters<typeof document>[0]): string[] =>
  replacementsFor(document(more), curriculum, strictRules).map(({ source, as }) => `${source} ${as.address}`);

const at2024 = Date.UTC(2024, 5, 1);
const kept: SavedCopy = {
  form: 'main',
  address: 'https://a.org/x',
  optional: false,
  state: 'resting',
  done: 0,
  checkedAt: at2024,
};

test('where the handbook knows the text is first, the archive last, in the year it was last there', () => {
  const moved = { ...paper, url: 'https://a.org/x', replacement: 'https://b.org/x' };
  assert.deepEqual(found(handbook(moved), { address: 'https://a.org/x', copies: [kept] }), [
    'handbook https://b.org/x',
    'archive https://web.archive.org/web/2024/https://a.org/x',
  ]);
});

test('a text of the same title and author may be listed from elsewhere', () => {
  const same = { address: 'https://a.org/x', title: paper.title, creators: 'T. Dao', addedAt: at2024 };
  assert.deepEqual(
    found(handbook(paper), { ...same, creators: 'Tri Dao' })[0],
    'handbook https://arxiv.org/abs/2205.14135',
  );
  assert.equal(found(handbook(paper), { ...same, title: 'Another title' }).length, 1);
});

test('arXiv’s number, the DOI and the address of the bibliography lead to it; what isn’t fetched is left out', () => {
  const details = { arxiv: '2205.14135', doi: '10.1/x', url: 'http://c.org/x' };
  assert.deepEqual(found(handbook(), { address: 'https://a.org/x', details, addedAt: at2024 }), [
    'arxiv https://arxiv.org/abs/2205.14135',
    'doi https://doi.org/10.1/x',
    'bibliography https://c.org/x',
    'archive https://web.archive.org/web/2024/https://a.org/x',
  ]);
  const own = { address: 'https://arxiv.org/abs/2205.14135', details: { ...details, url: 'https://10.0.0.1/' } };
  assert.deepEqual(found(handbook(), { ...own, addedAt: at2024 }), [
    'doi https://doi.org/10.1/x',
    'archive https://web.archive.org/web/2024/https://arxiv.org/abs/2205.14135',
  ]);
  // What is tried already isn't offered again, and the way back is.
  const tried = { address: 'https://a.org/x', instead: 'https://arxiv.org/abs/2205.14135', addedAt: at2024 };
  assert.deepEqual(found(handbook(), tried), ['archive https://web.archive.org/web/2024/https://a.org/x']);
  assert.deepEqual(found(handbook(), { address: '', title: 'A file' }), []);
});
