// The drawing: nodes and arrows on a board that is scrolled, dragged and zoomed.

import type { ChapterMap, MapEdge, MapNode, MapView } from '../../src/protocol/map.ts';
import { element } from '../dom.ts';
import { edgeLines } from './edges.ts';
import { neighbour, reach, type Direction } from './graph.ts';
import { layOut, type Layout, type Size } from './layout.ts';
import { describe, nodeElement } from './nodes.ts';
import { createZoom, readable, type Zoom } from './zoom.ts';

export interface BoardActions {
  readonly open: (chapterId: string, beside: boolean) => void;
  /** Tells which chapter has the mouse or the focus. */
  readonly point: (node: MapNode | undefined) => void;
  /** The chapter that has the focus now. */
  readonly focused: (chapterId: string) => void;
}

export interface Board {
  readonly element: HTMLElement;
  readonly zoom: Zoom;
  /** Draws a view of the map; where only states have changed, everything stays where it is. */
  readonly show: (map: ChapterMap, view: MapView) => void;
  /** The chapter that Tab leads to. */
  readonly setCurrent: (chapterId: string | undefined) => void;
}

const keys: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

export function createBoard(actions: BoardActions): Board {
  const canvas = element('div', { class: 'canvas' });
  const sheet = element('div', { class: 'sheet' }, canvas);
  const board = element(
    'div',
    { class: 'board', role: 'group', 'aria-label': 'Chapters and what they build on. Arrow keys follow the arrows.' },
    sheet,
  );
  const zoom = createZoom(board, sheet, canvas);
  let nodes: ReadonlyMap<string, MapNode> = new Map();
  const made = new Map<string, HTMLButtonElement>();
  let lines: SVGSVGElement | undefined;
  let layout: Layout | undefined;
  let drawn = '';
  let view: MapView | undefined;
  let current: string | undefined;

  const titleOf = (id: string): string => nodes.get(id)?.title ?? id;

  const setCurrent = (id: string | undefined): void => {
    const kept = id !== undefined && made.has(id) ? id : view?.nodeIds[0];
    current = kept;
    for (const [each, button] of made) button.tabIndex = each === kept ? 0 : -1;
  };

  const highlight = (id: string | undefined): void => {
    const node = id === undefined ? undefined : nodes.get(id);
    const before = node ? reach(nodes, node.id, 'needs') : new Set<string>();
    const after = node ? reach(nodes, node.id, 'follows') : new Set<string>();
    const isBefore = (each: string): boolean => each === id || before.has(each);
    const isAfter = (each: string): boolean => each === id || after.has(each);
    canvas.classList.toggle('pointing', node !== undefined);
    for (const [each, button] of made) {
      button.classList.toggle('pointed', each === id);
      button.classList.toggle('before', before.has(each));
      button.classList.toggle('after', after.has(each));
    }
    for (const line of lines?.children ?? []) {
      const { from = '', to = '' } = (line as SVGElement).dataset;
      line.classList.toggle('before', node !== undefined && isBefore(from) && isBefore(to));
      line.classList.toggle('after', node !== undefined && isAfter(from) && isAfter(to));
    }
    actions.point(node);
  };

  /** What each chapter's box says now. */
  const mark = (map: ChapterMap, shown: MapView): void => {
    const own = new Set(shown.ownIds);
    const planned = new Set(map.planIds);
    for (const [id, button] of made) {
      const node = nodes.get(id);
      if (!node) continue;
      describe(button, node, titleOf, planned.has(id));
      button.classList.toggle('own', own.has(id) && own.size < map.nodes.length);
    }
  };

  const draw = (map: ChapterMap, shown: MapView): void => {
    canvas.replaceChildren();
    made.clear();
    for (const id of shown.nodeIds) {
      const node = nodes.get(id);
      if (node)
        made.set(
          id,
          nodeElement(node, titleOf, (each, beside) => {
            actions.open(each.id, beside);
          }),
        );
    }
    canvas.append(...made.values());
    mark(map, shown);
    // As tall as their titles make them.
    const sizes = new Map(
      [...made].map(([id, button]): [string, Size] => [id, { width: button.offsetWidth, height: button.offsetHeight }]),
    );
    layout = layOut(sizes, shown.edges, board.clientHeight / readable);
    const planned = new Set(map.planIds);
    const inPlan = ([from, to]: MapEdge): boolean => planned.has(from) && planned.has(to);
    lines = edgeLines(layout, inPlan);
    canvas.prepend(lines);
    for (const [id, button] of made) {
      const place = layout.places.get(id);
      button.style.left = `${place?.x ?? 0}px`;
      button.style.top = `${place?.y ?? 0}px`;
    }
    zoom.setSize(layout);
    zoom.fit();
  };

  board.addEventListener('focusin', ({ target }) => {
    const { id } = (target as HTMLElement).dataset;
    if (id === undefined || !made.has(id)) return;
    setCurrent(id);
    highlight(id);
    actions.focused(id);
  });
  board.addEventListener('focusout', () => {
    highlight(undefined);
  });
  board.addEventListener('mouseover', ({ target }) => {
    const over = target instanceof Element ? target.closest<HTMLElement>('.node') : null;
    const focused = document.activeElement;
    const kept = focused instanceof HTMLElement && board.contains(focused) ? focused.dataset['id'] : undefined;
    highlight(over?.dataset['id'] ?? kept);
  });
  board.addEventListener('mouseleave', () => {
    highlight(undefined);
  });
  board.addEventListener('keydown', (event) => {
    const direction = keys[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey || !view || !layout || current === undefined)
      return;
    event.preventDefault();
    const next = neighbour(current, direction, view.nodeIds, view.edges, layout);
    if (next === undefined) return;
    const button = made.get(next);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  return {
    element: board,
    zoom,
    setCurrent,
    show: (map, shown) => {
      nodes = new Map(map.nodes.map((node) => [node.id, node]));
      view = shown;
      const text = JSON.stringify([shown.id, shown.nodeIds, shown.edges]);
      if (text !== drawn) {
        drawn = text;
        draw(map, shown);
      }
      mark(map, shown);
      const planned = new Set(map.planIds);
      for (const line of lines?.children ?? []) {
        const { from = '', to = '' } = (line as SVGElement).dataset;
        line.classList.toggle('planned', planned.has(from) && planned.has(to));
      }
      setCurrent(current);
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && focused.dataset['id'] !== undefined && board.contains(focused)) {
        highlight(focused.dataset['id']);
      }
    },
  };
}
