import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { fileState, noteFile, noteMarkdown, type NotedSource } from '../../../src/core/study/noteFile.ts';
import type { PlacedNote } from '../../../src/core/study/placedNote.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const chapter: NotedSource = {
  kind: 'chapter',
  id: 'lora',
  title: 'Low-Rank Adapters (LoRA)',
  headings: new Map([
    ['why', 'Why it matters'],
    ['rank', 'Rank'],
  ]),
};

function note(id: string, more: Partial<PlacedNote> = {}): PlacedNote {
  return {
    id,
    chapterId: 'lora',
    anchor: 'why',
    quote: 'A few words.',
    before: '',
    after: '',
    text: '',
    madeAt: 1,
    changedAt: 1,
    place: { start: 0, end: 12, how: 'same', anchor: 'why' },
    ...more,
  };
}

test('a file has the chapter, its headings in order, each note with its source, and the lost ones last', () => {
  const text = noteFile(
    chapter,
    [
      note('a'),
      note('b', { text: 'Mine, **bold**.\r\nTwo lines.' }),
      note('c', { place: { start: 50, end: 60, how: 'moved', anchor: 'rank' } }),
      note('d', { place: undefined, quote: 'Gone.' }),
    ],
    digest,
    'lora',
  );
  assert.equal(
    text.slice(text.indexOf('\n') + 1),
    `# Notes on Low-Rank Adapters (LoRA)

From *The Generative AI Handbook*, “Low-Rank Adapters (LoRA)” · [open the chapter](command:handbook.openChapter?%5B%22lora%22%5D) (in VS Code)

## Why it matters

> A few words.

— *The Generative AI Handbook*, “Low-Rank Adapters (LoRA)”, Why it matters · [open](command:handbook.openNote?%5B%22a%22%5D)

---

> A few words.

Mine, **bold**.
Two lines.

— *The Generative AI Handbook*, “Low-Rank Adapters (LoRA)”, Why it matters · [open](command:handbook.openNote?%5B%22b%22%5D)

---

## Rank

> A few words.

— *The Generative AI Handbook*, “Low-Rank Adapters (LoRA)”, Rank · [open](command:handbook.openNote?%5B%22c%22%5D)

---

## Not found in the chapter any more

> Gone.

— *The Generative AI Handbook*, “Low-Rank Adapters (LoRA)”, Why it matters · [open](command:handbook.openNote?%5B%22d%22%5D)
`,
  );
});

test('the handbook’s words are quoted as text, formulas as formulas, code as code', () => {
  const quote = '1. *not* a_list_ <b> [x](y) costs $5 | `code`\n# no heading\nwith $w_i * s$ and 2 * 3';
  const markdown = noteMarkdown(chapter, note('a', { quote }));
  const html = new MarkdownIt().render(markdown);
  const shown = html
    .slice(0, html.indexOf('</blockquote>'))
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .trim();
  assert.equal(shown, quote);
  assert.match(markdown, /with \$w_i \* s\$ and 2 \\\* 3/);
  const code = new MarkdownIt().render(noteMarkdown(chapter, note('a', { quote: 'def f(x):\n    return x_1 * 2' })));
  assert.match(code, /<blockquote>\s*<pre><code>def f\(x\):\n    return x_1 \* 2\n<\/code><\/pre>/);
  assert.match(noteMarkdown(chapter, note('a', { quote: 'F16\t14 GB' })), /> F16 · 14 GB/);
});

test('what is written again is the same; a change by hand and somebody else’s file are told apart', () => {
  const text = noteFile(chapter, [note('a')], digest, 'lora');
  const more = noteFile(chapter, [note('a'), note('b')], digest, 'lora');
  assert.equal(fileState(text, text, digest), 'same');
  assert.equal(fileState(text.replaceAll('\n', '\r\n'), text, digest), 'same');
  assert.equal(fileState(text, more, digest), 'ours');
  assert.equal(fileState(`${text}mine\n`, more, digest), 'changed');
  assert.equal(fileState('# My own notes\n', more, digest), 'foreign');
  assert.equal(fileState('', more, digest), 'foreign');
});
