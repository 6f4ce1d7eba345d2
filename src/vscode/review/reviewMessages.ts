import { ratings } from '../../core/study/studyEvent.ts';
import type { FromReview, SessionStep } from '../../protocol/review.ts';
import { fieldsOf, id, text } from '../fromPage.ts';

/** A card is a thought, not a book. */
export const longestSide = 20_000;
/** Leaving a card open over lunch isn't thinking about it. */
const longestMs = 120_000;

/** The message that the page "Review" sent, or undefined if it isn't one. */
export function parseFromReview(value: unknown): FromReview | undefined {
  const fields = fieldsOf(value);
  const cardId = ownId(fields?.['cardId']);
  const revision = ownId(fields?.['revision']);
  switch (fields?.['type']) {
    case 'ready':
    case 'undo':
    case 'cancel':
    case 'newCard':
    case 'browse':
      return { type: fields['type'] };
    case 'grade': {
      const { ms } = fields;
      const rating = ratings.find((one) => one === fields['rating']);
      if (cardId === undefined || revision === undefined || !rating || typeof ms !== 'number' || !(ms >= 0))
        return undefined;
      return { type: 'grade', cardId, revision, rating, ms: Math.round(Math.min(ms, longestMs)) };
    }
    case 'suspend':
      return cardId === undefined || revision === undefined ? undefined : { type: 'suspend', cardId, revision };
    case 'save': {
      const front = text(fields['front'], longestSide);
      const back = text(fields['back'], longestSide);
      if (front === undefined || back === undefined || !front.isWellFormed() || !back.isWellFormed()) return undefined;
      if (fields['cardId'] !== undefined && cardId === undefined) return undefined;
      return { type: 'save', ...(cardId !== undefined && { cardId }), front, back };
    }
    case 'edit':
      return cardId === undefined ? undefined : { type: 'edit', cardId };
    case 'openPassage': {
      const passageId = id(fields['passageId']);
      return passageId === undefined ? undefined : { type: 'openPassage', passageId };
    }
    default:
      return undefined;
  }
}

/** The steps of a session as the page kept them over a reload; none for anything else. */
export function parseKeptSteps(value: unknown): readonly SessionStep[] {
  const steps = fieldsOf(fieldsOf(value)?.['session'])?.['steps'];
  if (!Array.isArray(steps)) return [];
  return steps.slice(-500).flatMap((step): SessionStep[] => {
    const fields = fieldsOf(step);
    const cardId = ownId(fields?.['cardId']);
    if (cardId === undefined) return [];
    if (fields?.['type'] === 'suspend') return [{ type: 'suspend', cardId }];
    const eventId = ownId(fields?.['eventId']);
    return fields?.['type'] === 'review' && eventId !== undefined ? [{ type: 'review', cardId, eventId }] : [];
  });
}

/** Ids of cards and events: anything printable, since cards come from other programs too. */
function ownId(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 200 && value.isWellFormed() ? value : undefined;
}
