import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureHtml } from '../../../src/core/book/figure.ts';

function problemsOf(svg: string): string[] {
  const problems: string[] = [];
  figureHtml(svg, 'What it shows', (line, message) => {
    problems.push(`${line}: ${message}`);
  });
  return problems;
}

test('a drawing passes', () => {
  const svg =
    '<?xml version="1.0"?>\n<!-- note -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<g class="line"><path d="M0 0L9 9"/></g><text x="1" y="2" text-anchor="middle">a &lt; b</text></svg>';
  assert.deepEqual(problemsOf(svg), []);
});

const hostile: readonly string[] = [
  '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>',
  '<svg viewBox="0 0 1 1" onload="alert(1)"></svg>',
  '<svg viewBox="0 0 1 1"><foreignObject><body/></foreignObject></svg>',
  '<svg viewBox="0 0 1 1"><image href="https://example.org/x.png"/></svg>',
  '<svg viewBox="0 0 1 1"><use href="https://example.org/x.svg#a"/></svg>',
  '<svg viewBox="0 0 1 1"><use xlink:href="#a"/></svg>',
  '<svg viewBox="0 0 1 1"><rect style="fill:red"/></svg>',
  '<svg viewBox="0 0 1 1"><style>rect{}</style></svg>',
  '<svg viewBox="0 0 1 1"><rect fill="url(https://example.org/x)"/></svg>',
  '<svg viewBox="0 0 1 1"><a href="#x"><text>x</text></a></svg>',
  '<svg viewBox="0 0 1 1"><animate attributeName="href" values="javascript:alert(1)"/></svg>',
  "<svg viewBox='0 0 1 1'><rect onclick='x'/></svg>",
  '<svg viewBox="0 0 1 1"><rect <b></svg>',
  '<svg viewBox="0 0 1 1"><g></svg>',
  '<svg viewBox="0 0 1 1"><rect onclick=alert(1) /></svg>',
  '<svg width="10" height="10"></svg>',
  '<p>no svg</p>',
  '<svg viewBox="0 0 1 1"></svg><script>1</script>',
];
for (const svg of hostile) {
  test(`refused: ${svg}`, () => {
    assert.notDeepEqual(problemsOf(svg), []);
  });
}

test('a problem is reported at its line', () => {
  assert.match(problemsOf('<svg viewBox="0 0 1 1">\n<g/>\n<script/>\n</svg>')[0] ?? '', /^3: <script>/);
});
