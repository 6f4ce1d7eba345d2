import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texHtml, texStyleSheet, texText } from '../../../src/core/book/tex.ts';

test('typeset TeX has classes in place of inline styles, one for each distinct style', () => {
  const styles = new Map<string, string>();
  const html = texHtml('\\sqrt{\\frac{a_1}{b^2}} \\sum_{i=1}^n x_i', true, styles) + texHtml('x', false, styles);
  assert.doesNotMatch(html, /style=/);
  assert.ok(styles.size > 3);
  for (const [style, name] of styles) {
    assert.ok(html.includes(name));
    assert.ok(texStyleSheet(styles).includes(`.${name}{${style}}`));
  }
});

test('malformed TeX throws', () => {
  assert.throws(() => texHtml('\\frac{1}{', false, new Map()));
  assert.throws(() => texHtml('\\href{javascript:alert(1)}{x}', false, new Map()));
});

for (const [tex, text] of [
  ['\\frac{a}{b}', 'a/b'],
  ['\\frac{a+1}{b}', '(a+1)/b'],
  ['\\lambda_{\\max} \\le 2^{n}', 'λ_max ≤ 2^n'],
  ['\\sqrt{d_k}', '√(d_k)'],
  ['\\mathrm{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d}}\\right)V', 'softmax((QK^ᵀ)/(√(d)))V'],
  ['p(x \\mid y)', 'p(x | y)'],
  ['50\\,\\% \\text{ of } x', '50 % of x'],
] as const) {
  test(`as plain text: ${tex}`, () => {
    assert.equal(texText(tex), text);
  });
}
