import type { About, AnswerMode, FromAsk, Scope, ScopeKind } from '../protocol/ask.ts';
import { fieldsOf, id, oneOf, text } from './fromPage.ts';

/** The most characters a question may have; far more than anybody types, less than somebody pastes by mistake. */
export const longestQuestion = 4000;

/** The most characters of code that a page may ask to copy. */
const longestCopy = 200_000;

const modes = ['answer', 'explain', 'hint', 'compare', 'summarise', 'quiz'] as const satisfies readonly AnswerMode[];

const scopes = ['chapter', 'handbook', 'library', 'all'] as const satisfies readonly ScopeKind[];

/** Where to look, if `value` is one of the places. */
export function parseScopeKind(value: unknown): ScopeKind | undefined {
  return oneOf(scopes, value);
}

/** The message that the Ask page sent, or undefined if it isn't one. */
export function parseFromAsk(value: unknown): FromAsk | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const turnId = id(fields['turnId']);
  const conversationId = id(fields['conversationId']);
  const { type } = fields;
  switch (type) {
    case 'ready':
    case 'newConversation':
    case 'chooseModel':
    case 'showModel':
    case 'showLog':
      return { type };
    case 'ask': {
      const question = fields['text'];
      // However long it is: who asked is answered, if only with "too long".
      if (turnId === undefined || typeof question !== 'string') return undefined;
      const about = parseAbout(fields['about']);
      const mode = oneOf(modes, fields['mode']);
      const scope = parseScope(fields['scope']);
      const again = oneOf(['regenerate', 'continue'], fields['again']);
      return {
        type,
        turnId,
        text: question,
        ...(about && { about }),
        ...(mode && { mode }),
        ...(scope && { scope }),
        ...(again && { again }),
      };
    }
    case 'scope': {
      const kind = parseScopeKind(fields['kind']);
      return kind && { type, kind };
    }
    case 'stop':
    case 'copyAnswer':
      return turnId === undefined ? undefined : { type, turnId };
    case 'copyText': {
      const copied = text(fields['text'], longestCopy);
      return copied === undefined ? undefined : { type, text: copied };
    }
    case 'pickChapter': {
      const question = fields['text'];
      return typeof question === 'string' ? { type, text: question } : undefined;
    }
    case 'openPassage': {
      const passageId = id(fields['passageId']);
      const sentence = text(fields['sentence'], 5000);
      return passageId === undefined ? undefined : { type, passageId, ...(sentence !== undefined && { sentence }) };
    }
    case 'openQuiz': {
      const chapterId = id(fields['chapterId']);
      return chapterId === undefined ? undefined : { type, chapterId };
    }
    case 'showConversation':
    case 'removeConversation':
      return conversationId === undefined ? undefined : { type, conversationId };
    default:
      return undefined;
  }
}

function parseScope(value: unknown): Scope | undefined {
  const fields = fieldsOf(value);
  const kind = parseScopeKind(fields?.['kind']);
  if (kind !== 'chapter') return kind && { kind };
  const [chapterId, chapterTitle] = [id(fields?.['chapterId']), text(fields?.['chapterTitle'], 500)];
  return chapterId === undefined || chapterTitle === undefined ? undefined : { kind, chapterId, chapterTitle };
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
