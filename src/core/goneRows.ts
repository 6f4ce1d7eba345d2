// The last row of the tree: chapters that are no longer in the handbook, with what is kept of them.

import type { KeptOfChapter } from './study/goneChapters.ts';
import type { Translate } from './translate.ts';
import type { GoneChapterRow, GoneRow } from './tree.ts';
import { isFiltering } from './treeFilter.ts';
import type { Filter } from './treeFilter.ts';

/** One row or, where nothing is gone or the learner looks for something else, none. */
export function goneRows(gone: readonly KeptOfChapter[], filter: Filter, t: Translate): GoneRow[] {
  if (gone.length === 0 || isFiltering(filter)) return [];
  const label = t('No longer in the handbook');
  const chapters = gone.length === 1 ? t('1 chapter') : t('{0} chapters', gone.length);
  return [
    {
      kind: 'gone',
      id: 'gone',
      label,
      // The side bar is narrow; a screen reader gets the whole.
      description: String(gone.length),
      spoken: `${label}, ${chapters}`,
      children: gone.map((kept) => goneChapterRow(kept, t)),
    },
  ];
}

function goneChapterRow(kept: KeptOfChapter, t: Translate): GoneChapterRow {
  const description = keptWords(kept, t);
  return {
    kind: 'gone-chapter',
    id: `gone/${kept.chapterId}`,
    label: kept.chapterId,
    description,
    spoken: `${kept.chapterId}, ${description}`,
    children: [],
  };
}

/** "3 notes, 2 cards". */
function keptWords({ notes, cards, quizAnswers, read }: KeptOfChapter, t: Translate): string {
  const words = [
    ...(notes > 0 ? [notes === 1 ? t('1 note') : t('{0} notes', notes)] : []),
    ...(cards > 0 ? [cards === 1 ? t('1 card') : t('{0} cards', cards)] : []),
    ...(quizAnswers > 0 ? [quizAnswers === 1 ? t('1 quiz answer') : t('{0} quiz answers', quizAnswers)] : []),
  ];
  return words.length === 0 && read ? t('marks, reading time') : words.join(', ');
}

/** Says that nothing is lost, and how to get at it. */
export function goneTooltip(t: Translate): string {
  return t(
    'These chapters were removed from the handbook. What you did there is kept: your notes stand under Notes, cards are still reviewed. “Handbook: Export everything” writes all of it into a file.',
  );
}
