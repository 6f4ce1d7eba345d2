import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardLine } from '../../../src/core/study/cardLine.ts';
import { cardHtml, texParts } from '../../../src/core/study/cardMarkdown.ts';
import { cardCount, intervalWords, nextWords } from '../../../src/core/study/timeWords.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { seeded } from '../../store/support.ts';

test('a card has emphasis, lists, code and formulas', () => {
  const html = cardHtml(
    'Why **LoRA**?\n\n- rank $r \\ll d$\n- `W + BA`\n\n```python\nprice = "$5" + "$6"\n```\n\n$$h = Wx$$',
  );
  assert.match(html, /<strong>LoRA<\/strong>/);
  assert.match(html, /<li>rank <math/);
  assert.match(html, /<code>W \+ BA<\/code>/);
  assert.match(html, /\$5/);
  assert.match(html, /<span class="formula"[^>]*><math[^>]*display="block"/);
});

test('brackets, prices and dollars in code are what they are', () => {
  assert.equal(cardHtml('costs $5 and $6, see [1] and x[2]').trim(), '<p>costs $5 and $6, see [1] and x[2]</p>');
  assert.deepEqual(
    texParts('`$a$` \\(b\\) $c$ \\[d\\]').flatMap((part) => (part.type === 'tex' ? [part.tex] : [])),
    ['b', 'c', 'd'],
  );
  assert.deepEqual(
    texParts('```\n$a$\n```\n$b$').flatMap((part) => (part.type === 'tex' ? [part.tex] : [])),
    ['b'],
  );
});

test('nothing on a card can run, load or lead anywhere', () => {
  for (const hostile of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '![x](https://example.org/x.png)',
    '<https://example.org>',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\includegraphics{https://example.org/x.png}$',
    '$\\htmlStyle{color:red}{x}$',
    '```"><img src=x>\nx\n```',
    '&lt;script&gt;',
  ]) {
    const html = cardHtml(hostile);
    const tags = [...html.matchAll(/<(\w+)((?:\s[^<>]*)?)>/g)];
    for (const [, name = '', attributes = ''] of tags) {
      assert.doesNotMatch(name, /^(script|img|a|iframe|style|link|svg)$/, hostile);
      assert.doesNotMatch(attributes, /\s(on\w+|style|src|href)\s*=/, hostile);
    }
  }
});

test('no text makes the renderer fail or lose its words', () => {
  const pieces = ['$', '$$', '`', '```', '\n', '\\', '(', '[', ']', ')', '~~~', 'a', ' ', '**', '- ', '> ', '1'];
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const text = Array.from({ length: 40 }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('');
    assert.equal(typeof cardHtml(text), 'string');
    const words = texParts(text).map((part) =>
      part.type === 'text' ? part.text : part.type === 'tex' ? part.tex : '',
    );
    const letters = (whole: string): string => whole.replace(/[^a1]/g, '');
    assert.equal(letters(words.join('')), letters(text));
  }
});

test('a list shows a card on one line', () => {
  assert.equal(cardLine('What is **LoRA**?\n\n$r$ and `x`'), 'What is LoRA? r and x');
  assert.equal(cardLine('a'.repeat(300)).length, 120);
});

test('stretches of time are said in one unit', () => {
  const minute = 60_000;
  const day = 24 * 60 * minute;
  const said = [1, 60_000, 10 * minute, 5 * 60 * minute, day, 4 * day, 45 * day, 400 * day, 36500 * day];
  assert.deepEqual(
    said.map((ms) => intervalWords(ms, inEnglish)),
    ['1 min', '1 min', '10 min', '5 h', '1 day', '4 days', '1.5 months', '1.1 years', '99.9 years'],
  );
  const end = 10 * day;
  const next = (at: number): string => nextWords(at, end - 60 * minute, end, inEnglish);
  assert.equal(next(end - 50 * minute), 'in 10 min');
  assert.equal(next(end), 'tomorrow');
  assert.equal(next(end + 3 * day), 'in 4 days');
  assert.equal(next(0), 'now');
  assert.equal(cardCount(1, inEnglish), '1 card');
});
