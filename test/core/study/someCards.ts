import { ratings } from '../../../src/core/study/studyEvent.ts';
import type { CardEvent } from '../../../src/core/study/studyEvent.ts';

const start = Date.UTC(2026, 0, 5);

/** A history of some cards, with everything that can happen to one; many times and subjects tie. */
export function cardEvents(
  random: () => number,
  { cards, events, days = 30 }: { readonly cards: number; readonly events: number; readonly days?: number },
): CardEvent[] {
  const reviews: string[] = [];
  return Array.from({ length: events }, (_, index): CardEvent => {
    const base = {
      id: `e${Math.floor(random() * 1e9)}-${index}`,
      at: start + Math.floor(random() * days) * 86_400_000 + Math.floor(random() * 4) * 60_000,
      subject: `card-${Math.floor(random() * cards)}`,
    };
    const dice = random();
    if (dice < 0.2 || index < cards) {
      const subject = index < cards ? `card-${index}` : base.subject;
      const removed = index >= cards && random() < 0.2;
      return { ...base, subject, kind: 'card', card: removed ? null : { front: `Q${index}`, back: `A${index}` } };
    }
    if (dice < 0.25) return { ...base, kind: 'suspend', suspended: random() < 0.5 };
    const eventId = reviews[Math.floor(random() * reviews.length)];
    if (dice < 0.35 && eventId !== undefined) return { ...base, kind: 'undo', eventId };
    reviews.push(base.id);
    return { ...base, kind: 'review', rating: ratings[Math.floor(random() * 4)] ?? 3 };
  });
}
