import type { ConversationSummary } from '../../src/protocol/ask.ts';
import { button } from '../controls.ts';
import { count, element } from '../dom.ts';

export interface KeptActions {
  readonly open: (conversationId: string) => void;
  readonly remove: (conversationId: string) => void;
}

/** The conversations that are kept, newest first, as the extension sends them. */
export function keptList(
  kept: readonly ConversationSummary[],
  currentId: string | undefined,
  actions: KeptActions,
): HTMLElement {
  if (kept.length === 0) return element('p', { class: 'empty' }, 'No conversations yet.');
  return element(
    'ul',
    { class: 'kept-list' },
    ...kept.map((conversation) => {
      const { id, title, startedAt, turns } = conversation;
      return element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            class: 'kept',
            'aria-current': id === currentId ? 'true' : undefined,
            onclick: () => {
              actions.open(id);
            },
          },
          element('span', { class: 'kept-title' }, title),
          element('span', { class: 'kept-facts' }, `${dateOf(startedAt)} · ${count(turns, 'question')}`),
        ),
        button({
          label: 'Remove',
          description: `Remove the conversation “${title}”`,
          icon: 'trash',
          look: 'icon',
          onPress: () => {
            actions.remove(id);
          },
        }).element,
      );
    }),
  );
}

function dateOf(time: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(time);
}
