// A text that notes are made on, as the page shows it: a chapter, a saved page, the pages of a PDF.

import type { Marked, OpenNotes } from './markers.ts';
import { setMarkers } from './markers.ts';
import { bringIntoView } from './highlights.ts';
import { pageWords } from './pageWords.ts';
import type { Span } from './quoteIn.ts';
import type { PageWords } from './wordRuns.ts';

export interface NotedText {
  /** What is there now; cheap to ask again. */
  readonly words: () => PageWords;
  readonly setMarkers: (marked: readonly Marked[], open: OpenNotes) => void;
  /** Scrolls to words; resolves when they can be seen. */
  readonly reveal: (span: Span) => Promise<void>;
  /** Puts the list of notes where it belongs. */
  readonly placeList: (list: HTMLElement) => void;
}

export interface FlowingText extends Pick<NotedText, 'placeList'> {
  readonly roots: readonly HTMLElement[];
  /** Reads the words; asked once. */
  readonly read: () => PageWords;
  /** What holds the marker of a place. */
  readonly blocks: string;
}

/** A text that is there as a whole, in blocks that hold markers. */
export function flowingText({ roots, read, blocks, placeList }: FlowingText): NotedText {
  let words: PageWords | undefined;
  const blockOf = ({ startContainer: node }: Range): HTMLElement | undefined => {
    const start = node instanceof Element ? node : node.parentElement;
    return start?.closest<HTMLElement>(blocks) ?? undefined;
  };
  const wordsNow = (): PageWords => (words ??= read());
  return {
    words: wordsNow,
    setMarkers: (marked, open) => {
      for (const root of roots) {
        const here = marked.filter(({ range }) => root.contains(range.startContainer));
        setMarkers(root, here, open, blockOf);
      }
    },
    reveal: (span) => {
      const [range] = wordsNow().rangesOf(span);
      if (range) bringIntoView(range);
      return Promise.resolve();
    },
    placeList,
  };
}

/** The text of a chapter: its summary, and the rest. */
export function notedChapter(summaryAnchor: string, summary: HTMLElement, prose: HTMLElement): NotedText {
  const roots = [summary, prose];
  return flowingText({
    roots,
    read: () => pageWords(summaryAnchor, roots, (element) => (element.matches('section[id]') ? element.id : undefined)),
    blocks: 'li, .passage > *, .summary',
    placeList: (list) => {
      prose.parentElement?.append(list);
    },
  });
}
