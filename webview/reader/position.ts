// Where the learner is in the chapter, and how to get back there. A position is told by headings, not pixels: it holds
// when the panel gets another width, another font size, or the chapter a new paragraph.

import type { Position } from '../../src/protocol/reader.ts';

/** The passages of a chapter in reading order, with their first elements; the summary comes first. */
export type Places = readonly { readonly anchor: string; readonly element: HTMLElement }[];

/** How far below the top edge a passage counts as the one being read. */
const readingLine = 32;

/** The position at the top of the page. */
export function positionNow(places: Places, end: HTMLElement): Position | undefined {
  const first = places[0];
  if (!first) return undefined;
  if (window.scrollY <= 0) return { anchor: first.anchor, fraction: 0 };
  const at = indexAt(places, readingLine);
  const place = places[at] ?? first;
  const top = topOf(place.element);
  const height = bottomOf(places, at, end) - top;
  const fraction = height > 0 ? (readingLine - top) / height : 0;
  return { anchor: place.anchor, fraction: Math.min(1, Math.max(0, Math.round(fraction * 1000) / 1000)) };
}

/** Scrolls to a position; to the top if its passage is no longer there. */
export function scrollToPosition(places: Places, end: HTMLElement, position: Position | undefined): void {
  const at = position ? places.findIndex((place) => place.anchor === position.anchor) : -1;
  const place = places[at];
  if (!position || !place || (at === 0 && position.fraction === 0)) {
    window.scrollTo({ top: 0, behavior: 'instant' });
    return;
  }
  const top = topOf(place.element);
  const height = bottomOf(places, at, end) - top;
  window.scrollTo({
    top: window.scrollY + top + height * Math.min(1, Math.max(0, position.fraction)) - readingLine,
    behavior: 'instant',
  });
}

/** The anchor of the passage in view, for the outline: the last that starts in the upper third of the panel. */
export function anchorInView(places: Places): string | undefined {
  return places[indexAt(places, Math.max(readingLine, window.innerHeight / 3))]?.anchor;
}

function indexAt(places: Places, line: number): number {
  return places.findLastIndex((place) => topOf(place.element) <= line);
}

function bottomOf(places: Places, at: number, end: HTMLElement): number {
  const next = places[at + 1];
  return next ? topOf(next.element) : end.getBoundingClientRect().bottom;
}

function topOf(element: HTMLElement): number {
  return element.getBoundingClientRect().top;
}
