import type { MemoryPart } from '../../src/protocol/modelPage.ts';
import { element } from '../dom.ts';

/** The parts of the memory side by side, as wide as they are large. The table below says the same in words. */
export function memoryBar(parts: readonly MemoryPart[]): HTMLElement {
  return element(
    'div',
    { class: 'memory-bar', 'aria-hidden': 'true' },
    ...parts.map(({ kind, bytes, label, value }) => {
      const part = element('div', { class: `memory-part ${kind}`, title: `${label}: ${value}` });
      part.style.flexGrow = String(bytes);
      return part;
    }),
  );
}
