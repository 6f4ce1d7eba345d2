// The only file that knows the layout library.

import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import type { MapEdge } from '../../src/protocol/map.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Layout extends Size {
  /** The upper left corner of each node. */
  readonly places: ReadonlyMap<string, Point & { readonly column: number }>;
  /** The bends of each edge, from the middle of one node's right side to that of the other's left. */
  readonly ways: ReadonlyMap<MapEdge, readonly Point[]>;
}

// Columns as narrow as their arrows allow: the longest chain of prerequisites must fit side by side.
const gaps = { nodesep: 8, ranksep: 20, edgesep: 2, marginx: 4, marginy: 4 };

/** Places nodes in columns, each to the right of what it needs, no higher than `highest` as far as the nodes allow. */
export function layOut(sizes: ReadonlyMap<string, Size>, edges: readonly MapEdge[], highest: number): Layout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', ranker: 'network-simplex', ...gaps });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, size] of sizes) graph.setNode(id, { ...size });
  for (const [from, to] of edges) graph.setEdge(from, to);
  layout(graph);

  const centre = (id: string): Point => ({ x: graph.node(id).x ?? 0, y: graph.node(id).y ?? 0 });
  const whole = graph.graph().height ?? 0;
  // Long arrows make room for themselves in every column that they pass: more than there is. They may pass behind nodes.
  const squeeze = Math.min(1, highest / Math.max(1, whole));
  const columns = Map.groupBy(sizes.keys(), (id) => Math.round(centre(id).x));
  const places = new Map<string, Point & { readonly column: number }>();
  let height = 0;
  for (const [column, [, ids]] of [...columns].sort(([a], [b]) => a - b).entries()) {
    const tops = spread(
      ids
        .map((id) => ({ id, height: sizes.get(id)?.height ?? 0, middle: centre(id).y * squeeze }))
        .sort((a, b) => a.middle - b.middle),
      Math.max(highest, 0),
    );
    for (const [id, y] of tops) {
      places.set(id, { x: centre(id).x - (sizes.get(id)?.width ?? 0) / 2, y, column });
      height = Math.max(height, y + (sizes.get(id)?.height ?? 0) + gaps.marginy);
    }
  }

  const side = (id: string, right: boolean): Point => {
    const { x = 0, y = 0 } = places.get(id) ?? {};
    const { width = 0, height: tall = 0 } = sizes.get(id) ?? {};
    return { x: right ? x + width : x, y: y + tall / 2 };
  };
  const ways = new Map(
    edges.map((edge) => {
      const bends = (graph.edge(edge[0], edge[1]).points ?? []).slice(1, -1);
      return [edge, [side(edge[0], true), ...bends.map(({ x, y }) => ({ x, y: y * squeeze })), side(edge[1], false)]];
    }),
  );
  return { width: Math.ceil(graph.graph().width ?? 0), height: Math.ceil(height), places, ways };
}

interface Wanted {
  readonly id: string;
  readonly height: number;
  readonly middle: number;
}

/** The tops of a column's nodes, as near to where each is wanted as the others let it. */
function spread(column: readonly Wanted[], highest: number): Map<string, number> {
  const tops = new Map<string, number>();
  let end = gaps.marginy;
  for (const { id, height, middle } of column) {
    const top = Math.max(end, middle - height / 2);
    tops.set(id, top);
    end = top + height + gaps.nodesep;
  }
  // What was pushed out at the bottom pushes back.
  let least = highest - gaps.marginy;
  for (const { id, height } of column.toReversed()) {
    const top = Math.max(gaps.marginy, Math.min(tops.get(id) ?? 0, least - height));
    tops.set(id, top);
    least = top - gaps.nodesep;
  }
  return tops;
}
