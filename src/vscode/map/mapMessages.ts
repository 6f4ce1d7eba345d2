import type { FromMapPage } from '../../protocol/map.ts';
import { fieldsOf, id } from '../fromPage.ts';

/** The message that the page "Map" sent, or undefined if it isn't one. */
export function parseFromMapPage(value: unknown): FromMapPage | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'openChapter': {
      const chapterId = id(fields['chapterId']);
      return chapterId === undefined
        ? undefined
        : { type: 'openChapter', chapterId, beside: fields['beside'] === true };
    }
    default:
      return undefined;
  }
}
