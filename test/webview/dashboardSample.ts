// What the dashboard shows of a learner of half a year, and of one who has just begun; made by the real counting.

import { dayMs } from '../../src/core/study/days.ts';
import { statistics } from '../../src/core/study/statistics.ts';
import type { Counted } from '../../src/core/study/statistics.ts';
import { recallBin } from '../../src/core/study/statisticsRetention.ts';
import type { RecallSum, RecalledAt } from '../../src/core/study/statisticsRetention.ts';
import type { Dashboard, WeakRow } from '../../src/protocol/dashboard.ts';
import { seeded } from '../store/support.ts';

/** A Wednesday. */
export const now = Date.UTC(2026, 2, 4, 18);
const utc = (): number => 0;
const minute = 60_000;

const nobody: Counted = {
  readings: [],
  reviews: [],
  quizzes: [],
  marks: [],
  recallBins: new Map(),
  recalled: [],
  items: [],
  cards: [],
  dueAt: [],
  fresh: 0,
  hasCards: false,
};

function learner(): Counted {
  const random = seeded(7);
  const readings: Counted['readings'][number][] = [];
  const reviews: number[] = [];
  const quizzes: number[] = [];
  const marks: Counted['marks'][number][] = [];
  const recalled: RecalledAt[] = [];
  const recallBins = new Map<number, RecallSum>();
  for (let back = 200; back >= 0; back--) {
    const evening = Math.floor(now / dayMs) * dayMs - back * dayMs + 17 * 3_600_000;
    const weekday = new Date(evening).getUTCDay();
    if (back > 0 && random() < (weekday === 0 || weekday === 6 ? 0.55 : 0.25)) continue;
    const chapter = `chapter-${Math.floor((200 - back) / 5)}`;
    for (let piece = 0, pieces = Math.floor(random() * 25); piece < pieces; piece++) {
      readings.push({ chapterId: chapter, at: evening - piece * 2 * minute, ms: 2 * minute });
    }
    if (random() < 0.25) marks.push({ chapterId: chapter, at: evening, state: 'studied' });
    for (let n = 0, count = Math.floor(random() * 6); n < count; n++) quizzes.push(evening - n * minute);
    for (let n = 0, count = Math.floor(random() * 22); n < count; n++) {
      const at = evening - n * 12_000;
      const predicted = Math.min(0.995, 0.97 - 0.3 * random() ** 4 - 0.1 * random());
      const remembered = random() < predicted - 0.01;
      reviews.push(at);
      recalled.push({ at, remembered, predicted });
      const bin = recallBin(predicted);
      const sum = recallBins.get(bin) ?? { reviews: 0, remembered: 0, predicted: 0 };
      recallBins.set(bin, {
        reviews: sum.reviews + 1,
        remembered: sum.remembered + (remembered ? 1 : 0),
        predicted: sum.predicted + predicted,
      });
    }
  }
  const dueAt = Array.from({ length: 260 }, () => now - dayMs + random() ** 1.6 * 32 * dayMs);
  return { ...nobody, readings, reviews, quizzes, marks, recalled, recallBins, dueAt, fresh: 9 };
}

const weakRow = (title: string, wrong: number, all: number, more: Partial<WeakRow> = {}): WeakRow => ({
  chapterId: title.toLowerCase().replaceAll(' ', '-'),
  title,
  quiz: { wrong, all },
  cards: { wrong: wrong + 1, all: all * 2 },
  chance: (wrong + 1.2) / (all + 8),
  canQuiz: true,
  ...more,
});

function dashboardOf(counted: Counted, rest: Omit<Dashboard, 'statistics'>): Dashboard {
  const { weakChapters: _, weakPassages: __, ...told } = statistics(counted, now, utc, () => undefined);
  return { statistics: told, ...rest };
}

export const busy: Dashboard = dashboardOf(learner(), {
  due: { reviews: 23, fresh: 9, hasCards: true },
  plan: {
    title: 'Finetune a model with LoRA',
    minutesPerDay: 30,
    next: { chapterId: 'low-rank-adapters', title: 'Low-Rank Adapters (LoRA)' },
  },
  weakChapters: [
    weakRow('Key-Value Caching and Paged Attention', 7, 16),
    weakRow('Backpropagation', 5, 14),
    weakRow('Structured State Space Models', 4, 12, { canQuiz: false }),
    weakRow('Rotary Positional Embeddings', 3, 12),
  ],
  weakPassages: [
    weakRow('The memory of a context', 4, 6, {
      passageId: 'key-value-caching-and-paged-attention#memory',
      inChapter: 'Key-Value Caching and Paged Attention',
    }),
    weakRow('The chain rule, backwards', 3, 6, { passageId: 'backpropagation#chain', inChapter: 'Backpropagation' }),
  ],
});

/** Nothing done yet. */
export const empty: Dashboard = dashboardOf(nobody, {
  due: { reviews: 0, fresh: 0, hasCards: false },
  weakChapters: [],
  weakPassages: [],
});

/** One chapter read today. */
export const firstDay: Dashboard = dashboardOf(
  { ...nobody, readings: [{ chapterId: 'a', at: now, ms: 12 * minute }], reviews: [now], fresh: 2 },
  { due: { reviews: 0, fresh: 2, hasCards: true }, weakChapters: [], weakPassages: [] },
);
