import { fieldsOf, text } from '../fromPage.ts';
import { longestSide } from './reviewMessages.ts';
import type { CardDraft } from './reviewPanel.ts';

/** What a command was given to begin a card with; anything else begins an empty one. */
export function parseCardDraft(value: unknown): CardDraft {
  const fields = fieldsOf(value);
  const origin = fieldsOf(fields?.['origin']);
  const chapterId = text(origin?.['chapterId'], 200);
  const anchor = text(origin?.['anchor'], 200);
  const itemId = text(origin?.['itemId'], 200);
  return {
    front: side(fields?.['front']),
    back: side(fields?.['back']),
    ...(chapterId !== undefined && {
      origin: { chapterId, ...(anchor !== undefined && { anchor }), ...(itemId !== undefined && { itemId }) },
    }),
  };
}

/** Too much is cut where a learner would cut it: they see what is left. */
function side(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestSide).toWellFormed() : '';
}
