// "What the model saw": the passages of the prompt, those that were left out, and how the context was spent.

import type { Seen, SeenPassage } from '../../src/protocol/ask.ts';
import { count, element } from '../dom.ts';
import { budget } from './budget.ts';

/** The fold under an answer. */
export function seenFold(seen: Seen, openPassage: (passageId: string) => void): HTMLElement {
  const { passages, earlierTurns, droppedTurns } = seen;
  const sent = passages.filter(({ number }) => number !== undefined);
  const leftOut = passages.filter(({ number }) => number === undefined);
  const row = (passage: SeenPassage): HTMLElement => passageRow(passage, openPassage);
  return element(
    'details',
    { class: 'fold seen' },
    element('summary', {}, 'What the model saw'),
    element(
      'div',
      { class: 'fold-body' },
      budget(seen),
      earlierTurns + droppedTurns > 0 && element('p', { class: 'turns-seen' }, turnsWords(earlierTurns, droppedTurns)),
      ...(sent.length > 0 ? group(`${count(sent.length, 'passage')} in the prompt`, sent.map(row)) : []),
      ...(leftOut.length > 0 ? group(`${count(leftOut.length, 'passage')} left out`, leftOut.map(row)) : []),
    ),
  );
}

function group(title: string, rows: readonly HTMLElement[]): HTMLElement[] {
  return [
    element('h4', { class: 'label' }, title),
    element('ul', { class: 'seen-list' }, ...rows.map((row) => element('li', {}, row))),
  ];
}

function passageRow(
  { passageId, heading, chapterTitle, number, leftOut, score, tokens }: SeenPassage,
  open: (passageId: string) => void,
): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'seen-passage',
      title: `${chapterTitle}: ${heading}`,
      onclick: () => {
        open(passageId);
      },
    },
    number === undefined ? undefined : element('span', { class: 'number' }, String(number)),
    element('span', { class: 'heading' }, heading),
    element('span', { class: 'chapter' }, chapterTitle),
    element(
      'span',
      { class: 'facts' },
      [`score ${score.toFixed(2)}`, count(tokens, 'token'), ...(leftOut === undefined ? [] : [reasons[leftOut]])].join(
        ' · ',
      ),
    ),
  );
}

function turnsWords(earlier: number, dropped: number): string {
  const remembered =
    earlier === 0 ? 'No earlier turn was' : `${count(earlier, 'earlier turn')} ${earlier === 1 ? 'was' : 'were'}`;
  if (dropped === 0) return `${remembered} in the prompt.`;
  return `${remembered} in the prompt. ${droppedWords(dropped)} Earlier turns may take two fifths of the context; when they pass that, the oldest leave until the others take one fifth.`;
}

/** Says that the model doesn't remember the conversation from its start. */
export function droppedWords(dropped: number): string {
  return dropped === 1
    ? 'The oldest turn of this conversation was left out: the context is full.'
    : `The oldest ${dropped} turns of this conversation were left out: the context is full.`;
}

const reasons: Readonly<Record<NonNullable<SeenPassage['leftOut']>, string>> = {
  'no-room': 'no room in the context',
  'low-score': 'too far from the question',
  'too-many': 'enough others come nearer',
};
