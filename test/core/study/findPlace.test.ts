import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder } from '../../../src/core/curriculum.ts';
import { findPlace, quoteAt } from '../../../src/core/study/findPlace.ts';
import type { Quote } from '../../../src/core/study/studyEvent.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { draftOf, reworded, seeded, sentenceAt, withParagraph, wordsOf, type Draft, type Spot } from './revisions.ts';

const draft: Draft = {
  passages: [
    { anchor: 'summary', paragraphs: [['How weights are stored in fewer bits.']] },
    {
      anchor: 'why',
      paragraphs: [
        ['Why it matters'],
        ['A model with 7 billion weights takes 28 GB at 32 bits a weight.', 'Most laptops have 16 GB.'],
        ['The step of a group is $s = m / 127$.', 'An outlier makes the step larger.'],
      ],
    },
    {
      anchor: 'groups',
      paragraphs: [['Groups'], ['Each group has a step of its own.', 'An outlier spoils one group.']],
    },
  ],
};

/** The quote of some words of the draft, and where they are: the `nth` time they stand there. */
function quoted(words: string, nth = 0): Quote {
  const { words: whole } = wordsOf(draft);
  let at = whole.text.indexOf(words);
  for (let i = 0; i < nth; i++) at = whole.text.indexOf(words, at + 1);
  assert.ok(at >= 0, words);
  return quoteAt(whole, at, at + words.length);
}

/** What `quote` is found as in a revised draft, with the words around it. */
function found(revised: Draft, quote: Quote): { how: string; words: string; before: string } | undefined {
  const { words } = wordsOf(revised);
  const place = findPlace(words, quote);
  return (
    place && {
      how: place.how,
      words: words.text.slice(place.start, place.end),
      before: words.text.slice(Math.max(0, place.start - 10), place.start),
    }
  );
}

const spot = (passage: number, paragraph: number, sentence: number): Spot => ({ passage, paragraph, sentence });

test('a quote carries its passage and what is around it', () => {
  assert.deepEqual(quoted('16 GB'), {
    anchor: 'why',
    quote: '16 GB',
    before: 'lion weights takes 28 GB at 32 bits a weight. Most laptops have ',
    after: '.\nThe step of a group is $s = m / 127$. An outlier makes the ste',
  });
});

test('in an unchanged chapter every occurrence is found where it is', () => {
  assert.match(found(draft, quoted('An outlier', 0))?.before ?? '', /127\$\. $/);
  assert.match(found(draft, quoted('An outlier', 1))?.before ?? '', /own\. $/);
  assert.equal(found(draft, quoted('group', 2))?.how, 'same');
  assert.equal(found(draft, quoted('How weights'))?.words, 'How weights');
  assert.equal(found(draft, quoted('one group.'))?.words, 'one group.');
});

test('a formula is found by its TeX', () => {
  assert.equal(found(draft, quoted('is $s = m / 127$'))?.words, 'is $s = m / 127$');
});

test('other quotation marks, dashes and white space are no change', () => {
  const changed = withParagraph(draft, spot(1, 1, 0), () => ['A model’s “weights” — all – of\u00a0them.']);
  const quote = { anchor: 'why', quote: 'model\'s "weights" - all - of them', before: 'A ', after: '.' };
  assert.equal(found(changed, quote)?.how, 'same');
});

test('words that are nearly the same are found as changed', () => {
  const revised = withParagraph(draft, spot(1, 1, 0), () => [
    'A model with 8 billion weights takes about 32 GB at 32 bits a weight.',
    'Most laptops have 16 GB.',
  ]);
  const quote = quoted('A model with 7 billion weights takes 28 GB at 32 bits a weight.');
  assert.deepEqual(found(revised, quote), {
    how: 'changed',
    words: 'A model with 8 billion weights takes about 32 GB at 32 bits a weight.',
    before: 't matters\n',
  });
});

test('a heading that is gone isn’t found in the text that repeats its word', () => {
  const withHeading: Draft = {
    passages: [{ anchor: 'a', paragraphs: [['It ends.'], ['Temperature'], ['Temperature divides the logits.']] }],
  };
  const { words } = wordsOf(withHeading);
  const at = words.text.indexOf('Temperature');
  const quote = quoteAt(words, at, at + 11);
  assert.equal(findPlace(words, quote)?.start, at);
  const { words: without } = wordsOf(withParagraph(withHeading, spot(0, 1, 0), () => []));
  assert.equal(findPlace(without, quote), undefined);
});

test('a quote of nothing, or one longer than the chapter, is not found', () => {
  assert.equal(found(draft, { anchor: 'why', quote: '  ', before: '', after: '' }), undefined);
  assert.equal(found(draft, { anchor: 'why', quote: 'step '.repeat(20_000), before: '', after: '' }), undefined);
});

// Random words of the real chapters, each revised in every way.

const folder = fileURLToPath(new URL('../../../dist/curriculum', import.meta.url));
const drafts = chaptersInOrder(readCurriculum(folder)).map(({ id, summary }) =>
  draftOf(summary, readFileSync(`${folder}/chapters/${id}.html`, 'utf8')),
);
const vocabulary = [...new Set(drafts.flatMap(({ passages }) => passages.flatMap((one) => one.paragraphs.flat(2))))]
  .join(' ')
  .split(' ');

type Outcome = 'right' | 'wrong' | 'missing';

test('words of the real chapters are found again after a revision, and deleted ones are not found elsewhere', (t) => {
  const random = seeded(11);
  const below = (n: number): number => Math.floor(random() * n);
  const counts = new Map<string, Record<Outcome, number>>();
  const count = (revision: string, outcome: Outcome): void => {
    const row = counts.get(revision) ?? { right: 0, wrong: 0, missing: 0 };
    row[outcome]++;
    counts.set(revision, row);
  };
  for (let i = 0; i < 400; i++) {
    const whole = drafts[below(drafts.length)];
    const passage = 1 + below((whole?.passages.length ?? 1) - 1);
    const paragraph = below(whole?.passages[passage]?.paragraphs.length ?? 0);
    const sentence = below(whole?.passages[passage]?.paragraphs[paragraph]?.length ?? 0);
    const place = { passage, paragraph, sentence };
    const all = whole ? sentenceAt(whole, place).split(' ') : [];
    const first = below(all.length);
    const mine = all.slice(first, first + 3 + below(12)).join(' ');
    // A selection in the page never cuts a formula in two.
    if (!whole || mine.length < 12 || mine.split('$').length % 2 === 0) continue;
    const lead = all.slice(0, first).join(' ');
    const rest = all.slice(first).join(' ').slice(mine.length);
    const offset = lead === '' ? 0 : lead.length + 1;
    const { words, startOf } = wordsOf(whole);
    const quote = quoteAt(words, startOf(place) + offset, startOf(place) + offset + mine.length);

    const expect = (revision: string, revised: Draft, at?: Spot, shifted = offset): void => {
      const after = wordsOf(revised);
      const result = findPlace(after.words, quote);
      if (!result) count(revision, at ? 'missing' : 'right');
      else {
        const close = at !== undefined && Math.abs(result.start - after.startOf(at) - shifted) <= mine.length / 3;
        count(revision, close ? 'right' : 'wrong');
      }
    };
    const news = `Remember that ${Array.from({ length: 8 }, () => vocabulary[below(vocabulary.length)]).join(' ')}.`;
    const edit = (change: (sentences: readonly string[]) => readonly string[]): Draft =>
      withParagraph(whole, place, change);
    const without = (n: number): Draft['passages'] => whole.passages.filter((_, at) => at !== n);
    const replaced = (text: string) => (each: string, at: number) => (at === sentence ? text : each);

    expect('unchanged', whole, place);
    expect(
      'a sentence before',
      edit((each) => each.toSpliced(sentence, 0, news)),
      { ...place, sentence: sentence + 1 },
    );
    expect(
      'a sentence after',
      edit((each) => each.toSpliced(sentence + 1, 0, news)),
      place,
    );
    const newLead = reworded(lead, 0.2, random, vocabulary);
    const around = [newLead, mine + reworded(rest, 0.2, random, vocabulary)].filter((part) => part !== '').join(' ');
    expect(
      'other words around',
      edit((each) => each.map(replaced(around))),
      place,
      newLead === '' ? 0 : newLead.length + 1,
    );
    expect(
      'another anchor',
      {
        passages: whole.passages.map((each, at) => (at === passage ? { ...each, anchor: 'renamed' } : each)),
      },
      place,
    );
    const to = 1 + below(whole.passages.length - 1);
    const moved = whole.passages[passage];
    if (moved) expect('moved', { passages: without(passage).toSpliced(to, 0, moved) }, { ...place, passage: to });
    expect(
      'its sentence deleted',
      edit((each) => each.toSpliced(sentence, 1)),
    );
    expect(
      'its paragraph deleted',
      edit(() => []),
    );
    expect('its passage deleted', { passages: without(passage) });
  }
  for (const [revision, { right, wrong, missing }] of counts) {
    t.diagnostic(`${revision}: ${right} right, ${wrong} wrong, ${missing} not found`);
    const total = right + wrong + missing;
    assert.ok(total > 150, `${revision}: only ${total} tries`);
    if (revision === 'unchanged' || revision === 'another anchor') assert.equal(right, total, revision);
    // The rest are words that stand in the chapter twice, in like sentences.
    assert.ok(wrong <= total * 0.01, `${revision}: ${wrong} of ${total} in the wrong place`);
    assert.ok(missing <= total * 0.06, `${revision}: ${missing} of ${total} not found`);
  }
});
