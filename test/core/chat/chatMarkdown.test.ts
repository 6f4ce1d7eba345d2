import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../../../src/core/answer.ts';
import { escaped, quotedSentence, withPassageLinks } from '../../../src/core/chat/chatMarkdown.ts';

const source = (number: number): Source => ({
  number,
  passageId: `chapter#p${number}`,
  chapterId: 'chapter',
  chapterTitle: 'A "chapter"',
  heading: 'Heading',
  excerpt: '',
  score: 1,
});
const sources = [source(1), source(2)];
const linkTo = ({ passageId }: Source, sentence: string): string => `command:open?${passageId}|${sentence}`;

test('numbers of sources become links, others stay, and so does code and TeX', () => {
  assert.equal(
    withPassageLinks('So it is [1][3]. `x[1]` and $a[2]$\n```js\ny[2]\n```\nEnd [2].', sources, linkTo),
    String.raw`So it is [\[1\]](command:open?chapter#p1| "A ”chapter”: Heading")[3]. ` +
      '`x[1]` and $a[2]$\n```js\ny[2]\n```\nEnd ' +
      String.raw`[\[2\]](command:open?chapter#p2| "A ”chapter”: Heading").`,
  );
});

test('a quoted sentence is shown word for word, with links to what it is quoted from', () => {
  const text = quotedSentence({ text: 'Use *x_1* [here](evil).', html: '', citations: [2] }, sources, linkTo);
  assert.ok(text.startsWith(String.raw`Use \*x\_1\* \[here\](evil). [\[2\]](command:open?chapter#p2|Use *x_1*`), text);
});

test('plain words mean nothing to Markdown', () => {
  assert.equal(escaped('<b>[a](b) `c` $d$'), String.raw`\<b\>\[a\](b) \`c\` \$d\$`);
});
