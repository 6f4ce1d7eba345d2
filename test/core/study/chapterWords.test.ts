import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorAt, chapterWords } from '../../../src/core/study/chapterWords.ts';

const formula = (tex: string): string =>
  `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>w</mi></mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span><span class="katex-html"><span>w</span></span></span>`;

const html = `<section class="passage" id="why" data-level="2"><h2 tabindex="-1">Why it &amp; matters</h2>
<p>
<span class="sentence" data-sentence="A &lt;b&gt; > c.">A  weight ${formula('w \\le\n x')}&#x27;s
size</span>, <em>one</em>.</p>
<div class="formula" tabindex="0"><span class="katex-display">${formula('a &lt; b')}</span></div>
</section>
<section class="passage" id="more" data-level="3"><h3>More</h3>
<pre><code>def f(x):
    return x
</code></pre>
<div class="table"><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td>
<td>2</td></tr></tbody></table></div>
<figure><svg viewBox="0 0 1 1"><text>not this</text><svg></svg></svg><figcaption>A <strong>caption</strong>.</figcaption></figure>
</section>
`;

test('words, formulas, code, tables and captions are there, each once; pictures are not', () => {
  const { text } = chapterWords('The summary.', html);
  assert.equal(
    text,
    [
      'The summary.',
      'Why it & matters',
      "A weight $w \\le x$'s size, one.",
      '$a < b$',
      'More',
      'def f(x):',
      '    return x',
      'A\tB',
      '1\t2',
      'A caption.',
    ].join('\n'),
  );
});

test('passages follow one another without gaps', () => {
  const words = chapterWords('The summary.', html);
  assert.deepEqual(
    words.passages.map(({ anchor, start, end }) => [anchor, words.text.slice(start, end).slice(0, 8)]),
    [
      ['summary', 'The summ'],
      ['why', 'Why it &'],
      ['more', 'More\ndef'],
    ],
  );
  assert.equal(anchorAt(words, 0), 'summary');
  assert.equal(anchorAt(words, words.text.indexOf('A caption')), 'more');
});

test('a chapter without text is its summary', () => {
  assert.deepEqual(chapterWords('Only this.', ''), {
    text: 'Only this.',
    passages: [{ anchor: 'summary', start: 0, end: 10 }],
  });
});
