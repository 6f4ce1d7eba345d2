// Beside the pages: what the document is, where the handbook cites it, what it contains, and the learner's notes on it.

import type { Reading, ShownPdf } from '../../src/protocol/pdf.ts';
import { button } from '../controls.ts';
import { element } from '../dom.ts';
import { prepareLinks } from '../reader/links.ts';

export interface SidebarActions {
  readonly openOriginal: () => void;
  readonly read: (reading: Reading) => void;
}

export interface Sidebar {
  readonly element: HTMLElement;
  readonly show: (document: ShownPdf) => void;
  readonly setContents: (contents: HTMLElement | undefined) => void;
}

/** Builds it, closed. `notes` is the list of the learner's notes. */
export function createSidebar(notes: HTMLElement, { openOriginal, read }: SidebarActions): Sidebar {
  const head = element('header', {});
  const contents = element('div', { class: 'contents' });
  const aside = element('aside', { class: 'beside', 'aria-label': 'About this document' }, head, contents, notes);
  aside.hidden = true;
  return {
    element: aside,
    show: ({ title, creators, facts, original, readings, citedBy }) => {
      const press = (label: string, icon: string | undefined, onPress: () => void): HTMLElement =>
        button({ label, look: 'secondary', onPress, ...(icon !== undefined && { icon }) }).element;
      const chapters = citedBy.map(({ chapterId, title: chapter }) =>
        element('li', {}, element('a', { 'data-chapter': chapterId }, chapter)),
      );
      const cites = 'Where the handbook cites this';
      head.replaceChildren(
        element('h1', {}, title),
        ...(creators === '' ? [] : [element('p', { class: 'facts' }, creators)]),
        element('p', { class: 'facts' }, facts.join(' · ')),
        element(
          'div',
          { class: 'actions' },
          ...readings.map(({ form, pages, label }) =>
            press(label, undefined, () => {
              read({ form, pages });
            }),
          ),
          press(original, 'link-external', openOriginal),
        ),
        ...(chapters.length === 0
          ? []
          : [
              element(
                'nav',
                { 'aria-label': cites },
                element('h2', { class: 'label' }, cites),
                element('ul', {}, ...chapters),
              ),
            ]),
      );
      prepareLinks(head);
    },
    setContents: (list) => {
      contents.replaceChildren(...(list ? [element('h2', { class: 'label' }, 'Contents'), list] : []));
    },
  };
}
