// What a model writes, block by block. A block that is still being written comes again, each time whole.

import type { AnswerBlock, Source } from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { element, fromBuild } from '../dom.ts';
import { citation, citations, type CitationActions } from './citations.ts';
import { unsupportedMark } from './unsupported.ts';

export interface BlockActions extends CitationActions {
  readonly copyCode: (code: string) => void;
}

export interface BlockList {
  readonly element: HTMLElement;
  readonly set: (index: number, block: AnswerBlock) => void;
  readonly count: () => number;
  /** The words of a block, to be read out. */
  readonly words: (index: number) => string;
}

/** The blocks of one answer, none at first. `sources` are those known when a block is painted. */
export function blockList(sources: () => readonly Source[], actions: BlockActions): BlockList {
  const list = element('div', { class: 'blocks prose' });
  const holders: HTMLElement[] = [];
  return {
    element: list,
    set: (index, block) => {
      let holder = holders[index];
      if (!holder) {
        holder = element('div', { class: 'block' });
        holders.push(holder);
        list.append(holder);
      }
      keepingFocus(holder, (painted) => {
        // The HTML comes from the extension's own renderer, which escapes everything else.
        fromBuild(painted, block.html);
        putCitations(painted, sources(), actions);
        for (const sentence of painted.querySelectorAll('.unsupported')) sentence.append(unsupportedMark());
        for (const pre of painted.querySelectorAll('pre')) putCopyButton(pre, actions.copyCode);
        for (const [selector, name] of scrolling) nameParts(painted, selector, name);
      });
    },
    count: () => holders.length,
    words: (index) => {
      const copy = holders[index]?.cloneNode(true);
      if (!(copy instanceof HTMLElement)) return '';
      for (const part of copy.querySelectorAll('.citation, .copy-code')) part.remove();
      return copy.textContent.replace(/\s+/g, ' ').trim();
    },
  };
}

/** What may be wider than the page and scrolls by itself, with a name for who comes there by keyboard. */
const scrolling = [
  ['.table', 'Table'],
  ['.formula', 'Formula'],
  ['pre', 'Code'],
] as const;

function nameParts(block: HTMLElement, selector: string, name: string): void {
  for (const part of block.querySelectorAll<HTMLElement>(selector)) {
    part.tabIndex = 0;
    part.setAttribute('role', 'group');
    part.setAttribute('aria-label', name);
  }
}

/** Puts buttons where the citations stand; a number that is no source of this answer is nothing. */
function putCitations(block: HTMLElement, sources: readonly Source[], actions: CitationActions): void {
  for (const first of block.querySelectorAll('cite[data-source]')) {
    if (!block.contains(first)) continue;
    const run = [first];
    for (let next = first.nextSibling; isCitation(next); next = next.nextSibling) run.push(next);
    const buttons = run.flatMap((cite) => {
      const number = Number(cite.getAttribute('data-source'));
      const source = sources.find((each) => each.number === number);
      return source ? [citation(source, actions, cite.getAttribute('data-sentence') ?? undefined)] : [];
    });
    if (buttons.length > 0) first.before(citations(first.previousSibling, buttons));
    for (const cite of run) cite.remove();
  }
}

function isCitation(node: ChildNode | null): node is Element & ChildNode {
  return node instanceof Element && node.matches('cite[data-source]');
}

function putCopyButton(pre: HTMLElement, copy: (code: string) => void): void {
  const code = pre.textContent;
  const made = button({
    label: 'Copy code',
    icon: 'copy',
    look: 'icon',
    onPress: () => {
      copy(code);
    },
  });
  made.element.classList.add('copy-code');
  const frame = element('div', { class: 'code-frame' });
  pre.replaceWith(frame);
  frame.append(pre, made.element);
}

/** Paints `holder` anew; what had the focus in it has it afterwards, as far as it is still there. */
function keepingFocus(holder: HTMLElement, paint: (holder: HTMLElement) => void): void {
  const stops = (): HTMLElement[] => [...holder.querySelectorAll<HTMLElement>('button, [tabindex], .copy-code')];
  const focused = stops().findIndex((stop) => stop === document.activeElement);
  paint(holder);
  if (focused >= 0) stops()[focused]?.focus({ preventScroll: true });
}
