// Finds a sentence, known as plain text, in rendered HTML. The two differ in markup, white space, punctuation marks that
// the renderer changed, and formulas: the plain text spells them in readable characters. So letters and digits alone are
// compared, and a formula stands for any few of them.

type Unit =
  | { readonly letter: string; readonly node: Text; readonly start: number; readonly end: number }
  | { readonly formula: Element; readonly most: number };

/** The range of `sentence` within `roots`, one after the other; undefined if it isn't there. */
export function findSentence(roots: readonly Element[], sentence: string): Range | undefined {
  const needle = Array.from(lettersOf(sentence));
  if (needle.length === 0) return undefined;
  const units = roots.flatMap(unitsOf);
  let best: { start: number; end: number; skipped: number } | undefined;
  const dead = new Set<number>();
  for (let start = 0; start < units.length && best?.skipped !== 0; start++) {
    const found = match(units, start, needle, 0, dead, 1);
    if (found && (!best || found.skipped < best.skipped)) best = { start, ...found };
  }
  // More formula than words: too weak a resemblance to point at.
  if (!best || best.skipped > needle.length * 0.8) return undefined;
  return rangeOver(units, best.start, best.end);
}

/** The block within `root` that shares most of the sentence's words; undefined if none has at least `share` of them. */
export function nearestBlock(root: Element, sentence: string, share = 0.6): Element | undefined {
  const words = wordsOf(sentence);
  if (words.size < 3) return undefined;
  let best: Element | undefined;
  let most = share;
  for (const block of root.querySelectorAll('p, li, tr, pre, figcaption')) {
    const here = wordsOf(block.textContent);
    const shared = [...words].filter((word) => here.has(word)).length / words.size;
    if (shared > most || (shared === most && !best)) {
      most = shared;
      best = block;
    }
  }
  return best;
}

/**
 * Where `needle` from `j` ends when it starts at unit `i`, and how many of its letters formulas stood for. `least` is for
 * the first unit: a sentence starts with a formula only if the formula stands for something.
 */
function match(
  units: readonly Unit[],
  i: number,
  needle: readonly string[],
  j: number,
  dead: Set<number>,
  least = 0,
): { end: number; skipped: number } | undefined {
  while (j < needle.length) {
    const unit = units[i];
    if (!unit) return undefined;
    if ('formula' in unit) {
      const key = i * (needle.length + 1) + j;
      if (dead.has(key)) return undefined;
      for (let skip = least; skip <= Math.min(unit.most, needle.length - j); skip++) {
        const rest = match(units, i + 1, needle, j + skip, dead);
        if (rest) return { end: rest.end, skipped: rest.skipped + skip };
      }
      dead.add(key);
      return undefined;
    }
    if (unit.letter !== needle[j]) return undefined;
    i++;
    j++;
  }
  return { end: i, skipped: 0 };
}

function unitsOf(root: Element): Unit[] {
  const units: Unit[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      let offset = 0;
      for (const character of node.data) {
        const end = offset + character.length;
        for (const letter of lettersOf(character)) units.push({ letter, node, start: offset, end });
        offset = end;
      }
    } else if (node instanceof Element) {
      if (node.matches('.katex')) units.push({ formula: node, most: mostLetters(node) });
      else if (!node.matches('svg, h2, h3')) node.childNodes.forEach(visit);
    }
  };
  visit(root);
  return units;
}

/** The most letters that a formula's readable text can have: symbols are spelled out there ("square root of"). */
function mostLetters(formula: Element): number {
  const shown = formula.querySelector('.katex-html') ?? formula;
  return 12 + 2 * shown.textContent.length;
}

function rangeOver(units: readonly Unit[], start: number, end: number): Range {
  const range = document.createRange();
  const first = units[start];
  const last = units[end - 1];
  if (first && 'formula' in first) range.setStartBefore(first.formula);
  else if (first) range.setStart(first.node, first.start);
  if (last && 'formula' in last) range.setEndAfter(last.formula);
  else if (last) range.setEnd(last.node, last.end + closingMarks(last.node.data.slice(last.end)));
  return range;
}

function closingMarks(rest: string): number {
  return /^[.!?…"'”’)\]]*/.exec(rest)?.[0].length ?? 0;
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [],
  );
}
