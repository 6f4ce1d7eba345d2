// Paints the text of a document: a page's as it was written, another's piece by piece.

import type { DocumentBody } from '../../src/protocol/document.ts';
import { element } from '../dom.ts';
import { pageWords } from '../notes/pageWords.ts';
import { prepareLinks } from '../reader/links.ts';
import { paintPieces } from './documentPieces.ts';
import type { PaintedBody } from './paintedBody.ts';
import { safeHtml } from './safeHtml.ts';

export function paintBody(body: DocumentBody): PaintedBody {
  return body.type === 'html' ? paintHtml(body.html, body.anchors) : paintPieces(body.pieces);
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
    words: (form) =>
      pageWords(`${form}:0`, [root], ({ id }) => {
        const passage = id === '' ? -1 : anchors.indexOf(id);
        return passage < 0 ? undefined : `${form}:${passage}`;
      }),
    // Where a table scrolls, a marker in a cell would scroll away.
    blocks: '.scroll, .prose [id]:not(.scroll *)',
  };
}
