// The text of a document, with the places in it.

import type { DocumentBody, ShownPassage } from '../../src/protocol/document.ts';
import { element } from '../dom.ts';
import type { Places } from '../reader/position.ts';
import { prepareLinks } from '../reader/links.ts';
import { safeHtml } from './safeHtml.ts';

export interface PaintedBody {
  readonly element: HTMLElement;
  /** Where a position may be. */
  readonly places: Places;
  /** The elements of a passage. */
  readonly passage: (number: number) => readonly HTMLElement[];
}

export function paintBody(body: DocumentBody): PaintedBody {
  return body.type === 'html' ? paintHtml(body.html, body.anchors) : paintPassages(body.passages);
}

function paintHtml(html: string, anchors: readonly string[]): PaintedBody {
  const root = element('div', { class: 'prose' });
  root.append(safeHtml(html));
  prepareLinks(root);
  for (const table of root.querySelectorAll('table')) {
    const frame = element('div', { class: 'scroll' });
    table.replaceWith(frame);
    frame.append(table);
  }
  const blocks = [...root.querySelectorAll<HTMLElement>('[id]')];
  return {
    element: root,
    places: blocks.map((block) => ({ anchor: block.id, element: block })),
    passage: (number) => {
      const from = blocks.findIndex(({ id }) => id === anchors[number]);
      if (from < 0) return [];
      // A passage goes on to where the next one starts; several may start in one long paragraph.
      const next = anchors.slice(number + 1).find((anchor) => anchor !== anchors[number]);
      const to = blocks.findIndex(({ id }, index) => index > from && id === next);
      const own = blocks.slice(from, to < 0 ? undefined : to);
      const heading = own.findIndex((block, index) => index > 0 && /^H\d$/.test(block.tagName));
      // Cells and listings are no part of a passage.
      return own.slice(0, heading < 0 ? undefined : heading).filter((block) => !/^(?:PRE|T[DH])$/.test(block.tagName));
    },
  };
}

function paintPassages(passages: readonly ShownPassage[]): PaintedBody {
  const root = element('div', { class: 'prose' });
  const places: { anchor: string; element: HTMLElement }[] = [];
  let [page, heading]: [number | undefined, string] = [undefined, ''];
  for (const passage of passages) {
    if (passage.page !== undefined && passage.page !== page) {
      page = passage.page;
      root.append(
        element('p', { class: 'page-mark', role: 'separator', 'aria-label': `Page ${page}` }, `Page ${page}`),
      );
    }
    if (passage.heading !== heading) {
      heading = passage.heading;
      root.append(element('h2', {}, heading));
    }
    const made = element(
      'p',
      { id: `p${passage.number}`, class: passage.kind },
      passage.time !== undefined && element('span', { class: 'time' }, passage.time),
      passage.text,
    );
    places.push({ anchor: made.id, element: made });
    root.append(made);
  }
  return {
    element: root,
    places,
    passage: (number) => places.filter(({ anchor }) => anchor === `p${number}`).map((place) => place.element),
  };
}
