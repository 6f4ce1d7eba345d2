// A text that notes are made on, as the page shows it: a chapter, a saved page, the pages of a PDF.

import type { Marked, OpenNotes } from './markers.ts';
import { setMarkers } from './markers.ts';
import { bringIntoView } from './highlights.ts';
import { pageWords, type PageWords } from './pageWords.ts';
import type { Span } from './quoteIn.ts';

export interface NotedText {
  /** What is there now; cheap to ask again. */
  readonly words: () => PageWords;
  readonly setMarkers: (marked: readonly Marked[], open: OpenNotes) => void;
  /** Scrolls to words; resolves when they can be seen. */
  readonly reveal: (span: Span) => Promise<void>;
  /** Puts the list of notes where it belongs. */
  readonly placeList: (list: HTMLElement) => void;
}

/** The text of a chapter: its summary, and the rest. */
export function notedChapter(summaryAnchor: string, summary: HTMLElement, prose: HTMLElement): NotedText {
  const roots = [summary, prose];
  let words: PageWords | undefined;
  const read = (): PageWords => (words ??= pageWords(summaryAnchor, roots));
  return {
    words: read,
    setMarkers: (marked, open) => {
      for (const root of roots) {
        const here = marked.filter(({ range }) => root.contains(range.startContainer));
        setMarkers(root, here, open, chapterBlock);
      }
    },
    reveal: (span) => {
      const [range] = read().rangesOf(span);
      if (range) bringIntoView(range);
      return Promise.resolve();
    },
    placeList: (list) => {
      prose.parentElement?.append(list);
    },
  };
}

/** The item of a list, or the block of a passage, that holds a place; the summary is a block too. */
function chapterBlock({ startContainer: node }: Range): HTMLElement | undefined {
  const start = node instanceof Element ? node : node.parentElement;
  return start?.closest<HTMLElement>('li, .passage > *, .summary') ?? undefined;
}
