// How large the map is drawn. It is scrolled by the browser's own means; dragging moves it, too.

import type { Size } from './layout.ts';

export interface Zoom {
  /** How large the drawing is at scale 1. */
  readonly setSize: (size: Size) => void;
  /** As large as fits, but never so small that it couldn't be read. */
  readonly fit: () => void;
  readonly by: (factor: number) => void;
}

/** At the smallest scale that "fit" chooses, the titles are 11 pixels high. */
export const readable = 11 / 12;
const limits = { fit: 1.4, least: 0.35, most: 3 };
const step = 1.2;

export function createZoom(board: HTMLElement, sheet: HTMLElement, canvas: HTMLElement): Zoom {
  let size: Size = { width: 0, height: 0 };
  let scale = 1;
  /** Whether the scale was the learner's choice; else it follows the window. */
  let chosen = false;

  const apply = (): void => {
    canvas.style.transform = `scale(${scale})`;
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    sheet.style.width = `${size.width * scale}px`;
    sheet.style.height = `${size.height * scale}px`;
    board.dataset['scale'] = scale.toFixed(3);
  };

  const fit = (): void => {
    chosen = false;
    if (size.width === 0 || board.clientWidth === 0) return;
    const fits = Math.min(board.clientWidth / size.width, board.clientHeight / size.height);
    scale = Math.max(readable, Math.min(limits.fit, fits));
    apply();
  };

  /** Keeps the point of the drawing that lies at `x`, `y` of the board where it is. */
  const zoomAt = (factor: number, x: number, y: number): void => {
    const next = Math.max(limits.least, Math.min(limits.most, scale * factor));
    const ratio = next / scale;
    const left = (board.scrollLeft + x) * ratio - x;
    const top = (board.scrollTop + y) * ratio - y;
    chosen = true;
    scale = next;
    apply();
    board.scrollTo({ left, top, behavior: 'instant' });
  };
  const by = (factor: number): void => {
    zoomAt(factor, board.clientWidth / 2, board.clientHeight / 2);
  };

  board.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = board.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  board.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') by(step);
    else if (event.key === '-') by(1 / step);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  dragToScroll(board);
  new ResizeObserver(() => {
    if (!chosen) fit();
  }).observe(board);

  return {
    setSize: (next) => {
      size = next;
    },
    fit,
    by,
  };
}

/** Dragging the empty board moves it; a drag that began on a chapter opens nothing. */
function dragToScroll(board: HTMLElement): void {
  let from: { x: number; y: number; left: number; top: number } | undefined;
  let moved = false;
  board.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType !== 'mouse') return;
    from = { x: event.clientX, y: event.clientY, left: board.scrollLeft, top: board.scrollTop };
    moved = false;
  });
  window.addEventListener('pointermove', (event) => {
    if (!from) return;
    const x = event.clientX - from.x;
    const y = event.clientY - from.y;
    if (!moved && Math.hypot(x, y) < 5) return;
    moved = true;
    board.classList.add('dragging');
    board.scrollTo({ left: from.left - x, top: from.top - y, behavior: 'instant' });
  });
  window.addEventListener('pointerup', () => {
    from = undefined;
    board.classList.remove('dragging');
  });
  board.addEventListener(
    'click',
    (event) => {
      if (!moved) return;
      moved = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
