// Asking about selected words: a small button beside the selection, a key, or a command of VS Code.

import { button } from '../controls.ts';
import { element } from '../dom.ts';

/** The most characters of a selection that a question carries. */
const longest = 500;

const blocks = 'p, li, h1, h2, h3, h4, tr, td, th, pre, figcaption, dd, dt, blockquote';

/** The selected words of the chapter as one line of plain text; empty if none are selected. Formulas come as TeX. */
export function selectedText(chapter: Element): string {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(chapter)) return '';
  const copy = range.cloneContents();
  for (const formula of copy.querySelectorAll('.katex')) {
    const tex = formula.querySelector('annotation')?.textContent;
    if (tex !== undefined) formula.replaceWith(` $${tex.trim()}$ `);
  }
  for (const block of copy.querySelectorAll(blocks)) block.append(' ');
  return shorten(copy.textContent.replace(/\s+/g, ' ').trim());
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > longest / 2 ? space : undefined).trimEnd()}…`;
}

/** Shows the button beside any selection in `chapter`; `ask` gets the selected words. */
export function offerToAsk(chapter: HTMLElement, ask: (text: string) => void): HTMLElement {
  const press = button({
    label: 'Ask about this',
    icon: 'comment-discussion',
    look: 'primary',
    onPress: () => {
      const text = selectedText(chapter);
      hide();
      if (text) ask(text);
    },
  });
  const floating = element('div', { class: 'ask-about' }, press.element);
  floating.hidden = true;
  const hide = (): void => {
    floating.hidden = true;
  };
  // Pressing must not take the selection away before it is read.
  floating.addEventListener('mousedown', (event) => {
    event.preventDefault();
  });
  const show = (): void => {
    if (!selectedText(chapter)) {
      hide();
      return;
    }
    floating.hidden = false;
    place(floating);
  };
  // While the mouse still draws the selection, the button would be in its way.
  let drawing = false;
  document.addEventListener('pointerdown', (event) => {
    drawing = event.target instanceof Node && !floating.contains(event.target);
  });
  document.addEventListener('pointerup', (event) => {
    drawing = false;
    if (event.target instanceof Node && floating.contains(event.target)) return;
    // The browser clears a clicked-away selection after this event.
    requestAnimationFrame(show);
  });
  document.addEventListener('selectionchange', () => {
    if (drawing) hide();
    else show();
  });
  return floating;
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
  floating.style.left = `${Math.max(8, left) + window.scrollX}px`;
  floating.style.top = `${last.bottom + window.scrollY + 6}px`;
}
