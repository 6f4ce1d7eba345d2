// One figure of the dashboard: a title that says what it shows, what it comes to in a sentence, the plot, and the same as a
// table. The table is always there for whoever can't see the plot; a button shows it to everybody.

import { element, icon, inQuiet } from '../dom.ts';
import { draw, type Drawing } from './draw.ts';
import { makePoints, type Points, type Steps, type Tip } from './points.ts';
import { dataTable, type Table } from './table.ts';

/** What is to be shown now. */
export interface FigureContent {
  /** What it comes to. */
  readonly summary: string;
  /** What the marks mean, where there are several kinds. */
  readonly key?: readonly KeyEntry[];
  readonly drawing: (width: number) => Drawing;
  readonly steps: Steps;
  /** Where the keyboard comes in. */
  readonly first: 'first' | 'last';
  readonly table: () => Table;
}

export interface KeyEntry {
  /** The class of the sign, in dashboard.css. */
  readonly sign: string;
  readonly words: string;
}

export interface Figure {
  readonly element: HTMLElement;
  /**
   * Shows `content`; a string says why there is nothing to show and what to do about it. Nothing is done if `data`, which it
   * is made of, is what it was.
   */
  readonly show: (data: unknown, content: () => FigureContent | string) => void;
}

export function createFigure(title: string, tip: Tip): Figure {
  const id = `figure-${++count}`;
  const heading = element('h2', { id }, title);
  const summary = element('p', { class: 'summary' });
  const key = element('p', { class: 'key', 'aria-hidden': 'true' });
  const picture = element('div', { class: 'picture' });
  const holder = element('div', { class: 'table-holder visually-hidden' });
  let tabular = false;
  const toggle = element('button', {
    class: 'link toggle',
    onclick: () => {
      tabular = !tabular;
      lay();
    },
  });
  const lay = (): void => {
    const words = tabular ? 'Show as plot' : 'Show as table';
    toggle.replaceChildren(icon(tabular ? 'graph' : 'table'), words);
    toggle.setAttribute('aria-label', `${words}: ${title}`);
    picture.hidden = tabular;
    key.hidden = tabular || key.childElementCount === 0;
    holder.classList.toggle('visually-hidden', !tabular);
    // What scrolls must be reached by keyboard.
    for (const [name, value] of [
      ['tabindex', '0'],
      ['role', 'group'],
      ['aria-label', title],
    ] as const) {
      if (tabular) holder.setAttribute(name, value);
      else holder.removeAttribute(name);
    }
    if (tabular) fillTable();
    else if (!waits) {
      waits = true;
      picture.classList.add('waiting');
      paintSoon(pending);
    }
  };
  const section = element(
    'section',
    { class: 'figure', 'aria-labelledby': id },
    element('div', { class: 'figure-head' }, heading, toggle),
    summary,
    key,
    picture,
    holder,
  );

  let content: FigureContent | undefined;
  /** The content whose table stands in the page. */
  let tabled: FigureContent | undefined;
  const fillTable = (): void => {
    if (content === tabled) return;
    tabled = content;
    holder.replaceChildren(...(content ? [dataTable(title, content.table())] : []));
  };
  let points: Points | undefined;
  let drawnWidth = 0;
  /** It will be painted when the page has time. */
  let waits = false;
  const paint = (width: number): void => {
    waits = false;
    picture.classList.remove('waiting');
    if (!content || width === 0) return;
    const focused = points?.focused();
    tip.hide();
    const svg = draw(content.drawing(width), width);
    svg.setAttribute('role', 'group');
    svg.setAttribute('aria-label', `${title}. The arrow keys go from point to point.`);
    points = makePoints(svg, tip, content.steps, content.first);
    picture.replaceChildren(svg);
    drawnWidth = width;
    if (focused !== undefined) points.focus(focused);
  };
  const pending: Pending = {
    measure: () => ({ top: section.getBoundingClientRect().top, width: Math.floor(picture.clientWidth) }),
    paint: (width) => {
      if (waits) paint(width);
    },
  };
  new ResizeObserver(() => {
    const width = Math.floor(picture.clientWidth);
    if (!waits && width !== drawnWidth) paint(width);
  }).observe(picture);

  let shown: string | undefined;
  lay();
  return {
    element: section,
    show: (data, contentOf) => {
      const text = JSON.stringify(data);
      if (text === shown) return;
      shown = text;
      const next = contentOf();
      const empty = typeof next === 'string';
      content = empty ? undefined : next;
      summary.textContent = empty ? next : next.summary;
      summary.classList.toggle('empty', empty);
      toggle.hidden = empty;
      const entries = empty ? [] : (next.key ?? []);
      key.replaceChildren(
        ...entries.map(({ sign, words }) => element('span', {}, element('span', { class: `sign ${sign}` }), words)),
      );
      if (empty) {
        points = undefined;
        picture.replaceChildren();
        fillTable();
        picture.hidden = true;
        key.hidden = true;
        return;
      }
      lay();
      // It doesn't show yet, and laying out its hundreds of rows would hold up the plots.
      inQuiet(fillTable);
    },
  };
}

let count = 0;

/** A figure that is to be painted. */
interface Pending {
  readonly measure: () => { readonly top: number; readonly width: number };
  /** Does nothing if it has been painted in the meantime. */
  readonly paint: (width: number) => void;
}

let soon: Pending[] = [];

/**
 * Paints figures together, once the words of all of them stand in the page: measuring one after another was changed lays the
 * page out anew each time. What isn't in view comes after what is, so that nobody waits for a plot that doesn't show yet.
 */
function paintSoon(pending: Pending): void {
  soon.push(pending);
  if (soon.length > 1) return;
  queueMicrotask(() => {
    const measured = soon.map(({ measure, paint }) => ({ ...measure(), measure, paint }));
    soon = [];
    for (const { top, width, measure, paint } of measured) {
      if (top < innerHeight) paint(width);
      else
        inQuiet(() => {
          paint(measure().width);
        });
    }
  });
}
