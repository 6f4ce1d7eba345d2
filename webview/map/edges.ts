import type { MapEdge } from '../../src/protocol/map.ts';
import type { Layout, Point } from './layout.ts';

const svg = 'http://www.w3.org/2000/svg';

/** The arrows of the map, as wide as it is; each path knows where it comes from and leads to. */
export function edgeLines({ width, height, ways }: Layout, inPlan: (edge: MapEdge) => boolean): SVGSVGElement {
  const made = document.createElementNS(svg, 'svg');
  made.setAttribute('class', 'edges');
  made.setAttribute('viewBox', `0 0 ${width} ${height}`);
  made.setAttribute('width', String(width));
  made.setAttribute('height', String(height));
  made.setAttribute('aria-hidden', 'true');
  for (const [edge, points] of ways) {
    const line = document.createElementNS(svg, 'path');
    line.setAttribute('class', inPlan(edge) ? 'edge planned' : 'edge');
    line.setAttribute('d', curve(points));
    line.dataset['from'] = edge[0];
    line.dataset['to'] = edge[1];
    const head = document.createElementNS(svg, 'path');
    const tip = points.at(-1) ?? { x: 0, y: 0 };
    head.setAttribute('class', 'edge-head');
    head.setAttribute('d', `M${tip.x - 5},${tip.y - 3} L${tip.x},${tip.y} L${tip.x - 5},${tip.y + 3} Z`);
    head.dataset['from'] = edge[0];
    head.dataset['to'] = edge[1];
    made.append(line, head);
  }
  return made;
}

/** A line through the points that leaves and arrives level, since all arrows lead to the right. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  const parts = rest.map((to) => {
    const bend = (to.x - from.x) / 2;
    const part = `C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
    from = to;
    return part;
  });
  return `M${first.x},${first.y} ${parts.join(' ')}`;
}
