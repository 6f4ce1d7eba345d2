// The keys and the wheel of the pages. What is done here goes no further: VS Code would change the size of its own window,
// or open a search of its own that sees only the pages that are drawn.

import type { Pages } from './pages.ts';

export interface PdfKeys {
  readonly find: () => void;
}

export function listenToPdfKeys(pages: Pages, { find }: PdfKeys): void {
  const act = (event: KeyboardEvent): (() => void) | undefined => {
    switch (event.key) {
      case '+':
      case '=':
        return () => {
          pages.zoomBy(1);
        };
      case '-':
      case '_':
        return () => {
          pages.zoomBy(-1);
        };
      case '0':
        return () => {
          pages.setZoom('page-fit');
        };
      case 'f':
      case 'F':
        return event.shiftKey ? undefined : find;
      default:
        return undefined;
    }
  };
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const doIt = act(event);
    if (!doIt) return;
    event.preventDefault();
    event.stopPropagation();
    doIt();
  });
  // Steps of the wheel are small on some machines and large on others.
  let turned = 0;
  pages.container.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      turned += event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? -event.deltaY / 40 : -event.deltaY;
      const steps = Math.trunc(turned);
      if (steps === 0) return;
      turned -= steps;
      pages.zoomBy(Math.max(-4, Math.min(4, steps)), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
}
