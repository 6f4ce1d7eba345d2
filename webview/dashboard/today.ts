// The first reading: what today holds, and what there is to do.

import type { ActivityDay, Dashboard, FromDashboard } from '../../src/protocol/dashboard.ts';
import { button, type Button } from '../controls.ts';
import { element } from '../dom.ts';
import { amount, time } from './words.ts';

export interface Today {
  readonly element: HTMLElement;
  readonly show: (dashboard: Dashboard) => void;
}

interface Tile {
  readonly element: HTMLElement;
  readonly say: (figure: string, words: string, note?: string) => void;
}

export function createToday(post: (message: FromDashboard) => void): Today {
  const posting = (message: FromDashboard) => (): void => {
    post(message);
  };
  const review = button({ label: 'Review', look: 'primary', onPress: posting({ type: 'review' }) });
  const read = button({ label: 'Continue reading', look: 'secondary', onPress: posting({ type: 'continue' }) });
  const aim = button({ label: 'Plan for a goal', look: 'secondary', onPress: posting({ type: 'planGoal' }) });
  const next = button({
    label: '',
    look: 'secondary',
    onPress: () => {
      if (nextId !== undefined) post({ type: 'openChapter', chapterId: nextId });
    },
  });
  let nextId: string | undefined;
  const due = tile('Due now', review);
  const minutes = tile('Read today', read);
  const days = tile('Days of study');
  const plan = tile('Goal', aim, next);
  const root = element(
    'section',
    { class: 'today', 'aria-label': 'Today' },
    due.element,
    minutes.element,
    days.element,
    plan.element,
  );
  return {
    element: root,
    show: ({ statistics, due: cards, plan: goal }) => {
      const { daysInARow, rowIsLonger, activeOf30, calendar } = statistics;
      const now = cards.reviews + cards.fresh;
      due.say(amount(now, 'card'), 'due now', dueNote(cards));
      review.element.hidden = now === 0;

      const { readMs } = calendar.at(-1) ?? nothingYet;
      minutes.say(time(readMs), goal ? `read today, of ${time(goal.minutesPerDay * 60_000)}` : 'read today');

      days.say(
        amount(activeOf30, 'day'),
        'of the last 30 with study',
        daysInARow > 1 ? `${rowIsLonger ? 'More than ' : ''}${amount(daysInARow, 'day')} in a row` : undefined,
      );

      nextId = goal?.next?.chapterId;
      if (goal)
        plan.say(goal.title, 'is your goal', goal.next ? `Next: ${goal.next.title}` : 'You have read all of it.');
      else plan.say('No goal yet', 'A goal says what to read next, and what you can leave out.');
      aim.element.hidden = goal !== undefined;
      next.element.hidden = nextId === undefined;
      next.setLabel('Read it');
      if (goal?.next) next.element.setAttribute('aria-label', `Read “${goal.next.title}”`);
    },
  };
}

const nothingYet: Pick<ActivityDay, 'readMs'> = { readMs: 0 };

function dueNote({ reviews, fresh, hasCards }: Dashboard['due']): string | undefined {
  if (!hasCards) return 'Cards come from quiz answers that were wrong, and from words you select in a chapter.';
  if (fresh > 0 && reviews > 0) return `${amount(reviews, 'review')}, ${fresh} new`;
  return undefined;
}

function tile(label: string, ...buttons: readonly Button[]): Tile {
  const figure = element('strong', { class: 'tile-figure' });
  const words = element('span', { class: 'tile-words' });
  const note = element('span', { class: 'tile-note' });
  const root = element(
    'div',
    { class: 'tile', role: 'group', 'aria-label': label },
    element('p', {}, figure, ' ', words),
    note,
    element('div', { class: 'tile-buttons' }, ...buttons.map((each) => each.element)),
  );
  return {
    element: root,
    say: (number, what, more) => {
      figure.textContent = number;
      words.textContent = what;
      note.textContent = more ?? '';
      note.hidden = more === undefined;
    },
  };
}
