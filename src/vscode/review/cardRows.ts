// The list of all cards, as rows of a quick pick.

import { cardLine } from '../../core/study/cardLine.ts';
import { nextWords } from '../../core/study/timeWords.ts';
import type { Translate } from '../../core/translate.ts';
import type { ReviewMoment, StoredCard } from '../../store/cards.ts';

export interface CardRow {
  readonly card: StoredCard;
  readonly label: string;
  /** When it comes next. */
  readonly description: string;
  /** Its answer. */
  readonly detail: string;
}

/** One row a card: those with a question that is alike are told apart by their answers. */
export function cardRows(cards: readonly StoredCard[], { now, day }: ReviewMoment, t: Translate): CardRow[] {
  return cards.map((card) => ({
    card,
    label: cardLine(card.text.front),
    description: [
      card.suspended ? t('suspended') : dueWords(card, now, day.end, t),
      ...(card.text.tags ?? []).map((tag) => `#${tag}`),
    ].join(' · '),
    detail: cardLine(card.text.back),
  }));
}

function dueWords({ schedule }: StoredCard, now: number, dayEnd: number, t: Translate): string {
  const { state, due = now } = schedule;
  if (state === 'new') return t('new');
  if (state === 'review' && due < dayEnd) return t('due');
  return due <= now ? t('due') : nextWords(due, now, dayEnd, t);
}

/** What happened to a card, one line a review, newest first. */
export function historyLines(
  reviews: readonly { readonly at: number; readonly rating: 1 | 2 | 3 | 4; readonly recall?: number }[],
  date: (at: number) => string,
  t: Translate,
): string[] {
  const grades = { 1: t('Again'), 2: t('Hard'), 3: t('Good'), 4: t('Easy') };
  return [...reviews].reverse().map(({ at, rating, recall }) => {
    const expected = recall === undefined ? '' : ` (${t('{0} % likely to be known', Math.round(recall * 100))})`;
    return `${date(at)}: ${grades[rating]}${expected}`;
  });
}
