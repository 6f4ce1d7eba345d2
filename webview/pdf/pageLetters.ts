// Where the words of a document's text stand on a page that has been drawn. Both were made from the same file, but not
// alike: the text is in reading order, with cut words made whole; the page's own layer of text is in the order of the
// drawing. So lines are told apart by their places, and within a line letters and digits are compared, and nothing else.

import type { LineBox } from '../../src/protocol/pdf.ts';

/** A line of the text: its characters, and where it is printed. */
export interface TextLine {
  /** Offsets in the document's text. */
  readonly start: number;
  readonly end: number;
  readonly box: LineBox;
}

/** A letter or digit of the text, and its character on the page. */
export interface PlacedLetter {
  /** In the document's text. */
  readonly at: number;
  readonly node: Text;
  readonly from: number;
  readonly to: number;
}

interface PageRun {
  readonly node: Text;
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

interface Letter {
  readonly letter: string;
  /** Where its character starts and ends. */
  readonly from: number;
  readonly to: number;
}

/** The letters of `lines` on the page whose layer of text is `layer`, line by line. `scale`: CSS pixels a point. */
export function lettersOnPage(
  text: string,
  lines: readonly TextLine[],
  layer: Element,
  scale: number,
): (readonly PlacedLetter[])[] {
  const runs = runsOf(layer, scale);
  return lines.map(({ start, end, box }) => {
    const here = runs
      .filter(({ left, right, middle }) => {
        const centre = (left + right) / 2;
        return middle > box.y && middle < box.y + box.height && centre > box.x - 1 && centre < box.x + box.width + 1;
      })
      .sort((a, b) => a.left - b.left);
    const printed = here.flatMap(({ node }) => lettersOf(node.data).map((letter) => ({ ...letter, node })));
    const wanted = lettersOf(text.slice(start, end));
    return matched(wanted, printed).map(([w, p]) => ({ at: start + w.from, node: p.node, from: p.from, to: p.to }));
  });
}

/** The runs of a layer of text, in points from the page's top left. */
function runsOf(layer: Element, scale: number): PageRun[] {
  const origin = layer.getBoundingClientRect();
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  const runs: PageRun[] = [];
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Text) || node.data.trim() === '') continue;
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    runs.push({
      node,
      left: (left - origin.left) / scale,
      right: (right - origin.left) / scale,
      middle: ((top + bottom) / 2 - origin.top) / scale,
    });
  }
  return runs;
}

const letter = /[\p{L}\p{N}]/u;

/** Letters and digits as they are compared: a ligature is the letters it stands for. */
function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    for (const part of character.normalize('NFKC').toLowerCase()) {
      if (letter.test(part)) letters.push({ letter: part, from, to });
    }
    from = to;
  }
  return letters;
}

/** After a letter that only one side has, so many are looked at on each side to find where they agree again. */
const lookAhead = 16;

/** The pairs of equal letters of two lists that are nearly the same. */
function matched<A extends Letter, B extends Letter>(one: readonly A[], other: readonly B[]): [A, B][] {
  const pairs: [A, B][] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    const [a, b] = [one[i], other[j]];
    if (!a || !b) break;
    if (a.letter === b.letter) {
      pairs.push([a, b]);
      i++;
      j++;
      continue;
    }
    const [skipOne, skipOther] = nextAgreement(one, i, other, j);
    i += skipOne;
    j += skipOther;
  }
  return pairs;
}

/** How many letters to leave out on each side until two in a row agree; the fewest. */
function nextAgreement(one: readonly Letter[], i: number, other: readonly Letter[], j: number): [number, number] {
  const agree = (a: number, b: number): boolean =>
    one[a]?.letter === other[b]?.letter && one[a + 1]?.letter === other[b + 1]?.letter;
  for (let sum = 1; sum <= lookAhead; sum++) {
    for (let skip = 0; skip <= sum; skip++) {
      if (i + skip < one.length && j + sum - skip < other.length && agree(i + skip, j + sum - skip)) {
        return [skip, sum - skip];
      }
    }
  }
  return [1, 1];
}
