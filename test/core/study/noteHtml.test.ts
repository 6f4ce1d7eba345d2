import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteHtml } from '../../../src/core/study/noteHtml.ts';

test('Markdown is rendered, line breaks are kept', () => {
  assert.equal(
    noteHtml('**Mind** the `step`\nof _each_ group'),
    '<p><strong>Mind</strong> the <code>step</code><br>\nof <em>each</em> group</p>\n',
  );
  assert.equal(noteHtml('# Big'), '<p class="note-heading">Big</p>\n');
  assert.match(noteHtml('- one\n- two'), /<ul>\n<li>one<\/li>/);
});

test('formulas are typeset; prices are not formulas; what isn’t TeX is shown as written', () => {
  assert.match(noteHtml('so $s = m/127$ it is'), /<math/);
  assert.match(noteHtml('$$\\sum_i x_i$$'), /display="block"/);
  assert.doesNotMatch(noteHtml('from $5 to $10'), /math/);
  assert.match(noteHtml('$\\frac{$'), /\\frac/);
  assert.match(noteHtml('$\\href{https://x.org}{y}$'), /<code class="tex">/);
});

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](command:workbench.action.quit)',
  '![x](https://example.org/pixel.png)',
  '[x](https://example.org/"onmouseover="alert(1))',
  '<a href="https://example.org" style="color:red">x</a>',
  '| a |\n| :-: |\n| <b style="x">y</b> |',
  '$\\style{color:red}{x}$ $\\includegraphics{x}$ $\\htmlClass{a}{b}$',
  '<https://example.org/<script>>',
  '```html\n<script>alert(1)</script>\n```',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;',
];

test('tricks are text', () => {
  for (const text of hostile) {
    const html = noteHtml(text);
    assert.doesNotMatch(html, /<(script|img|iframe|style|object|form|input|svg)\b/i, text);
    assert.doesNotMatch(html, /<[^>]*\s(on\w+|style|src)=/i, text);
    for (const [, href] of html.matchAll(/<[^>]*\shref="([^"]*)"/g)) assert.equal(href, '#', text);
    for (const [, url = ''] of html.matchAll(/data-href="([^"]*)"/g)) assert.match(url, /^https:\/\//, text);
  }
});

test('a huge note is shown from its start', () => {
  const html = noteHtml(`${'word '.repeat(30_000)}end`);
  assert.ok(html.length < 25_000);
  assert.match(html, /…<\/p>/);
  assert.ok(noteHtml(`${'['.repeat(50_000)}${'$x$ '.repeat(5000)}${'> '.repeat(5000)}`).length > 0);
});
