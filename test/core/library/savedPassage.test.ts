import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asPassage } from '../../../src/core/library/asPassage.ts';
import { parseSavedPassageId, savedPassageId } from '../../../src/core/library/savedPassage.ts';
import { parsePassageId } from '../../../src/core/passages.ts';
import { inEnglish } from '../../../src/core/translate.ts';

test('the id of a passage leads back to its place, and is none of the handbook’s', () => {
  const place = { documentId: '6f1c0a52-9d9b-4f5e-8f38-3f3b3a1d6a10', form: 'html', number: 12 } as const;
  const id = savedPassageId(place);
  assert.deepEqual(parseSavedPassageId(id), place);
  assert.equal(parsePassageId(id), undefined);
});

test('whatever else is asked for is no such id', () => {
  for (const id of [
    '',
    'saved',
    'saved:a:main',
    'saved::main:1',
    'saved:a:pdf:1',
    'saved:a:main:x',
    'saved:a:main:-1',
    'saved:a:main:1:2',
    'flashattention#why',
  ]) {
    assert.equal(parseSavedPassageId(id), undefined, id);
  }
});

test('a passage is called after its heading, its page or its time; without any of them after its number', () => {
  const saved = { documentId: 'd', form: 'main', number: 4, title: 'A talk', heading: '', text: 'One. Two.' } as const;
  const heading = (more: object): string => asPassage({ ...saved, ...more }, inEnglish).heading;
  assert.equal(heading({ heading: 'Results', page: 7 }), 'Results, page 7');
  assert.equal(heading({ page: 7 }), 'page 7');
  assert.equal(heading({ seconds: 123 }), '2:03');
  assert.equal(heading({ heading: 'A talk' }), 'passage 5');
  assert.equal(heading({}), 'passage 5');
  assert.deepEqual(
    asPassage(saved, inEnglish).sentences.map(({ text }) => text),
    ['One.', 'Two.'],
  );
});
