import type { ActionButton, FromModelPage, ModelPageAction } from '../../src/protocol/modelPage.ts';
import { button, type Button } from '../controls.ts';
import { element } from '../dom.ts';

export interface Actions {
  readonly element: HTMLElement;
  readonly show: (buttons: readonly ActionButton[]) => void;
}

/** A row of buttons; one that stays keeps its place in the page, and with it the focus. */
export function createActions(post: (message: FromModelPage) => void): Actions {
  const row = element('div', { class: 'actions' });
  const made = new Map<ModelPageAction, Button>();
  return {
    element: row,
    show: (buttons) => {
      const wanted = new Set(buttons.map(({ action }) => action));
      for (const [action, each] of made) {
        if (wanted.has(action)) continue;
        each.element.remove();
        made.delete(action);
      }
      buttons.forEach(({ action, label, primary }, index) => {
        let each = made.get(action);
        if (!each) {
          each = button({
            label,
            look: primary === true ? 'primary' : 'secondary',
            onPress: () => {
              post({ type: 'act', action });
            },
          });
          made.set(action, each);
        } else {
          each.setLabel(label);
          each.element.setAttribute('appearance', primary === true ? 'primary' : 'secondary');
        }
        if (row.children[index] !== each.element) row.insertBefore(each.element, row.children[index] ?? null);
      });
    },
  };
}
