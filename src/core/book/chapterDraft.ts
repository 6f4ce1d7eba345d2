import type { Chapter } from '../curriculum.ts';
import type { ChapterText } from './chapterText.ts';
import type { FrontMatter } from './chapterFile.ts';
import type { GlossaryEntry } from './glossaryFile.ts';
import type { ChapterQuiz } from '../quizzes.ts';
import type { QuizItem } from './quizFile.ts';

/** A chapter while the book is being put together: what it says, with the lines needed to report on it. */
export interface ChapterDraft {
  readonly chapter: Chapter;
  readonly text: ChapterText;
  readonly front: FrontMatter;
  readonly glossary: readonly GlossaryEntry[];
  readonly quiz: readonly QuizItem[];
  /** The same, as it is shown. */
  readonly shownQuiz: ChapterQuiz;
  readonly file: string;
  readonly prerequisitesLine: number;
}
