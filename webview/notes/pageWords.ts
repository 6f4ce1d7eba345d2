// The words that the page shows, character by character as src/core/study/chapterWords.ts writes them, with the way back
// into the page: places of notes are offsets in these.

import { wordsOver, type PageWords, type Run, type WordRuns } from './wordRuns.ts';

const blocks = new Set(
  'SECTION DIV P H1 H2 H3 H4 H5 H6 UL OL LI DL DT DD PRE BLOCKQUOTE FIGURE FIGCAPTION TABLE CAPTION THEAD TBODY TFOOT TR BR HR'.split(
    ' ',
  ),
);
const cells = new Set(['TD', 'TH']);

/** Reads the words of `roots`, which start with passage `first`; `anchorOf` tells the passage that starts at an element. */
export function pageWords(
  first: string,
  roots: readonly Element[],
  anchorOf: (element: Element) => string | undefined,
): PageWords {
  return wordsOver(read(first, roots, anchorOf));
}

function read(first: string, roots: readonly Element[], anchorOf: (element: Element) => string | undefined): WordRuns {
  let text = '';
  let space = '';
  const runs: Run[] = [];
  const passages = [{ anchor: first, start: 0 }];
  const flush = (): void => {
    if (text !== '') text += space;
    space = '';
  };
  const addText = (node: Text, preformatted: boolean): void => {
    for (const { 0: piece, index } of node.data.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
      if (/^[ \t\n\r\f]/.test(piece)) {
        if (preformatted) space += piece;
        else if (space === '') space = ' ';
        continue;
      }
      flush();
      const start = text.length;
      text += piece;
      const run = runs.at(-1);
      // Words with one space between them are one stretch.
      if (run && 'node' in run && run.node === node && index - run.offset === start - run.start) run.end = text.length;
      else runs.push({ start, end: text.length, node, offset: index });
    }
  };
  const breakLine = (): void => {
    space = '\n';
  };
  const visit = (node: Node, preformatted: boolean): void => {
    if (node instanceof Text) {
      addText(node, preformatted);
      return;
    }
    if (!(node instanceof Element) || node.matches('svg, .note-marker')) return;
    if (node.matches('.katex')) {
      flush();
      const start = text.length;
      text += `$${(node.querySelector('annotation')?.textContent ?? '').replace(/[ \t\n\r\f]+/g, ' ').trim()}$`;
      runs.push({ start, end: text.length, formula: node });
      return;
    }
    const isBlock = blocks.has(node.tagName);
    const isCell = cells.has(node.tagName);
    const breakCell = (): void => {
      if (isCell && !space.startsWith('\n')) space = '\t';
    };
    if (isBlock) breakLine();
    breakCell();
    const anchor = anchorOf(node);
    if (anchor !== undefined) passages.push({ anchor, start: text === '' ? 0 : text.length + 1 });
    node.childNodes.forEach((child) => {
      visit(child, preformatted || node.tagName === 'PRE');
    });
    if (isBlock) breakLine();
    breakCell();
  };
  for (const root of roots) {
    breakLine();
    visit(root, false);
  }
  const anchorAt = (offset: number): string => passages.findLast(({ start }) => start <= offset)?.anchor ?? first;
  return { text, runs, anchorAt };
}
