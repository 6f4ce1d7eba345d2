import { element } from '../dom.ts';

/** Rows under headings; the first column names the row. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table of words and numbers. */
export function dataTable(name: string, { columns, rows }: Table): HTMLElement {
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, name),
    element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column)))),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...cells]) =>
        element('tr', {}, element('th', { scope: 'row' }, first), ...cells.map((cell) => element('td', {}, cell))),
      ),
    ),
  );
}
