import { element, icon } from '../dom.ts';

/** What an empty conversation shows. */
export function startScreen(suggestions: readonly string[], ask: (question: string) => void): HTMLElement {
  return element(
    'section',
    { class: 'start' },
    element(
      'p',
      {},
      'Ask anything about the handbook: the answer comes from its chapters, and each sentence links to its source.',
    ),
    suggestions.length > 0 && element('h2', { class: 'label' }, 'For example'),
    ...suggestions.map((suggestion) =>
      element(
        'button',
        {
          type: 'button',
          class: 'suggestion',
          onclick: () => {
            ask(suggestion);
          },
        },
        icon('comment'),
        element('span', {}, suggestion),
      ),
    ),
  );
}
