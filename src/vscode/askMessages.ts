import type { About, FromAsk } from '../protocol/ask.ts';
import { fieldsOf, id, text } from './fromPage.ts';

/** The most characters a question may have; far more than anybody types, less than somebody pastes by mistake. */
export const longestQuestion = 4000;

/** The message that the Ask page sent, or undefined if it isn't one. */
export function parseFromAsk(value: unknown): FromAsk | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const turnId = id(fields['turnId']);
  const conversationId = id(fields['conversationId']);
  switch (fields['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'newConversation':
      return { type: 'newConversation' };
    case 'ask': {
      const { about } = fields;
      const question = fields['text'];
      // However long it is: who asked is answered, if only with "too long".
      if (turnId === undefined || typeof question !== 'string') return undefined;
      const parsed = parseAbout(about);
      return { type: 'ask', turnId, text: question, ...(parsed && { about: parsed }) };
    }
    case 'stop':
      return turnId === undefined ? undefined : { type: 'stop', turnId };
    case 'copyAnswer':
      return turnId === undefined ? undefined : { type: 'copyAnswer', turnId };
    case 'openPassage': {
      const passageId = id(fields['passageId']);
      const sentence = text(fields['sentence'], 5000);
      return passageId === undefined
        ? undefined
        : { type: 'openPassage', passageId, ...(sentence !== undefined && { sentence }) };
    }
    case 'showConversation':
      return conversationId === undefined ? undefined : { type: 'showConversation', conversationId };
    case 'removeConversation':
      return conversationId === undefined ? undefined : { type: 'removeConversation', conversationId };
    default:
      return undefined;
  }
}

function parseAbout(value: unknown): About | undefined {
  const fields = fieldsOf(value);
  const chapterId = id(fields?.['chapterId']);
  const chapterTitle = text(fields?.['chapterTitle'], 500);
  const selected = text(fields?.['text'], 20_000);
  return chapterId === undefined || chapterTitle === undefined || selected === undefined
    ? undefined
    : { chapterId, chapterTitle, text: selected };
}
