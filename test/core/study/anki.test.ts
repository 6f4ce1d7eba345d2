import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ankiNoteOf, ankiSide, cardIdOf, guidOf, textFromNote } from '../../../src/core/study/ankiNote.ts';
import type { AnkiNote } from '../../../src/core/study/ankiNote.ts';
import { readAnkiText, writeAnkiText } from '../../../src/core/study/ankiText.ts';
import { cardHtml } from '../../../src/core/study/cardMarkdown.ts';
import { htmlToMarkdown } from '../../../src/core/study/htmlToMarkdown.ts';
import { seeded } from '../../store/support.ts';

const hash = (text: string): string => String(text.length);
const shape = (html: string): string => html.replace(/\s+/g, ' ').replace(/> </g, '><').trim();

const sides = [
  'Why does **LoRA** train *so few* weights?',
  'A line\\\nand another, with `code` and ``a ` tick``.',
  '- one\n- two with $x_1$\n- three',
  '1. first\n2. second\n\nThen a paragraph.',
  'Nested:\n\n- a\n  - b\n  - c\n- d',
  '```python\nx = a[1] * b  # "<tag>" & $5\n```',
  '$$\\mathrm{softmax}(QK^\\top / \\sqrt{d})V$$',
  'costs \\$5 and 5 < 6 & 7 > 2, snake_case_name, 2 * 3 * 4, ~tilde~',
  '> a quotation\n\n---\n\n### A heading',
  '| a | b |\n| --- | --- |\n| 1 | `x` |\n| 2 | $y$ |',
  '\\# no heading, \\- no list\n\n1\\. no number',
  '**bold with $x$ inside** and ~~gone~~',
];

test('a card that goes to Anki and comes back as HTML is the same card', () => {
  for (const side of sides) {
    const back = htmlToMarkdown(ankiSide(side));
    assert.equal(shape(cardHtml(back)), shape(cardHtml(side)), `${side}\n→ ${ankiSide(side)}\n→ ${back}`);
  }
});

test('cards put together of anything come back as they were', () => {
  for (let seed = 1; seed <= 80; seed++) {
    const random = seeded(seed);
    const side = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => sides[Math.floor(random() * sides.length)],
    ).join('\n\n');
    const back = htmlToMarkdown(ankiSide(side));
    assert.equal(shape(cardHtml(back)), shape(cardHtml(side)), side);
  }
});

test('TeX goes to Anki as MathJax reads it, escaped', () => {
  assert.equal(ankiSide('$a < b$ and `$c$`'), '<p>\\(a &lt; b\\) and <code>$c$</code></p>');
  assert.match(ankiSide('$$x$$'), /\\\[x\\\]/);
});

test("HTML of other people's cards becomes Markdown, and nothing in it runs", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['What is <b>LoRA</b>?', 'What is **LoRA**?'],
    ['one<br>two', 'one  \ntwo'],
    ['<div>one</div><div>two</div>', 'one\n\ntwo'],
    ['a&nbsp;&lt;b&gt; &amp; c &#8212; &hellip;', 'a <b> & c — …'],
    ['<b> spaced </b>words', '**spaced** words'],
    ['[$]x^2[/$] and \\(y\\) and [$$]z[/$$]', '\\(x^2\\) and \\(y\\) and \\[z\\]'],
    ['<img src="cat.jpg"><script>alert(1)</script><style>b{}</style>', '(cat.jpg)'],
    ['<a href="javascript:alert(1)">a link</a> [sound:x.mp3]', 'a link'],
    ['<ul><li>a<ul><li>b</li></ul></li><li>c</ul>', '- a\n  - b\n- c'],
    ['* not a list * $5', '\\* not a list \\* \\$5'],
    ['<pre>x &lt; 1<br>y</pre>', '```\nx < 1\ny\n```'],
    ['<p>unclosed <b>bold', 'unclosed **bold**'],
    ['<!-- a remark -->text', 'text'],
  ];
  for (const [html, expected] of cases) assert.equal(htmlToMarkdown(html), expected, html);
  for (const hostile of [
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>x</svg>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<iframe srcdoc="<script>1</script>">',
    '<a href=`javascript:x`>`</a>',
    '<'.repeat(5000),
    '<div>'.repeat(20_000),
    '<a "'.repeat(5000),
    '\\('.repeat(5000),
    '`'.repeat(3000),
  ]) {
    const html = cardHtml(htmlToMarkdown(hostile));
    for (const [, name = '', attributes = ''] of html.matchAll(/<(\w+)((?:\s[^<>]*)?)>/g)) {
      assert.doesNotMatch(name, /^(script|img|a|iframe|style|svg)$/);
      assert.doesNotMatch(attributes, /\s(on\w+|style|src|href)\s*=/);
    }
  }
});

const notes: readonly AnkiNote[] = [
  { guid: 'own:1', front: 'Q with\ttab', back: 'A "quoted"\nand a new line', tags: ['own', 'lora'] },
  { guid: '#odd', front: '# no remark', back: '<pre>\n  x\n</pre>', tags: [] },
];

test('the text form is read as it was written', () => {
  assert.deepEqual(readAnkiText(writeAnkiText(notes), hash), notes);
  assert.deepEqual(readAnkiText(writeAnkiText(notes).replaceAll('\n', '\r\n'), hash), [
    { ...notes[0], back: 'A "quoted"\r\nand a new line' },
    { ...notes[1], back: '<pre>\r\n  x\r\n</pre>' },
  ]);
  assert.match(writeAnkiText(notes), /^#separator:tab\n#html:true\n#guid column:1\n/);
});

test('files of Anki and of other programs are read', () => {
  const read = (text: string): unknown => readAnkiText(text, hash);
  assert.deepEqual(read('#separator:semicolon\n#html:false\n#tags:x\na < b;c\n'), [
    { guid: 'text-8', front: 'a &lt; b', back: 'c', tags: ['x'] },
  ]);
  assert.deepEqual(read('# a remark\n#separator:Comma\nq,"a, b"\n\nq2,a2'), [
    { guid: 'text-1', front: 'q', back: 'a, b', tags: [] },
    { guid: 'text-2', front: 'q2', back: 'a2', tags: [] },
  ]);
  assert.deepEqual(read('#guid column:3\nq\ta\tG1'), [{ guid: 'G1', front: 'q', back: 'a', tags: [] }]);
});

test('a file that is none gives one clear error', () => {
  for (const [text, problem] of [
    ['', /no notes/],
    ['\n\n\n', /no notes/],
    ['#separator:tab\n', /no notes/],
    ['"never closed\tx', /cut short/],
  ] as const) {
    const read = readAnkiText(text, hash);
    assert.ok(typeof read === 'string');
    assert.match(read, problem);
  }
});

test('a card keeps its identity on the way to Anki and back', () => {
  for (const id of ['own:5f', 'quiz:lora/lora-1', 'anki:Xy!z']) assert.equal(cardIdOf(guidOf(id)), id);
  for (const guid of ['', '  ', 'x'.repeat(191), '\ud800']) assert.equal(cardIdOf(guid), undefined);
});

test('what comes back unchanged changes nothing; what was edited in Anki is taken over, its place in the handbook stays', () => {
  const text = { front: 'Why $r$?', back: '- a\n- b', origin: { chapterId: 'lora' }, tags: ['own'] };
  const note = ankiNoteOf('own:1', text);
  assert.deepEqual(note.tags, ['own', 'lora']);
  assert.equal(textFromNote(note, text), undefined);
  const edited = textFromNote({ ...note, back: 'only <b>a</b>' }, text);
  assert.deepEqual(edited, { front: 'Why \\(r\\)?', back: 'only **a**', origin: { chapterId: 'lora' }, tags: ['own'] });
  assert.equal(textFromNote({ ...note, back: 'only <b>a</b>' }, edited), undefined);
  assert.equal(textFromNote({ guid: 'g', front: '<br>', back: ' ', tags: [] }, undefined), undefined);
});
