// Draws up what the dashboard shows. A bundle of its own: nothing of it is loaded before somebody looks.

import type { Curriculum } from '../../core/curriculum.ts';
import { findChapter } from '../../core/lookUp.ts';
import { passageId } from '../../core/passages.ts';
import type { LocalOffset } from '../../core/study/days.ts';
import { editionOf } from '../../core/study/edition.ts';
import { countFrom, statistics } from '../../core/study/statistics.ts';
import type { WeakPlace } from '../../core/study/statisticsWeak.ts';
import type { Dashboard, PlanToday, WeakRow } from '../../protocol/dashboard.ts';
import type { DueCount } from '../../store/cards.ts';
import { countStudy } from '../../store/statistics.ts';
import type { Store } from '../../store/store.ts';

/** What the quizzes know of their items. */
export type QuizItems = Readonly<Record<string, readonly { readonly id: string; readonly anchor: string }[]>>;

export interface DashboardParts {
  readonly store: Store;
  readonly curriculum: Curriculum;
  readonly quizzes: QuizItems;
  readonly due: DueCount;
  readonly plan?: PlanToday;
  readonly now: number;
  readonly offset: LocalOffset;
}

/** Everything that the page shows. */
export function dashboardContent({ store, curriculum, quizzes, due, plan, now, offset }: DashboardParts): Dashboard {
  const from = countFrom(now, offset);
  const counted = store.read((db) => countStudy(db, from, editionOf(curriculum)));
  const anchorOf = (chapterId: string, itemId: string): string | undefined =>
    itemsOf(quizzes, chapterId).find((item) => item.id === itemId)?.anchor;
  const { weakChapters, weakPassages, ...told } = statistics(counted, now, offset, anchorOf);
  const rows = (places: readonly WeakPlace[]): WeakRow[] =>
    places.flatMap((place) => weakRow(place, curriculum, itemsOf(quizzes, place.chapterId).length > 0) ?? []);
  return {
    statistics: told,
    due: { reviews: due.learning + due.review, fresh: due.new, hasCards: counted.hasCards },
    ...(plan && { plan }),
    weakChapters: rows(weakChapters),
    weakPassages: rows(weakPassages),
  };
}

/** A place that a new edition of the handbook hasn't got any more is left out. */
function weakRow(
  { chapterId, anchor, quiz, cards, chance }: WeakPlace,
  curriculum: Curriculum,
  canQuiz: boolean,
): WeakRow | undefined {
  const chapter = findChapter(curriculum, chapterId);
  if (!chapter) return undefined;
  const row = { chapterId, quiz, cards, chance, canQuiz };
  if (anchor === undefined) return { ...row, title: chapter.title };
  const heading = chapter.headings.find((each) => each.anchor === anchor)?.title;
  if (heading === undefined) return undefined;
  return { ...row, title: heading, inChapter: chapter.title, passageId: passageId(chapterId, anchor) };
}

function itemsOf(quizzes: QuizItems, chapterId: string): QuizItems[string] {
  return Object.hasOwn(quizzes, chapterId) ? (quizzes[chapterId] ?? []) : [];
}
