// The bar above the pages: where one is, how large the pages are, and what else can be done.

import { element } from '../dom.ts';
import { toolButton } from './toolButton.ts';

export interface ToolbarActions {
  readonly sidebar: () => void;
  readonly goTo: (page: number) => void;
  readonly zoomBy: (steps: number) => void;
  readonly setZoom: (zoom: string) => void;
  readonly find: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly setPage: (page: number, count: number) => void;
  readonly setZoom: (name: string, factor: number) => void;
  readonly setSidebar: (open: boolean) => void;
  /** Whether there are words to search. */
  readonly setSearchable: (searchable: boolean) => void;
}

/** Builds the bar; its buttons are also reached with the keys that their tooltips name. */
export function createToolbar(actions: ToolbarActions): Toolbar {
  let [page, count] = [1, 0];
  const sidebar = toolButton('Contents', 'list-tree', actions.sidebar);
  sidebar.title = 'Contents, your notes, and where the handbook cites this';
  const previous = toolButton('Previous page', 'arrow-up', () => {
    actions.goTo(page - 1);
  });
  const next = toolButton('Next page', 'arrow-down', () => {
    actions.goTo(page + 1);
  });
  const box = element('input', {
    type: 'text',
    inputmode: 'numeric',
    class: 'page-box',
    'aria-label': 'Page',
    autocomplete: 'off',
    // Until the pages are known; the bar is not to jump then.
    size: 2,
  });
  const of = element('span', { class: 'page-count' });
  const enter = (): void => {
    const wanted = Number(box.value.trim());
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= count) actions.goTo(wanted);
    box.value = String(page);
  };
  box.addEventListener('change', enter);
  box.addEventListener('focus', () => {
    box.select();
  });
  const out = toolButton(
    'Zoom out',
    'zoom-out',
    () => {
      actions.zoomBy(-1);
    },
    'Ctrl+−',
  );
  const closer = toolButton(
    'Zoom in',
    'zoom-in',
    () => {
      actions.zoomBy(1);
    },
    'Ctrl++',
  );
  const factorText = element('span', { class: 'zoom-factor', role: 'status' });
  const width = toolButton('Fit the width', 'arrow-both', () => {
    actions.setZoom('page-width');
  });
  const whole = toolButton(
    'Fit the page',
    'screen-full',
    () => {
      actions.setZoom('page-fit');
    },
    'Ctrl+0',
  );
  const find = toolButton('Search in the document', 'search', actions.find, 'Ctrl+F');
  const group = (name: string, ...children: readonly HTMLElement[]): HTMLElement =>
    element('div', { class: 'group', role: 'group', 'aria-label': name }, ...children);
  return {
    element: element(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': 'PDF' },
      sidebar,
      group('Page', previous, box, of, next),
      group('Size', out, factorText, closer, width, whole),
      find,
    ),
    setPage: (at, pages) => {
      [page, count] = [at, pages];
      if (document.activeElement !== box) box.value = String(at);
      box.size = Math.max(2, String(pages).length);
      of.textContent = `of ${pages}`;
      previous.disabled = at <= 1;
      next.disabled = at >= pages;
    },
    setZoom: (name, factor) => {
      factorText.textContent = `${Math.round(factor * 100)} %`;
      width.setAttribute('aria-pressed', String(name === 'page-width'));
      whole.setAttribute('aria-pressed', String(name === 'page-fit'));
    },
    setSidebar: (open) => {
      sidebar.setAttribute('aria-expanded', String(open));
    },
    setSearchable: (searchable) => {
      find.disabled = !searchable;
    },
  };
}
