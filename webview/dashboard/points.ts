// The points of a plot by mouse and keyboard: each says what it is when the mouse is over it or the focus on it. A plot is one
// stop for Tab; the arrows go from point to point.

import { element } from '../dom.ts';

/** How many points an arrow goes on: from bar to bar, or in a calendar from day to day and from week to week. */
export interface Steps {
  readonly across: number;
  readonly down: number;
}

export interface Points {
  /** Which point has the focus; undefined if none has. */
  readonly focused: () => number | undefined;
  readonly focus: (index: number) => void;
}

/** The words beside a point. One for the page: only one is pointed at. */
export interface Tip {
  readonly element: HTMLElement;
  readonly show: (point: Element) => void;
  readonly hide: () => void;
}

export function createTip(): Tip {
  // The point itself has the same words for a screen reader.
  const tip = element('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  return {
    element: tip,
    show: (point) => {
      tip.textContent = point.getAttribute('aria-label');
      tip.hidden = false;
      const at = point.getBoundingClientRect();
      const own = tip.getBoundingClientRect();
      const left = at.left + at.width / 2 - own.width / 2;
      const above = at.top - own.height - 6;
      tip.style.left = `${Math.max(4, Math.min(left, document.documentElement.clientWidth - own.width - 4))}px`;
      tip.style.top = `${above >= 4 ? above : at.bottom + 6}px`;
    },
    hide: () => {
      tip.hidden = true;
    },
  };
}

/** Makes points of all that carry words of their own in `svg`. `first` is where the keyboard comes in. */
export function makePoints(svg: SVGSVGElement, tip: Tip, steps: Steps, first: 'first' | 'last'): Points {
  const points = [...svg.querySelectorAll<SVGElement>('[aria-label]:not(g)')];
  for (const group of svg.querySelectorAll('g[aria-label]')) {
    group.removeAttribute('aria-label');
    if (!group.querySelector('[aria-label]')) group.setAttribute('aria-hidden', 'true');
  }
  let stop = first === 'first' ? 0 : points.length - 1;
  for (const [index, point] of points.entries()) {
    point.setAttribute('role', 'img');
    point.setAttribute('tabindex', index === stop ? '0' : '-1');
    point.addEventListener('pointerenter', () => {
      tip.show(point);
    });
    point.addEventListener('pointerleave', tip.hide);
    point.addEventListener('focus', () => {
      points[stop]?.setAttribute('tabindex', '-1');
      stop = index;
      point.setAttribute('tabindex', '0');
      if (point.matches(':focus-visible')) tip.show(point);
    });
    point.addEventListener('blur', tip.hide);
  }
  svg.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = target(event.key, stop, points.length, steps);
    if (to === undefined) return;
    event.preventDefault();
    points[to]?.focus();
  });
  return {
    focused: () => {
      const index = points.findIndex((point) => point === document.activeElement);
      return index < 0 ? undefined : index;
    },
    focus: (index) => {
      points[Math.min(index, points.length - 1)]?.focus();
    },
  };
}

function target(key: string, from: number, count: number, { across, down }: Steps): number | undefined {
  const by: Readonly<Record<string, number>> = {
    ArrowLeft: -across,
    ArrowRight: across,
    ArrowUp: -down,
    ArrowDown: down,
    Home: -from,
    End: count - 1 - from,
  };
  const step = by[key];
  if (step === undefined) return undefined;
  const to = from + step;
  return to >= 0 && to < count ? to : from;
}
