import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noProgress } from '../../src/core/progress.ts';
import { chapterTooltip, resourceTooltip, sectionTooltip } from '../../src/core/tooltip.ts';
import { inEnglish } from '../../src/core/translate.ts';
import { chapter, resource, smallCurriculum } from './smallCurriculum.ts';

const section = smallCurriculum.sections[1];

test('a chapter’s tooltip says its state, what it teaches and what to read first, with the state of that', () => {
  const progress = { ...noProgress, chapters: { markov: 'studied', rnn: 'skimmed' } as const };
  const rnn = smallCurriculum.chapters['rnn'] ?? assert.fail();
  const text = chapterTooltip(smallCurriculum, rnn, progress, inEnglish);
  assert.match(text, /^\*\*Title of rnn\*\*/);
  assert.match(text, /skimmed · 2 h 30 min/);
  assert.match(text, /- Explain rnn/);
  assert.match(text, /Read first:\n- Title of markov \(studied\)/);
});

test('text of the handbook is shown as it is, not taken for Markdown', () => {
  const odd = chapter('odd', 'start', { title: 'A *bold* [link](command:evil) <b>', summary: 'f_1 * f_2' });
  const text = chapterTooltip(smallCurriculum, odd, noProgress, inEnglish);
  assert.ok(text.includes('A \\*bold\\* \\[link\\]\\(command:evil\\) \\<b\\>'), text);
  assert.ok(text.includes('f\\_1 \\* f\\_2'), text);
});

test('a resource’s tooltip gives its note, its makers and where it leads', () => {
  const book = resource('b', 'book', { year: 2019, access: 'paywalled' });
  const text = resourceTooltip(book, 'Best for proofs.', 'example.org', noProgress, inEnglish);
  assert.match(text, /Ada Lovelace · 2019/);
  assert.match(text, /Best for proofs/);
  assert.match(text, /book · introductory · 1 h 30 min · paywalled · to do/);
  assert.match(text, /example\\\.org/);
});

test('a section’s tooltip counts what is studied and what is skimmed', () => {
  const progress = { ...noProgress, chapters: { markov: 'studied', rnn: 'skimmed' } as const };
  assert.match(sectionTooltip(section ?? assert.fail(), progress, inEnglish), /1 of 2 studied, 1 skimmed/);
});
