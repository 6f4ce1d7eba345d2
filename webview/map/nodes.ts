import type { MapNode } from '../../src/protocol/map.ts';
import { element, icon } from '../dom.ts';

/** The icon of a state: shape, not colour alone. */
export const stateIcons: Readonly<Record<MapNode['state'], string>> = {
  'not-started': 'circle-large-outline',
  skimmed: 'eye',
  studied: 'pass-filled',
};

/** The box of a chapter: a button that opens it. Not yet placed. */
export function nodeElement(
  node: MapNode,
  titleOf: (id: string) => string,
  open: (node: MapNode, beside: boolean) => void,
): HTMLButtonElement {
  const made = element(
    'button',
    {
      type: 'button',
      class: `node ${node.state} section-${node.section}`,
      'data-id': node.id,
      tabindex: -1,
      onclick: (event) => {
        const { ctrlKey, metaKey, altKey } = event as MouseEvent;
        open(node, ctrlKey || metaKey || altKey);
      },
    },
    element('span', { class: 'node-head', 'aria-hidden': 'true' }),
    element('span', { class: 'node-title' }, node.title),
  );
  describe(made, node, titleOf, false);
  return made;
}

/** Says what state the chapter is in now, and whether it is on the way to the learner's goal. */
export function describe(
  made: HTMLButtonElement,
  node: MapNode,
  titleOf: (id: string) => string,
  planned: boolean,
): void {
  made.className = `node ${node.state} section-${node.section}${planned ? ' planned' : ''}`;
  const signs = [icon(stateIcons[node.state]), node.numeral, ...(planned ? [icon('target')] : [])];
  made.querySelector('.node-head')?.replaceChildren(...signs);
  made.setAttribute(
    'aria-label',
    [
      node.title,
      node.stateWord,
      node.length,
      planned ? 'in your plan' : '',
      `section ${node.sectionTitle}`,
      relation('builds on', node.needs, titleOf),
      relation('leads to', node.follows, titleOf),
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
}

/** "builds on A and B". */
export function relation(words: string, ids: readonly string[], titleOf: (id: string) => string): string {
  const titles = ids.map(titleOf);
  const last = titles.pop();
  if (last === undefined) return '';
  return `${words} ${titles.length === 0 ? last : `${titles.join(', ')} and ${last}`}`;
}
