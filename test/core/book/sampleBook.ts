// A book of one section and two chapters that builds without a problem, to spoil in tests.

import { buildBook, type Book } from '../../../src/core/book/book.ts';
import { showProblem } from '../../../src/core/book/problem.ts';

const filler = Array.from({ length: 130 }, (_, n) => `word${n}`).join(' ');

function chapter(id: string, prerequisites: string, body: string): string {
  return `---
id: ${id}
title: ${id.toUpperCase()}
status: outline
summary: The chapter ${id} in one sentence.
objectives: [Say a, Say b, Say c]
prerequisites: [${prerequisites}]
minutes: 20
keywords: [k1, k2, k3, k4, k5, k6, k7, k8, k9, k10]
questions: [q1, q2, q3, q4, q5, q6, q7, q8]
---

## In brief {#brief}

${body}

${filler}.

## What to know {#know}

More to know.

## Misconceptions {#misconceptions}

**Wrong.** Right.
`;
}

export const outline = {
  title: 'Book',
  subtitle: '',
  author: 'Somebody',
  year: 2024,
  url: 'https://example.org/',
  sections: [{ id: 'one', number: 1, title: 'One', chapters: ['first', 'second'] }],
};

/** The files of the sample; `body` is the text under {#brief} of the chapter `first`, which starts on line 15. */
export function sampleFiles(
  body = 'A plain sentence.',
  changes: Readonly<Record<string, string>> = {},
): Map<string, string> {
  return new Map(
    Object.entries({
      'book.json': '{}',
      '1-one/section.md':
        '---\nid: one\ntitle: One\nsummary: The section.\n---\n\nAn overview that leads to [First](chapter:first).\n',
      '1-one/first.md': chapter('first', '', body),
      '1-one/second.md': chapter('second', 'first', 'Plain.'),
      '1-one/first.resources.yaml':
        '- id: paper\n  title: "A paper"\n  creators: "A. Author"\n  kind: paper\n  url: https://arxiv.org/abs/1706.03762\n  level: intro\n  access: free\n  minutes: 10\n  note: "Good for a start."\n',
      '1-one/first.quiz.yaml':
        '- id: item\n  kind: choice\n  prompt: "Which?"\n  passage: brief\n  choices:\n    - { text: a, correct: true, reason: yes it is }\n    - { text: b, reason: not so }\n    - { text: c, reason: not so }\n',
      '1-one/first.pic.svg': '<svg viewBox="0 0 10 10"><rect class="fill-a" x="1" y="1" width="2" height="2"/></svg>',
      ...changes,
    }).filter(([path]) => path !== '1-one/first.pic.svg' || body.includes('first.pic.svg')),
  );
}

/** Builds and shows the problems as lines. */
export function build(files: ReadonlyMap<string, string>): { book: Book; problems: string[] } {
  const { book, problems } = buildBook(outline, files);
  return { book, problems: problems.map(showProblem) };
}

export function firstPassage(book: Book): Book['passages'][number] {
  const passage = book.passages.find(({ id }) => id === 'first#brief');
  if (!passage) throw new Error('the sample has no passage first#brief');
  return passage;
}
