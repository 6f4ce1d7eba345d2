import type { ConversationSummary } from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { element } from '../dom.ts';
import { keptList, type KeptActions } from './keptList.ts';

export interface KeptPanel {
  readonly element: HTMLElement;
  /** Opens and closes it. */
  readonly button: HTMLElement;
  readonly show: (kept: readonly ConversationSummary[], currentId: string | undefined) => void;
  readonly close: () => void;
}

/** The list of kept conversations, folded away behind its button. */
export function keptPanel(actions: KeptActions): KeptPanel {
  const panel = element('section', { id: 'keptPanel', class: 'kept-panel', 'aria-label': 'Kept conversations' });
  const opener = button({
    label: 'Conversations',
    icon: 'history',
    look: 'icon',
    onPress: () => {
      toggle(panel.hasAttribute('hidden'));
    },
  });
  const focusFirst = (): void => panel.querySelector<HTMLElement>('button')?.focus();
  const toggle = (open: boolean): void => {
    panel.hidden = !open;
    opener.element.setAttribute('aria-expanded', String(open));
    if (open) focusFirst();
  };
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    toggle(false);
    opener.element.focus();
  });
  toggle(false);
  return {
    element: panel,
    button: opener.element,
    show: (kept, currentId) => {
      const hadFocus = panel.contains(document.activeElement);
      panel.replaceChildren(
        keptList(kept, currentId, {
          open: (id) => {
            toggle(false);
            actions.open(id);
          },
          remove: actions.remove,
        }),
      );
      if (hadFocus) focusFirst();
    },
    close: () => {
      toggle(false);
    },
  };
}
