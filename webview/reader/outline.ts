// The chapter's outline: beside the text in a wide panel, folded above it in a narrow one, with the place in view marked.

import type { Heading } from '../../src/protocol/reader.ts';
import { element } from '../dom.ts';

/** Matches the width at which media/reader.css moves the outline beside the text. */
const wide = matchMedia('(min-width: 62rem)');

export interface Outline {
  readonly element: HTMLElement;
  /** Marks the entry of the passage in view; undefined for none. */
  readonly mark: (anchor: string | undefined) => void;
}

/** `go` is called with the anchor of the entry that was pressed. */
export function outline(headings: readonly Heading[], go: (anchor: string) => void): Outline {
  const links = new Map(
    headings.map((heading) => [
      heading.anchor,
      element(
        'a',
        {
          href: `#${heading.anchor}`,
          class: `level-${heading.level}`,
          onclick: (event) => {
            event.preventDefault();
            // Kept from VS Code's own listener, which would jump as well.
            event.stopPropagation();
            if (!wide.matches) details.open = false;
            go(heading.anchor);
          },
        },
        heading.title,
      ),
    ]),
  );
  const details = element(
    'details',
    {},
    element('summary', {}, 'On this page'),
    element('ul', {}, ...[...links.values()].map((link) => element('li', {}, link))),
  );
  details.open = wide.matches;
  const nav = element('nav', { class: 'outline', 'aria-label': 'On this page' }, details);
  wide.onchange = () => {
    details.open = wide.matches;
  };
  let marked: string | undefined;
  return {
    element: nav,
    mark: (anchor) => {
      if (anchor === marked) return;
      if (marked !== undefined) links.get(marked)?.removeAttribute('aria-current');
      marked = anchor;
      const link = anchor === undefined ? undefined : links.get(anchor);
      link?.setAttribute('aria-current', 'location');
      // Not scrollIntoView: it could move the text as well.
      if (link && wide.matches) nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
    },
  };
}
