// Acting on selected words: a small toolbar beside the selection, keys, or commands of VS Code.

import { button } from '../controls.ts';
import { element } from '../dom.ts';
import type { NotedText } from './notedText.ts';
import type { Span } from './quoteIn.ts';
import type { PageWords } from './wordRuns.ts';

/** The most characters of a selection that a question carries. */
const longest = 500;

const blocks = 'p, li, h1, h2, h3, h4, tr, td, th, pre, figcaption, dd, dt, blockquote';

/** The selection's range, if words of the chapter are selected. */
export function selectedRange(chapter: Element): Range | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(chapter) ? range : undefined;
}

/** What of the window shows the text. */
export interface Frame {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Where the learner is in the chapter, if no words are selected: where they clicked, or behind what they last noted. Nobody
 * sees a caret: one that is out of view is forgotten.
 */
export function caretIn(chapter: Element, frame: Frame): Range | undefined {
  const selection = document.getSelection();
  if (!selection?.isCollapsed || selection.rangeCount === 0) return undefined;
  const caret = selection.getRangeAt(0);
  const { startContainer } = caret;
  if (!chapter.contains(startContainer)) return undefined;
  const element = startContainer instanceof Element ? startContainer : startContainer.parentElement;
  const box = caret.getClientRects()[0] ?? element?.getBoundingClientRect();
  return box && box.bottom > frame.top && box.top < frame.bottom ? caret : undefined;
}

/** The index of the first that fits; their number if none does. */
export function firstIndex<One>(all: readonly One[], fits: (one: One) => boolean): number {
  const index = all.findIndex(fits);
  return index < 0 ? all.length : index;
}

/** Whether there is more in a text than its full stop. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The selected words of a text; otherwise why there are none, of which `notOfText` says why they can't be noted. */
export function selectedSpan(
  main: Element,
  text: NotedText | undefined,
  notOfText: () => string,
): { readonly span?: Span; readonly missing?: string } {
  const range = selectedRange(main);
  const span = range && text?.words().spanOf(range);
  if (span) return { span };
  return { missing: range ? notOfText() : 'Select some words first.' };
}

/** The selected words of the chapter as one line of plain text; empty if none are selected. Formulas come as TeX. */
export function selectedText(chapter: Element): string {
  const copy = selectedRange(chapter)?.cloneContents();
  if (!copy) return '';
  for (const formula of copy.querySelectorAll('.katex')) {
    const tex = formula.querySelector('annotation')?.textContent;
    if (tex !== undefined) formula.replaceWith(` $${tex.trim()}$ `);
  }
  for (const marker of copy.querySelectorAll('.note-marker')) marker.remove();
  for (const block of copy.querySelectorAll(blocks)) block.append(' ');
  return shorten(copy.textContent.replace(/\s+/g, ' ').trim());
}

/** The selected words as a text has them, words that a line's end cuts made whole; others as the page shows them. */
export function selectedWords(main: Element, words: PageWords | undefined): string {
  const range = selectedRange(main);
  if (!range) return '';
  const span = words?.spanOf(range);
  const text = span && words ? words.text.slice(span.start, span.end) : (document.getSelection()?.toString() ?? '');
  return shorten(text.replace(/\s+/g, ' ').trim());
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > longest / 2 ? space : undefined).trimEnd()}…`;
}

export interface SelectionActions {
  readonly ask: (text: string) => void;
  readonly highlight: () => void;
  readonly note: () => void;
  readonly card: () => void;
  /** Puts a note that lost its place at the selected words. */
  readonly put: () => void;
  readonly say: (words: string) => void;
}

export interface SelectionBar {
  readonly element: HTMLElement;
  /** While a note looks for its place, that is all the toolbar offers. */
  readonly setPlacing: (placing: boolean) => void;
}

/** Shows the toolbar beside any selection in `main`; `selected` are its words. */
export function selectionBar(main: HTMLElement, selected: () => string, actions: SelectionActions): SelectionBar {
  const press = (label: string, description: string, icon: string, key: string, act: () => void): HTMLElement => {
    const made = button({
      label,
      description,
      icon,
      look: 'primary',
      onPress: () => {
        act();
        hide();
      },
    }).element;
    made.title = `${description} (${key})`;
    return made;
  };
  const usual = [
    press('Ask', 'Ask about this', 'comment-discussion', 'Alt+A', () => {
      const text = selected();
      if (text) actions.ask(text);
    }),
    press('Highlight', 'Highlight this', 'quote', 'Alt+H', actions.highlight),
    press('Note', 'Write a note on this', 'note', 'Alt+N', actions.note),
    press('Card', 'Make a review card of this', 'layers', 'Alt+C', actions.card),
  ];
  const put = press('Put the note here', 'Put the note here', 'pinned', 'Alt+N', actions.put);
  const bar = element('div', { class: 'ask-about', role: 'toolbar', 'aria-label': 'Selected words' }, ...usual, put);
  bar.hidden = true;
  put.hidden = true;
  let told = false;
  const hide = (): void => {
    bar.hidden = true;
  };
  // Pressing must not take the selection away before it is read.
  bar.addEventListener('mousedown', (event) => {
    event.preventDefault();
  });
  const show = (): void => {
    if (!selectedRange(main) || !selected()) {
      hide();
      return;
    }
    bar.hidden = false;
    place(bar);
    if (told) return;
    told = true;
    actions.say(
      'Words selected. Alt+A asks about them, Alt+H highlights them, Alt+N writes a note, Alt+C makes a card.',
    );
  };
  // While the mouse still draws the selection, the toolbar would be in its way.
  let drawing = false;
  document.addEventListener('pointerdown', (event) => {
    drawing = event.target instanceof Node && !bar.contains(event.target);
  });
  document.addEventListener('pointerup', (event) => {
    drawing = false;
    if (event.target instanceof Node && bar.contains(event.target)) return;
    // The browser clears a clicked-away selection after this event.
    requestAnimationFrame(show);
  });
  document.addEventListener('selectionchange', () => {
    if (drawing) hide();
    else show();
  });
  return {
    element: bar,
    setPlacing: (placing) => {
      for (const one of usual) one.hidden = placing;
      put.hidden = !placing;
    },
  };
}

/** The point of the window from which an element's own place counts: of the page, or of the frame in which it scrolls. */
export function originOf(floating: HTMLElement): { readonly x: number; readonly y: number } {
  const frame = floating.offsetParent;
  if (!frame || frame === document.body) return { x: -window.scrollX, y: -window.scrollY };
  const { left, top } = frame.getBoundingClientRect();
  return { x: left + frame.clientLeft - frame.scrollLeft, y: top + frame.clientTop - frame.scrollTop };
}

/** Below the end of the selection, within the panel. */
function place(floating: HTMLElement): void {
  const range = document.getSelection()?.getRangeAt(0);
  const last = range ? [...range.getClientRects()].at(-1) : undefined;
  if (!last) return;
  const left = Math.min(
    Math.max(8, last.right - floating.offsetWidth / 2),
    document.documentElement.clientWidth - floating.offsetWidth - 8,
  );
  const origin = originOf(floating);
  floating.style.left = `${Math.max(8, left) - origin.x}px`;
  floating.style.top = `${last.bottom - origin.y + 6}px`;
}
