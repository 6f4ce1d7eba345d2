// Somebody who reviews, in the running companion.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import type { ReviewView, ShownCard } from '../../src/protocol/review.ts';
import { listCards, readCard } from '../../src/store/cards.ts';
import type { StoredCard } from '../../src/store/cards.ts';
import { until } from './collect.ts';
import { closeEverything } from './companion.ts';

export async function make(running: Companion, ...fronts: readonly string[]): Promise<string[]> {
  const store = await running.study.store();
  const ids = fronts.map(() => `own:${randomUUID()}`);
  store.recordAll(
    ids.map((subject, index) => ({
      kind: 'card',
      subject,
      card: {
        front: fronts[index] ?? '',
        back: 'Because of $r$.',
        origin: { chapterId: 'introduction', anchor: 'summary' },
      },
    })),
  );
  return ids;
}

export async function card(running: Companion, cardId: string): Promise<StoredCard | undefined> {
  return (await running.study.store()).read((db) => readCard(db, cardId));
}

/** The page's view, once it is as wanted. */
export function view<T extends ReviewView['type']>(
  running: Companion,
  type: T,
  isIt: (view: Extract<ReviewView, { type: T }>) => boolean = () => true,
): Promise<Extract<ReviewView, { type: T }>> {
  const is = (one: ReviewView): one is Extract<ReviewView, { type: T }> => one.type === type;
  return until(`the page shows a ${type}`, () => {
    const now = running.reviews.view;
    return now && is(now) && isIt(now) ? now : undefined;
  });
}

export async function shown(running: Companion): Promise<ShownCard> {
  return (await view(running, 'card')).card;
}

export async function grade(running: Companion, rating: number): Promise<void> {
  const { id: cardId, revision } = await shown(running);
  await running.reviews.receive({ type: 'grade', cardId, revision, rating, ms: 1500 });
}

export function badge({ tree }: Companion): vscode.ViewBadge | undefined {
  return tree.badge;
}

export async function removeAll(running: Companion): Promise<void> {
  const store = await running.study.store();
  const there = store.read(listCards);
  store.recordAll(there.map(({ id }) => ({ kind: 'card', subject: id, card: null })));
  await closeEverything();
}
