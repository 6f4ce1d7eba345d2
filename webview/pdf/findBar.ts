// Searching in the document, by pdf.js's finder: all that is found is marked, and one after the other is gone to.

import { element } from '../dom.ts';
import { FindState } from './pdfjs.ts';
import type { Pages } from './pages.ts';
import { toolButton } from './toolButton.ts';

export interface FindBar {
  readonly element: HTMLElement;
  readonly open: (words: string) => void;
  /** False if it wasn't open. */
  readonly close: () => boolean;
}

interface Matches {
  readonly current: number;
  readonly total: number;
}

export function createFindBar(pages: Pages): FindBar {
  const input = element('input', {
    type: 'text',
    class: 'find-box',
    'aria-label': 'Search in the document',
    placeholder: 'Search in the document',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const found = element('span', { class: 'find-count', role: 'status' });
  const search = (type: '' | 'again', back = false): void => {
    pages.events.dispatch('find', {
      source: bar,
      type,
      query: input.value,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: back,
      matchDiacritics: false,
    });
    if (input.value === '') found.textContent = '';
  };
  const previous = toolButton(
    'Previous',
    'arrow-up',
    () => {
      search('again', true);
    },
    'Shift+Enter',
  );
  const next = toolButton(
    'Next',
    'arrow-down',
    () => {
      search('again');
    },
    'Enter',
  );
  const bar = element(
    'div',
    { class: 'find', role: 'search' },
    input,
    found,
    previous,
    next,
    toolButton(
      'Close',
      'close',
      () => {
        close();
      },
      'Escape',
    ),
  );
  bar.hidden = true;

  const close = (): boolean => {
    if (bar.hidden) return false;
    bar.hidden = true;
    pages.events.dispatch('findbarclose', { source: bar });
    pages.container.focus({ preventScroll: true });
    return true;
  };
  const tell = (matches: Matches, pending: boolean): void => {
    if (input.value === '') return;
    found.textContent = matches.total > 0 ? `${matches.current} of ${matches.total}` : pending ? '' : 'Not found';
    bar.classList.toggle('nothing', matches.total === 0 && !pending);
  };
  input.addEventListener('input', () => {
    search('');
  });
  bar.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input) search('again', event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  pages.events.on('updatefindmatchescount', ({ matchesCount }: { matchesCount: Matches }) => {
    tell(matchesCount, false);
  });
  pages.events.on('updatefindcontrolstate', (now: { state: number; matchesCount: Matches }) => {
    tell(now.matchesCount, now.state === FindState.PENDING);
  });
  return {
    element: bar,
    open: (words) => {
      bar.hidden = false;
      if (words !== '') input.value = words;
      input.focus();
      input.select();
      if (input.value !== '') search('');
    },
    close,
  };
}
