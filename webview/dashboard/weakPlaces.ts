// What the learner gets wrong most, with the way back to it.

import type { Answers, FromDashboard, WeakRow } from '../../src/protocol/dashboard.ts';
import { element } from '../dom.ts';
import { amount, percent } from './words.ts';

export interface WeakPlaces {
  readonly element: HTMLElement;
  readonly show: (rows: readonly WeakRow[]) => void;
}

/** A table, weakest first; a bar in each row shows the chance that its number tells. */
export function createWeakPlaces(title: string, none: string, post: (message: FromDashboard) => void): WeakPlaces {
  const heading = element('h2', {}, title);
  const summary = element('p', { class: 'summary' });
  const place = element('div', { class: 'weak' });
  const root = element('section', { class: 'figure', 'aria-label': title }, heading, summary, place);
  let shown: string | undefined;
  return {
    element: root,
    show: (rows) => {
      const text = JSON.stringify(rows);
      if (text === shown) return;
      shown = text;
      const focused = focusedIn(place);
      summary.classList.toggle('empty', rows.length === 0);
      summary.textContent =
        rows.length === 0
          ? none
          : 'By your quiz answers and forgotten cards of the last half year. Few answers count for less.';
      place.replaceChildren(...(rows.length === 0 ? [] : [table(title, rows, post)]));
      if (focused !== undefined) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

function table(title: string, rows: readonly WeakRow[], post: (message: FromDashboard) => void): HTMLElement {
  const head = ['Place', 'Chance to be wrong', 'Answers'].map((words) => element('th', { scope: 'col' }, words));
  return element(
    'table',
    {},
    element('caption', { class: 'visually-hidden' }, title),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.map((row) => tableRow(row, post))),
  );
}

function tableRow(row: WeakRow, post: (message: FromDashboard) => void): HTMLElement {
  const { chapterId, passageId, title, inChapter, chance, canQuiz } = row;
  const bar = element('span', { class: 'chance-bar', 'aria-hidden': 'true' });
  bar.style.width = `${Math.round(chance * 100)}%`;
  const key = passageId ?? chapterId;
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      link(`read/${key}`, title, `Read “${title}”`, () => {
        post(passageId === undefined ? { type: 'openChapter', chapterId } : { type: 'openPassage', passageId });
      }),
      inChapter !== undefined && element('span', { class: 'note' }, inChapter),
    ),
    element('td', { class: 'chance' }, element('span', { class: 'chance-number' }, percent(chance)), bar),
    element(
      'td',
      {},
      element('span', { class: 'note' }, answered(row)),
      canQuiz &&
        link(`quiz/${key}`, 'Quiz me', `Quiz me on “${inChapter ?? title}”`, () => {
          post({ type: 'quiz', chapterId });
        }),
    ),
  );
}

function answered({ quiz, cards }: WeakRow): string {
  const of = ({ wrong, all }: Answers, what: string, how: string): string[] =>
    all > 0 ? [`${wrong} of ${amount(all, what)} ${how}`] : [];
  return [...of(quiz, 'quiz answer', 'wrong'), ...of(cards, 'review', 'forgotten')].join('; ');
}

function link(key: string, words: string, description: string, onPress: () => void): HTMLElement {
  return element(
    'button',
    { class: 'link', 'data-key': key, title: description, 'aria-label': description, onclick: onPress },
    words,
  );
}

function focusedIn(place: Element): string | undefined {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && place.contains(focused) ? focused.dataset['key'] : undefined;
}
