import type { Highlight as Place } from '../../src/protocol/reader.ts';
import { findSentence, nearestBlock } from './findSentence.ts';

/** The name under which media/prose.css colours the cited sentence. */
const name = 'cited';

/** Takes the highlight away. */
export function clearHighlight(): void {
  CSS.highlights.delete(name);
  for (const passage of document.querySelectorAll('.cited-passage')) passage.classList.remove('cited-passage');
}

/**
 * Highlights a place in the chapter: the sentence if it can be found, otherwise the passage as a whole. Returns what to
 * scroll to, and the passage; undefined if the chapter has no such passage.
 */
export function highlight(chapter: Element, place: Place): { at: Range | Element; passage: Element } | undefined {
  clearHighlight();
  const passage = passageOf(chapter, place.anchor);
  if (!passage) return undefined;
  const sentence = place.sentence;
  if (sentence !== undefined) {
    const range = marked(passage, sentence) ?? findSentence([passage], sentence) ?? blockRange(passage, sentence);
    if (range) {
      highlightRange(range);
      return { at: range, passage };
    }
  }
  passage.classList.add('cited-passage');
  return { at: passage, passage };
}

/** Highlights a range, and no other. */
export function highlightRange(range: Range): void {
  CSS.highlights.set(name, new Highlight(range));
}

/** The passage at `anchor`. */
export function passageOf(chapter: Element, anchor: string): HTMLElement | undefined {
  return chapter.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`) ?? undefined;
}

/** The sentence as the build marked it. A sentence that a formula on lines of its own cuts in two isn't marked whole. */
function marked(passage: Element, sentence: string): Range | undefined {
  const spans = [...passage.querySelectorAll<HTMLElement>('.sentence')];
  return rangeOf(spans.find((span) => span.dataset['sentence'] === sentence));
}

function blockRange(passage: Element, sentence: string): Range | undefined {
  return rangeOf(nearestBlock(passage, sentence));
}

function rangeOf(found: Element | undefined): Range | undefined {
  if (!found) return undefined;
  const range = document.createRange();
  range.selectNodeContents(found);
  return range;
}
