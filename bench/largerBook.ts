import { chaptersInOrder, type Curriculum } from '../src/core/curriculum.ts';
import type { Passage } from '../src/core/passages.ts';

/**
 * A book `times` as long: copies of every chapter in which each fifth word is replaced by a word of the copy's own, so that
 * the vocabulary grows too, as it does in longer books.
 */
export function largerBook(
  curriculum: Curriculum,
  passages: readonly Passage[],
  times: number,
): { curriculum: Curriculum; passages: readonly Passage[] } {
  const chapters = { ...curriculum.chapters };
  const sections = [...curriculum.sections];
  const all = [...passages];
  for (let copy = 1; copy < times; copy++) {
    const renamed = (id: string): string => `${id}-copy${copy}`;
    const vary = (text: string): string =>
      text
        .split(' ')
        .map((word, n) => (n % 5 === 4 ? `${word}${suffix(copy)}` : word))
        .join(' ');
    for (const chapter of chaptersInOrder(curriculum)) {
      chapters[renamed(chapter.id)] = {
        ...chapter,
        id: renamed(chapter.id),
        questions: chapter.questions.map(vary),
        keywords: chapter.keywords.map(vary),
      };
    }
    for (const section of curriculum.sections) {
      sections.push({ ...section, id: renamed(section.id), chapterIds: section.chapterIds.map(renamed) });
    }
    for (const passage of passages) {
      all.push({
        ...passage,
        id: `${renamed(passage.chapterId)}#${passage.anchor}`,
        chapterId: renamed(passage.chapterId),
        sentences: passage.sentences.map(({ text, html }) => ({ text: vary(text), html })),
        unquoted: vary(passage.unquoted),
      });
    }
  }
  return { curriculum: { ...curriculum, chapters, sections }, passages: all };
}

/** Letters, not digits: words with digits are treated apart. */
function suffix(copy: number): string {
  return String(copy).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}
