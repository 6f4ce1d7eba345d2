import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noProgress } from '../../src/core/progress.ts';
import { hasAnchor, hostOf, readerChapter, readerMarks } from '../../src/vscode/readerChapter.ts';
import { smallCurriculum } from '../core/smallCurriculum.ts';

const { markov, rnn } = smallCurriculum.chapters;
assert.ok(markov && rnn);

test('a chapter comes with its section, its neighbours, what it builds on and what it leads to', () => {
  const shown = readerChapter(smallCurriculum, rnn, '<p>Text</p>');
  assert.equal(shown.html, '<p>Text</p>');
  assert.equal(shown.sectionTitle, 'I. Section basics');
  assert.deepEqual(shown.previous, { id: 'markov', title: 'Title of markov' });
  assert.deepEqual(shown.next, { id: 'flash', title: 'Title of flash' });
  assert.deepEqual(
    shown.prerequisites.map(({ id }) => id),
    ['markov'],
  );
  assert.deepEqual(
    shown.leadsTo.map(({ id }) => id),
    ['flash', 'quant'],
  );
});

test('the first chapter has none before it', () => {
  const intro = smallCurriculum.chapters['intro'];
  assert.ok(intro);
  assert.ok(!('previous' in readerChapter(smallCurriculum, intro, '')));
});

test('resources come with their note, their site and whether arXiv has them; never with their address', () => {
  const [paper, talk] = readerChapter(smallCurriculum, markov, '').resources;
  assert.equal(paper?.note, 'Note on paper.');
  assert.equal(paper.host, 'arxiv.org');
  assert.equal(paper.arxiv, true);
  assert.equal(talk?.host, 'example.org');
  assert.equal(talk.arxiv, false);
  assert.ok(!('url' in paper));
});

test('marks are those of the chapter, its resources and the chapters it links to', () => {
  const marks = readerMarks(smallCurriculum, rnn, {
    ...noProgress,
    chapters: { rnn: 'skimmed', markov: 'studied', intro: 'studied' },
    resources: { talk: 'done', paper: 'done' },
  });
  assert.deepEqual(marks, {
    chapter: 'skimmed',
    resources: { talk: 'done' },
    chapters: { markov: 'studied', flash: 'not-started', quant: 'not-started' },
  });
});

test('a chapter has its headings and its summary as places', () => {
  assert.ok(hasAnchor(rnn, 'why') && hasAnchor(rnn, 'summary'));
  assert.ok(!hasAnchor(rnn, 'gone'));
});

test('what is no address has no site', () => {
  assert.equal(hostOf('no address'), '');
});
