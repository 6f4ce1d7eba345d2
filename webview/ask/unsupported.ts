import { element } from '../dom.ts';

const meaning = 'No passage carries this sentence';

/** What follows a sentence that no passage carries. */
export function unsupportedMark(): HTMLElement {
  return element(
    'span',
    { class: 'no-source', title: meaning },
    element('span', { 'aria-hidden': 'true' }, '?'),
    element('span', { class: 'visually-hidden' }, ' (no source) '),
  );
}

/** Says what the marks mean, once under an answer that has some. */
export function unsupportedLegend(): HTMLElement {
  return element(
    'p',
    { class: 'legend' },
    element('span', { class: 'no-source', 'aria-hidden': 'true' }, '?'),
    element('span', {}, 'No passage carries the dotted sentences. Check them before you rely on them.'),
  );
}
