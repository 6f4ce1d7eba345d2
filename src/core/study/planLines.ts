// What the companion says about the way through the handbook: sentences, each with the chapters that it is about.

import type { Chapter } from '../curriculum.ts';
import type { Passage, Sentence } from '../passages.ts';
import { summaryAnchor } from '../passages.ts';
import { plainHtml } from '../plainHtml.ts';
import type { Translate } from '../translate.ts';
import { lengthWord } from '../words.ts';
import { chapterMinutes } from './plan.ts';
import type { Depth } from './studyEvent.ts';

/** A sentence of the companion's, or one of the handbook's that it quotes. */
export interface Line {
  readonly text: string;
  /** Rendered, where it is quoted. */
  readonly html?: string;
  /** The passages that it rests on: `chapterId#anchor`. */
  readonly passageIds: readonly string[];
  /** Its number in a list of steps. */
  readonly step?: number;
}

/** A sentence about chapters. */
export function line(text: string, chapters: readonly Chapter[]): Line {
  return { text, passageIds: chapters.map(({ id }) => `${id}#${summaryAnchor}`) };
}

/** A sentence of a passage, word for word, after some words of the companion's. */
export function quoted(passage: Passage, { text, html }: Sentence, lead = ''): Line {
  const before = lead === '' ? '' : `${lead} `;
  return { text: before + text, html: plainHtml(before) + html, passageIds: [passage.id] };
}

/** Chapters as numbered steps, each with its minutes; those in `told` with what they teach. */
export function stepLines(chapters: readonly Chapter[], told: (chapter: Chapter) => boolean, t: Translate): Line[] {
  return chapters.map((chapter, n) => ({
    ...line(
      told(chapter)
        ? t('{0}, {1}. {2}', chapter.title, lengthWord(chapter.minutes, t), chapter.summary)
        : t('{0}, {1}.', chapter.title, lengthWord(chapter.minutes, t)),
      [chapter],
    ),
    step: n + 1,
  }));
}

/** “A”, “B” and “C”. */
export function listed(chapters: readonly Pick<Chapter, 'title'>[], t: Translate): string {
  const names = chapters.map(({ title }) => t('“{0}”', title));
  const last = names.pop() ?? '';
  return names.length === 0 ? last : t('{0} and {1}', names.join(t(', ')), last);
}

/** "1 chapter", "7 chapters". */
export function counted(n: number, t: Translate): string {
  return n === 1 ? t('1 chapter') : t('{0} chapters', n);
}

/** The minutes of chapters to read them, or with all that studying them includes. */
export function minutesOf(
  chapters: readonly Chapter[],
  depth: Depth | 'read',
  resourceMinutes: (resourceId: string) => number,
): number {
  const each = (chapter: Chapter): number => {
    if (depth === 'read') return chapter.minutes;
    const essential = depth === 'study' ? chapter.resources.filter((entry) => entry.essential) : [];
    return (
      chapterMinutes(chapter, depth) + essential.reduce((sum, { resourceId }) => sum + resourceMinutes(resourceId), 0)
    );
  };
  return chapters.reduce((sum, chapter) => sum + each(chapter), 0);
}
