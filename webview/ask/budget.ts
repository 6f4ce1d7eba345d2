import type { Seen } from '../../src/protocol/ask.ts';
import { element } from '../dom.ts';

/** How the context was spent: a bar, and the same in numbers. */
export function budget({ context, prompt, reused, reserved }: Seen): HTMLElement {
  const ready = Math.min(reused, prompt);
  const parts = [
    { kind: 'reused', tokens: ready, words: 'of the prompt, kept ready from before' },
    { kind: 'read', tokens: prompt - ready, words: 'of the prompt, newly read' },
    { kind: 'reserved', tokens: reserved, words: 'kept for the answer' },
    { kind: 'free', tokens: Math.max(0, context - prompt - reserved), words: 'free' },
  ];
  const bar = element('div', { class: 'budget-bar', 'aria-hidden': 'true' });
  for (const { kind, tokens } of parts) {
    const part = element('span', { class: `budget-part ${kind}` });
    part.style.flexGrow = String(tokens);
    part.hidden = tokens === 0;
    bar.append(part);
  }
  return element(
    'div',
    { class: 'budget' },
    element('h4', { class: 'label' }, `Context: ${amount(context)} tokens`),
    bar,
    element(
      'ul',
      { class: 'budget-list' },
      ...parts.map(({ kind, tokens, words }) =>
        element(
          'li',
          {},
          element('span', { class: `budget-part swatch ${kind}`, 'aria-hidden': 'true' }),
          element('span', { class: 'budget-tokens' }, amount(tokens)),
          element('span', {}, words),
        ),
      ),
    ),
  );
}

function amount(tokens: number): string {
  return new Intl.NumberFormat('en-GB').format(tokens);
}
