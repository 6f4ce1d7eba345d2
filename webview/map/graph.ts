// Which chapters lead to which, for pointing out and for the arrow keys.

import type { MapEdge, MapNode } from '../../src/protocol/map.ts';
import type { Layout } from './layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** All that a chapter builds on, or all that builds on it, however far away. */
export function reach(nodes: ReadonlyMap<string, MapNode>, id: string, side: 'needs' | 'follows'): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of nodes.get(from)?.[side] ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(id);
  return found;
}

/** Where an arrow key leads: along an arrow of the map, or up and down in the same column. Undefined at an end. */
export function neighbour(
  from: string,
  direction: Direction,
  ids: readonly string[],
  edges: readonly MapEdge[],
  { places }: Layout,
): string | undefined {
  const middle = (id: string): number => places.get(id)?.y ?? 0;
  const nearest = (some: readonly string[]): string | undefined =>
    [...some].sort((a, b) => Math.abs(middle(a) - middle(from)) - Math.abs(middle(b) - middle(from)))[0];
  switch (direction) {
    case 'left':
      return nearest(edges.filter(([, to]) => to === from).map(([id]) => id));
    case 'right':
      return nearest(edges.filter(([id]) => id === from).map(([, to]) => to));
    case 'first':
      return ids[0];
    case 'last':
      return ids.at(-1);
    case 'up':
    case 'down': {
      const column = places.get(from)?.column;
      const beside = ids.filter((id) => places.get(id)?.column === column).sort((a, b) => middle(a) - middle(b));
      return beside[beside.indexOf(from) + (direction === 'up' ? -1 : 1)];
    }
  }
}
