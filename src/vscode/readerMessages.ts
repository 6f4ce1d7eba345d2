import { chapterStates, resourceStates } from '../core/progress.ts';
import type { Position } from '../core/progress.ts';
import type { FromReader, ReaderState } from '../protocol/reader.ts';
import { fieldsOf, id, oneOf, text } from './fromPage.ts';
import { parseNoteMessage } from './notes/noteMessages.ts';

/** The message that the reader page sent, or undefined if it isn't one. */
export function parseFromReader(value: unknown): FromReader | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const chapterId = id(fields['chapterId']);
  const resourceId = id(fields['resourceId']);
  switch (fields['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'openChapter': {
      const anchor = id(fields['anchor']);
      const beside = fields['beside'] === true;
      return chapterId === undefined
        ? undefined
        : { type: 'openChapter', chapterId, beside, ...(anchor !== undefined && { anchor }) };
    }
    case 'openResource':
      return resourceId === undefined ? undefined : { type: 'openResource', resourceId };
    case 'copyResource':
      return resourceId === undefined ? undefined : { type: 'copyResource', resourceId };
    case 'openLink': {
      const url = text(fields['url'], 4000);
      return url === undefined ? undefined : { type: 'openLink', url };
    }
    case 'markChapter': {
      const state = oneOf(chapterStates, fields['state']);
      return chapterId === undefined || !state ? undefined : { type: 'markChapter', chapterId, state };
    }
    case 'markResource': {
      const state = oneOf(resourceStates, fields['state']);
      return resourceId === undefined || !state ? undefined : { type: 'markResource', resourceId, state };
    }
    case 'askAbout': {
      const selected = text(fields['text'], 20_000);
      return chapterId === undefined || selected === undefined
        ? undefined
        : { type: 'askAbout', chapterId, text: selected };
    }
    case 'quizMe':
      return chapterId === undefined ? undefined : { type: 'quizMe', chapterId };
    case 'position': {
      const position = parsePosition(fields['position']);
      return chapterId === undefined || !position ? undefined : { type: 'position', chapterId, position };
    }
    case 'reading': {
      const { reading } = fields;
      return chapterId === undefined || typeof reading !== 'boolean'
        ? undefined
        : { type: 'reading', chapterId, reading };
    }
    default:
      return parseNoteMessage(fields);
  }
}

/** What a reader page kept before the window was reloaded, or undefined if it isn't that. */
export function parseReaderState(value: unknown): ReaderState | undefined {
  const fields = fieldsOf(value);
  const chapterId = id(fields?.['chapterId']);
  if (chapterId === undefined) return undefined;
  return { chapterId, position: parsePosition(fields?.['position']) ?? { anchor: '', fraction: 0 } };
}

function parsePosition(value: unknown): Position | undefined {
  const fields = fieldsOf(value);
  const anchor = fields?.['anchor'] === '' ? '' : id(fields?.['anchor']);
  const fraction = fields?.['fraction'];
  if (anchor === undefined || typeof fraction !== 'number' || !Number.isFinite(fraction)) return undefined;
  return { anchor, fraction: Math.min(1, Math.max(0, fraction)) };
}
