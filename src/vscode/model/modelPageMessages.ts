import type { FromModelPage, ModelPageAction } from '../../protocol/modelPage.ts';
import { fieldsOf, id, oneOf } from '../fromPage.ts';

const actions = [
  'chooseModel',
  'removeModel',
  'load',
  'free',
  'engineSettings',
  'clearPrefixes',
  'installGpu',
  'testGpu',
  'removeGpu',
  'showLog',
] as const satisfies readonly ModelPageAction[];

/** The message that the page "Model" sent, or undefined if it isn't one. */
export function parseFromModelPage(value: unknown): FromModelPage | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'act': {
      const action = oneOf(actions, fields['action']);
      return action === undefined ? undefined : { type: 'act', action };
    }
    case 'openPassage': {
      const passageId = id(fields['passageId']);
      return passageId === undefined ? undefined : { type: 'openPassage', passageId };
    }
    default:
      return undefined;
  }
}
