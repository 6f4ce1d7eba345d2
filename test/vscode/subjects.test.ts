import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexRows, rows } from '../../src/core/tree.ts';
import { noProgress } from '../../src/core/progress.ts';
import { chaptersAbout, chaptersNamed, resourcesNamed } from '../../src/vscode/subjects.ts';
import { smallCurriculum } from '../core/smallCurriculum.ts';

const { byId } = indexRows(rows(smallCurriculum, noProgress));
const names = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

test('a chapter is named by its id or by its row', () => {
  assert.deepEqual(names(chaptersNamed(smallCurriculum, ['rnn'])), ['rnn']);
  assert.deepEqual(names(chaptersNamed(smallCurriculum, [byId.get('chapter/rnn')])), ['rnn']);
});

test('of several selected rows all count, unless another one was clicked', () => {
  const [one, two, other] = ['chapter/rnn', 'chapter/markov', 'chapter/flash'].map((id) => byId.get(id));
  assert.deepEqual(names(chaptersNamed(smallCurriculum, [one, [one, two]])), ['rnn', 'markov']);
  assert.deepEqual(names(chaptersNamed(smallCurriculum, [other, [one, two]])), ['flash']);
});

test('a section’s row is about all its chapters, a list about each of them, each once', () => {
  const about = (...args: readonly unknown[]): string[] => names(chaptersAbout(smallCurriculum, args));
  const section = byId.get('section/basics');
  assert.equal(section?.kind, 'section');
  assert.deepEqual(about(section), ['markov', 'rnn']);
  assert.deepEqual(about('rnn'), ['rnn']);
  assert.deepEqual(about(['flash', 'rnn', 'flash', 'gone', 7]), ['flash', 'rnn']);
  assert.deepEqual(about(section, [section, byId.get('chapter/rnn'), byId.get('chapter/flash')]), [
    'markov',
    'rnn',
    'flash',
  ]);
  assert.deepEqual(about(byId.get('chapter/markov/paper')), []);
  for (const junk of [undefined, null, {}, [], { sectionId: '__proto__' }]) assert.deepEqual(about(junk), []);
});

test('a resource selected in two chapters is one resource', () => {
  const twice = [byId.get('chapter/markov/paper'), byId.get('chapter/flash/paper')];
  assert.deepEqual(names(resourcesNamed(smallCurriculum, [twice[0], twice])), ['paper']);
});

test('anything else names nothing', () => {
  const circle: Record<string, unknown> = {};
  circle['chapterId'] = circle;
  for (const junk of [
    undefined,
    null,
    7,
    '',
    'gone',
    '__proto__',
    'constructor',
    [],
    ['rnn'],
    {},
    circle,
    () => 'rnn',
  ]) {
    assert.deepEqual(chaptersNamed(smallCurriculum, [junk]), []);
    assert.deepEqual(resourcesNamed(smallCurriculum, [junk, [junk]]), []);
  }
});
