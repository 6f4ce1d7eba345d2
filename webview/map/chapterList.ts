import type { ChapterMap, MapNode, MapView } from '../../src/protocol/map.ts';
import { element, icon } from '../dom.ts';
import { relation, stateIcons } from './nodes.ts';

/** The same chapters in words, section by section. */
export function chapterList(
  map: ChapterMap,
  view: MapView,
  open: (chapterId: string, beside: boolean) => void,
): HTMLElement[] {
  const nodes = new Map(map.nodes.map((node) => [node.id, node]));
  const titleOf = (id: string): string => nodes.get(id)?.title ?? id;
  const shown = view.nodeIds.flatMap((id) => nodes.get(id) ?? []);
  const bySection = Map.groupBy(
    // In the order of the book, whatever the way to the goal.
    map.nodes.filter((node) => shown.includes(node)),
    ({ sectionTitle }) => sectionTitle,
  );
  return [...bySection].map(([title, some]) =>
    element(
      'section',
      { 'aria-label': title },
      element('h2', {}, title),
      element('ul', {}, ...some.map((node) => row(node, titleOf, open))),
    ),
  );
}

function row(
  node: MapNode,
  titleOf: (id: string) => string,
  open: (chapterId: string, beside: boolean) => void,
): HTMLElement {
  const relations = [relation('Builds on', node.needs, titleOf), relation('Leads to', node.follows, titleOf)];
  return element(
    'li',
    { class: node.state },
    element(
      'button',
      {
        type: 'button',
        class: 'list-link',
        'data-list': node.id,
        onclick: (event) => {
          const { ctrlKey, metaKey, altKey } = event as MouseEvent;
          open(node.id, ctrlKey || metaKey || altKey);
        },
      },
      node.title,
    ),
    element('span', { class: 'list-facts' }, icon(stateIcons[node.state]), `${node.stateWord} · ${node.length}`),
    ...relations.filter((words) => words !== '').map((words) => element('p', {}, `${words}.`)),
  );
}
