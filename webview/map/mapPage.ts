// The page around the drawing: what of the map is shown, how large, and what is pointed at.

import type { ChapterMap, FromMapPage, MapNode, MapView } from '../../src/protocol/map.ts';
import { button, dropdown, type Dropdown } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { createBoard } from './board.ts';
import { chapterList } from './chapterList.ts';
import { relation, stateIcons } from './nodes.ts';

/** What the page keeps while it is hidden. */
export interface MapState {
  readonly viewId?: string;
  readonly chapterId?: string;
  readonly asList?: boolean;
}

export interface MapPage {
  readonly show: (map: ChapterMap) => void;
  readonly goTo: (viewId: string) => void;
}

const states = [
  ['not-started', 'not started'],
  ['skimmed', 'skimmed'],
  ['studied', 'studied'],
] as const;

/** Builds the page into `root`. */
export function createMapPage(
  root: HTMLElement,
  post: (message: FromMapPage) => void,
  before: MapState,
  keep: (state: MapState) => void,
): MapPage {
  let map: ChapterMap | undefined;
  let state = before;
  let filter: Dropdown<string> | undefined;
  let choices = '';
  const remember = (change: MapState): void => {
    state = { ...state, ...change };
    keep(state);
  };
  const open = (chapterId: string, beside: boolean): void => {
    post({ type: 'openChapter', chapterId, beside });
  };

  const details = element('p', { class: 'details' }, ...detailWords(undefined, undefined));
  const filterPlace = element('div', { class: 'filter' });
  const list = element('div', { class: 'list' });
  const planLegend = element('li', { class: 'legend-plan' }, icon('target'), 'in your plan');
  const board = createBoard({
    open,
    point: (node) => {
      details.replaceChildren(...detailWords(node, map));
    },
    focused: (chapterId) => {
      remember({ chapterId });
    },
  });
  const zoomButtons = [
    button({
      label: 'Smaller',
      icon: 'zoom-out',
      look: 'icon',
      onPress: () => {
        board.zoom.by(1 / 1.2);
      },
    }),
    button({
      label: 'Larger',
      icon: 'zoom-in',
      look: 'icon',
      onPress: () => {
        board.zoom.by(1.2);
      },
    }),
    button({
      label: 'Fit into the window',
      icon: 'screen-full',
      look: 'icon',
      onPress: () => {
        board.zoom.fit();
      },
    }),
  ];
  const zoomGroup = element('div', { class: 'zoom' }, ...zoomButtons.map((each) => each.element));
  const asList = button({
    label: 'Show as a list',
    icon: 'list-unordered',
    look: 'secondary',
    onPress: () => {
      remember({ asList: state.asList !== true });
      paint();
    },
  });
  root.append(
    element(
      'main',
      {},
      element(
        'header',
        {},
        element('h1', {}, 'Map of the handbook'),
        filterPlace,
        zoomGroup,
        asList.element,
        element(
          'ul',
          { class: 'legend', 'aria-label': 'Signs' },
          ...states.map(([id, words]) => element('li', { class: id }, icon(stateIcons[id]), words)),
          planLegend,
        ),
      ),
      board.element,
      list,
      details,
    ),
  );

  const viewNow = (): MapView | undefined => map?.views.find(({ id }) => id === state.viewId) ?? map?.views[0];

  const paint = (): void => {
    const view = viewNow();
    if (!map || !view) return;
    const listed = state.asList === true;
    asList.setLabel(listed ? 'Show as a map' : 'Show as a list', listed ? 'type-hierarchy' : 'list-unordered');
    board.element.hidden = listed;
    zoomGroup.hidden = listed;
    details.hidden = listed;
    list.hidden = !listed;
    planLegend.hidden = map.planIds.length === 0 || listed;
    // Its boxes are measured, which hidden ones can't be.
    if (!listed) board.show(map, view);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['list'] : undefined;
    list.replaceChildren(...(listed ? chapterList(map, view, open) : []));
    if (focused !== undefined) list.querySelector<HTMLElement>(`[data-list="${CSS.escape(focused)}"]`)?.focus();
  };

  const goTo = (viewId: string): void => {
    remember({ viewId });
    const view = viewNow();
    if (view) filter?.set(view.id);
    paint();
  };

  /** The control keeps its choices: where those have changed, it is made anew. */
  const offer = ({ views }: ChapterMap): void => {
    const text = JSON.stringify(views.map(({ id, label }) => [id, label]));
    if (text === choices) return;
    choices = text;
    const now = viewNow()?.id ?? '';
    const labels = views.map(({ id, label }) => ({ value: id, label }));
    const had = filterPlace.contains(document.activeElement);
    filter = dropdown('What to show', labels, now, goTo);
    filterPlace.replaceChildren(filter.element);
    if (had) filter.element.focus();
  };

  return {
    show: (next) => {
      const first = !map;
      map = next;
      offer(next);
      paint();
      if (first) board.setCurrent(state.chapterId);
    },
    goTo,
  };
}

/** What there is to say about the chapter that is pointed at. */
function detailWords(node: MapNode | undefined, map: ChapterMap | undefined): (HTMLElement | string)[] {
  if (!node || !map)
    return [
      'Point at a chapter, or move to it with the arrow keys, to see what it builds on and where it leads. Enter opens it.',
    ];
  const titleOf = (id: string): string => map.nodes.find((each) => each.id === id)?.title ?? id;
  const relations = [relation('Builds on', node.needs, titleOf), relation('leads to', node.follows, titleOf)];
  const words = [node.sectionTitle, node.stateWord, node.length].join(' · ');
  return [
    element('strong', {}, node.title),
    ` (${words}). ${node.summary} `,
    element('span', { class: 'relations' }, relations.filter((part) => part !== '').join('; ')),
  ];
}
