import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerBlock } from '../../../src/core/answer.ts';
import { createAnswerBlocks, type CheckSentence } from '../../../src/core/answer/answerBlocks.ts';
import { createCitationStream } from '../../../src/core/answer/citationStream.ts';
import { characters, inPieces, randomFrom } from './scripted.ts';

const agreeing: CheckSentence = (_, citations) => ({ citations, support: 'supported' });

interface Rendered {
  readonly blocks: readonly AnswerBlock[];
  /** Everything that was ever shown, in order. */
  readonly shown: readonly string[];
}

function render(pieces: readonly string[], check: CheckSentence = agreeing): Rendered {
  const stream = createCitationStream((number) => number <= 9);
  const answer = createAnswerBlocks(check);
  const blocks: AnswerBlock[] = [];
  const shown: string[] = [];
  const take = (updates: ReturnType<typeof answer.append>): void => {
    for (const { index, block } of updates) {
      assert.ok(index <= blocks.length, 'no block is left out');
      blocks[index] = block;
      shown.push(block.html);
    }
  };
  for (const piece of pieces) take(answer.append(stream.append(piece)));
  take(answer.append(stream.flush()));
  take(answer.flush());
  return { blocks, shown };
}

const html = (text: string, check?: CheckSentence): string =>
  render([text], check)
    .blocks.map((block) => block.html)
    .join('');

const sample = `## Decoding

Decoding is **memory bound.** [1] Each step reads *all the weights* [2, 3].

- first \\(x^2\\) is [1]
- second

1. one
2. two

   still two

| a | b |
|:--|--:|
| 1 [1] | 2 |

\\[ \\frac{a}{b} \\]

\`\`\`python
x = a[1]
print("hi")
\`\`\`

> said [4]

Last ~~words~~ and **bold, _nested_** text`;

test('every kind of block is rendered, citations and sentences marked', () => {
  const { blocks } = render([sample]);
  assert.equal(blocks.length, 9);
  const all = blocks.map((block) => block.html).join('');
  assert.match(all, /<h4>Decoding<\/h4>/);
  assert.match(
    all,
    /<span class="sentence">Decoding is <strong>memory bound <cite data-source="1"><\/cite>\.<\/strong><\/span>/,
  );
  assert.match(all, /<cite data-source="2"><\/cite><cite data-source="3"><\/cite>/);
  assert.match(all, /<li><span class="sentence">first <math/);
  assert.match(all, /<th class="align-left">/);
  assert.match(all, /<span class="formula" tabindex="0"><math [^>]*display="block"/);
  assert.match(all, /<code class="language-python">x = a\[<span class="hljs-number">1<\/span>\]/);
  assert.match(all, /<blockquote>/);
  assert.deepEqual(
    blocks.map(({ citations }) => citations),
    [[], [1, 2, 3], [1], [], [1], [], [], [4], []],
  );
  assert.equal(blocks[1]?.markdown, 'Decoding is **memory bound [1].** Each step reads *all the weights* [2][3].');
  assert.equal(blocks[5]?.markdown, '$$\\frac{a}{b}$$');
});

test('however the text streams in, the blocks at the end are the same', () => {
  const random = randomFrom(3);
  const lines = sample.split('\n');
  for (let round = 0; round < 60; round++) {
    // The lines of the sample in any order make Markdown of any kind.
    const text =
      round === 0
        ? sample
        : Array.from({ length: 8 }, () => lines[Math.floor(random() * lines.length)] ?? '').join('\n');
    const whole = render([text]).blocks;
    const most = 1 + Math.floor(random() * 20);
    assert.deepEqual(render(inPieces(text, random, most)).blocks, whole, JSON.stringify(text));
  }
});

test('half-written marks are never shown', () => {
  const words = render(
    characters('So **very** bold, `a code` and $x^2$ with [1] it *is*, done.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'),
  );
  for (const shown of words.shown) {
    assert.ok(!/\*|`|\$|\[|\|/.test(shown.replace(/<[^>]*>/g, '')), shown);
  }
});

test('only the last block is rendered again', () => {
  const answer = createAnswerBlocks(agreeing);
  const first = answer.append([{ type: 'text', text: 'One.\n\nTwo' }]);
  assert.deepEqual(
    first.map(({ index }) => index),
    [0, 1],
  );
  assert.deepEqual(
    answer.append([{ type: 'text', text: ' more.\n' }]).map(({ index }) => index),
    [1],
  );
  assert.deepEqual(
    answer.append([{ type: 'text', text: '\nThree' }]).map(({ index }) => index),
    [2],
  );
});

test('nothing that a model writes becomes active', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1)) [y](https://evil.example) [z](command:workbench.action.quit)',
    '![p](https://evil.example/p.png)',
    '<https://evil.example> https://evil.example',
    '[a]: https://evil.example\n\n[a]',
    '$\\href{javascript:alert(1)}{x}$ $\\htmlStyle{color:red}{x}$ $\\includegraphics{https://evil.example/x.png}$',
    '$\\color{red}{\\rule{1em}{999em}}$ $$\\def\\a{\\a\\a}\\a$$ $\\fbox{x}$',
    '```"><img src=x>\n<b>\n```',
    '`<b>` &lt;b&gt; &#60;b>',
    '| <b> | a |\n|:--"onclick=x|---|\n| <i> | `<u>` |',
    '\u2801\ue000 [1\u2802]',
  ];
  for (const attack of attacks) {
    const shown = html(attack);
    const tags = [...shown.matchAll(/<\/?([a-z]\w*)([^>]*)>/g)];
    for (const [whole, tag = '', attributes = ''] of tags) {
      assert.ok(!/^(script|img|a|b|i|u|iframe|object|style|link|form|input|svg)$/.test(tag), `${attack} → ${whole}`);
      assert.ok(!/\s(?:on\w+|style|href|src)\s*=/.test(attributes), `${attack} → ${whole}`);
    }
    assert.ok(!shown.includes('<cite'), attack);
  }
});

test('Markdown that is kept leads nowhere in another renderer either', () => {
  const [block] = render(['See [here](https://evil.example) and ![p](https://evil.example/p.png).']).blocks;
  assert.equal(block?.markdown, 'See [here]\\(https://evil.example) and ![p]\\(https://evil.example/p.png).');
});

test('TeX that is none is shown as it was written', () => {
  assert.match(html('So $\\frac{a}$ it is.'), /<code class="tex">\\frac\{a\}<\/code>/);
});

test('formulas need no styles', () => {
  const formula = html('$$\\begin{aligned} a &= \\sum_{i=1}^n \\hat{x}_i \\\\ b &= \\fbox{c} \\end{aligned}$$');
  assert.match(formula, /<math/);
  assert.ok(!formula.includes(' style='), formula);
});

test('a sentence that nothing carries is marked once it is complete', () => {
  const check: CheckSentence = (text, citations) => ({
    citations,
    support: text.includes('cheese') ? 'unsupported' : 'supported',
  });
  const { blocks, shown } = render(characters('It is bound. The moon is cheese. Next comes more.'), check);
  assert.equal(blocks[0]?.unsupported, 1);
  assert.match(blocks[0].html, /<span class="sentence unsupported"> The moon is cheese\.<\/span>/);
  assert.ok(!shown.some((step) => step.includes('unsupported"> The moon is cheese</span>')), 'not before its end');
});

test('what the check adds and takes away stands in the Markdown too', () => {
  const check: CheckSentence = (text) => ({
    citations: text.startsWith('Own') ? [4] : text.startsWith('Wrong') ? [5] : [],
    support: 'supported',
  });
  const { blocks } = render(['Own words here.\n\n- **Wrong source [2].**\n- None [3] at all.'], check);
  assert.deepEqual(
    blocks.map(({ markdown }) => markdown),
    ['Own words here [4].', '- **Wrong source [5].**\n- None at all.'],
  );
  assert.match(blocks[0]?.html ?? '', /Own words here <cite data-source="4"><\/cite>\./);
  assert.match(blocks[1]?.html ?? '', /<strong>Wrong source <cite data-source="5"><\/cite>\.<\/strong>/);
  assert.match(blocks[1]?.html ?? '', /None at all\./);
});

test('all citations of a sentence stand before its end, wherever the model put them', () => {
  const check: CheckSentence = (text, citations) => ({
    citations: text.startsWith('Both') ? [...citations, 7] : citations.filter((number) => number !== 9),
    support: 'supported',
  });
  const { blocks } = render(
    ['First. [1] Second. [2][3] Third [4]. *Fourth [5] goes on.* [9] Both. [6] Is it so?” [8]'],
    check,
  );
  assert.equal(
    blocks[0]?.markdown,
    'First [1]. Second [2][3]. Third [4]. *Fourth [5] goes on.* Both [6][7]. Is it so [8]?”',
  );
  assert.equal(
    blocks[0].html.replace(/<cite data-source="(\d)"><\/cite>/g, '[$1]').replace(/<[^>]*>/g, ''),
    'First [1]. Second [2][3]. Third [4]. Fourth [5] goes on. Both [6][7]. Is it so [8]?”\n',
  );
  assert.equal(html('- Item. [1]\n- Next [2]', agreeing).match(/<cite/g)?.length, 2);
});

test('a citation carries the words of its source that say it, whatever characters are in them', () => {
  const check: CheckSentence = (_, citations) => ({
    citations: [...citations, 2],
    support: 'supported',
    said: new Map([[1, '"a" < b & c.']]),
  });
  assert.equal(
    html('It is so [1].', check),
    '<p><span class="sentence">It is so <cite data-source="1" data-sentence="&quot;a&quot; &lt; b &amp; c."></cite> ' +
      '<cite data-source="2"></cite>.</span></p>\n',
  );
});

test('headings are no claims', () => {
  const asked: string[] = [];
  render(['# A heading that claims much\n\nA sentence.\n\n```\ncode\n```'], (text, citations) => {
    asked.push(text);
    return { citations, support: 'unsupported' };
  });
  assert.deepEqual(asked, ['A sentence.']);
});
