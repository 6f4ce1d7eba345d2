import type { FromDashboard } from '../../protocol/dashboard.ts';
import { fieldsOf, id } from '../fromPage.ts';

/** The message that the page "Dashboard" sent, or undefined if it isn't one. */
export function parseFromDashboard(value: unknown): FromDashboard | undefined {
  const fields = fieldsOf(value);
  const type = fields?.['type'];
  switch (type) {
    case 'ready':
    case 'drawn':
    case 'review':
    case 'continue':
    case 'planGoal':
      return { type };
    case 'quiz':
    case 'openChapter': {
      const chapterId = id(fields?.['chapterId']);
      return chapterId === undefined ? undefined : { type, chapterId };
    }
    case 'openPassage': {
      const passageId = id(fields?.['passageId']);
      return passageId === undefined ? undefined : { type, passageId };
    }
    default:
      return undefined;
  }
}
