import type { ModelRow, MemoryPart } from '../../src/protocol/modelPage.ts';
import { element, icon } from '../dom.ts';

/** Rows of label, value and what the value means, with the place in the handbook that teaches it. */
export function rowTable(
  name: string,
  rows: readonly (ModelRow | MemoryPart)[],
  openPassage: (passageId: string) => void,
): HTMLElement {
  return element(
    'table',
    { 'aria-label': name },
    element(
      'tbody',
      {},
      ...rows.map((row) =>
        element(
          'tr',
          {},
          element(
            'th',
            { scope: 'row' },
            'kind' in row && element('span', { class: `swatch ${row.kind}`, 'aria-hidden': 'true' }),
            row.label,
          ),
          element(
            'td',
            {},
            element('span', { class: 'value' }, row.value),
            row.note !== undefined && element('span', { class: 'note' }, row.note),
          ),
          element('td', { class: 'taught' }, row.taught && taughtLink(row.taught, row.label, openPassage)),
        ),
      ),
    ),
  );
}

function taughtLink(
  { passageId, title }: NonNullable<ModelRow['taught']>,
  label: string,
  openPassage: (passageId: string) => void,
): HTMLElement {
  return element(
    'button',
    {
      class: 'taught-link',
      'data-passage': `${label}/${passageId}`,
      title: `Read about it in “${title}”`,
      'aria-label': `${label}: read about it in “${title}”`,
      onclick: () => {
        openPassage(passageId);
      },
    },
    icon('book'),
    element('span', { class: 'taught-title' }, title),
  );
}
