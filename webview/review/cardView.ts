import type { FromReview, Rating, ShownCard } from '../../src/protocol/review.ts';
import { button } from '../controls.ts';
import { element, fromBuild } from '../dom.ts';

export interface CardViewParts {
  /** Sends a step; the page waits for what comes of it. */
  readonly send: (message: FromReview) => void;
  /** Sends what changes nothing here. */
  readonly post: (message: FromReview) => void;
  readonly isOpen: (key: string) => boolean;
  readonly setOpen: (key: string | undefined) => void;
}

export interface CardView {
  readonly show: (card: ShownCard, stage: HTMLElement) => void;
  /** What a key does on a card; whether it did something. */
  readonly press: (key: string) => boolean;
  /** The buttons for what is done to a card beside grading it. */
  readonly tools: HTMLElement;
}

const grades: readonly { readonly rating: Rating; readonly name: string }[] = [
  { rating: 1, name: 'Again' },
  { rating: 2, name: 'Hard' },
  { rating: 3, name: 'Good' },
  { rating: 4, name: 'Easy' },
];

/** A card: its question, and on request its answer with four buttons. */
export function createCardView(parts: CardViewParts): CardView {
  let card: ShownCard | undefined;
  let open = false;
  let since = 0;
  /** The learner is editing the card in front of them: its answer stays open. */
  let editing = false;

  const state = element('p', { class: 'label' });
  const front = element('div', { class: 'side blocks' });
  const question = element('section', { class: 'question', tabindex: -1, 'aria-label': 'Question' }, front);
  const back = element('div', { class: 'side blocks' });
  const link = element('button', {
    class: 'passage-link',
    type: 'button',
    onclick: () => {
      if (card?.passage) parts.post({ type: 'openPassage', passageId: card.passage.passageId });
    },
  });
  const answer = element('section', { class: 'answer', tabindex: -1, 'aria-label': 'Answer' }, back, link);
  const reveal = button({
    label: 'Show the answer',
    look: 'primary',
    onPress: () => {
      openAnswer();
    },
  });
  reveal.element.setAttribute('aria-keyshortcuts', 'Space');
  const gradeButtons = grades.map(({ rating, name }) => {
    const interval = element('span', { class: 'interval' });
    const made = element(
      'button',
      {
        class: `grade grade-${rating}`,
        type: 'button',
        'aria-keyshortcuts': rating,
        onclick: () => {
          grade(rating);
        },
      },
      element('kbd', { 'aria-hidden': 'true' }, String(rating)),
      element('span', { class: 'grade-name' }, name),
      interval,
    );
    return { rating, element: made, interval };
  });
  const gradeRow = element(
    'div',
    { class: 'grades', role: 'group', 'aria-label': 'How well did you know it?' },
    ...gradeButtons.map((one) => one.element),
  );
  const row = element('div', { class: 'answer-row' }, reveal.element, gradeRow);
  const whole = element('article', { class: 'card' }, state, question, answer);

  const edit = button({
    label: 'Edit',
    icon: 'edit',
    look: 'secondary',
    onPress: () => {
      startEditing();
    },
  });
  edit.element.title = 'Edit this card (e)';
  edit.element.setAttribute('aria-keyshortcuts', 'e');
  const suspend = button({
    label: 'Suspend',
    icon: 'debug-pause',
    look: 'secondary',
    onPress: () => {
      suspendCard();
    },
  });
  suspend.element.title = 'Don’t ask this card until it is resumed (s)';
  suspend.element.setAttribute('aria-keyshortcuts', 's');
  const tools = element('div', { class: 'card-tools' }, edit.element, suspend.element);

  const keyOf = ({ id, revision }: ShownCard): string => `${id} ${revision}`;

  const paintOpen = (): void => {
    answer.hidden = !open;
    gradeRow.hidden = !open;
    reveal.element.hidden = open;
    whole.classList.toggle('open', open);
  };

  const openAnswer = (): void => {
    if (!card || open) return;
    open = true;
    parts.setOpen(keyOf(card));
    paintOpen();
    answer.focus({ preventScroll: true });
    gradeRow.scrollIntoView({ block: 'nearest' });
  };

  const grade = (rating: Rating): void => {
    if (!card || !open) return;
    parts.send({
      type: 'grade',
      cardId: card.id,
      revision: card.revision,
      rating,
      ms: Math.round(performance.now() - since),
    });
  };

  const startEditing = (): void => {
    if (!card) return;
    editing = open;
    parts.post({ type: 'edit', cardId: card.id });
  };

  const suspendCard = (): void => {
    if (card) parts.send({ type: 'suspend', cardId: card.id, revision: card.revision });
  };

  return {
    tools,
    show: (next, stage) => {
      const isNew = card?.id !== next.id || card.revision !== next.revision;
      const stays = card?.id === next.id && editing;
      editing = false;
      const wasThere = whole.isConnected;
      if (isNew || !wasThere) {
        open = stays || parts.isOpen(keyOf(next));
        if (open) parts.setOpen(keyOf(next));
        if (card?.id !== next.id || isNew) since = performance.now();
        fromBuild(front, next.frontHtml);
        fromBuild(back, next.backHtml);
        state.textContent = next.state;
        link.textContent = next.passage ? `Read it in “${next.passage.title}”` : '';
        link.hidden = !next.passage;
      }
      card = next;
      for (const { rating, interval } of gradeButtons) interval.textContent = next.intervals[rating];
      if (!wasThere) stage.replaceChildren(whole, row);
      paintOpen();
      if (isNew || !wasThere) (open ? answer : question).focus({ preventScroll: true });
      if (isNew) whole.scrollIntoView({ block: 'nearest' });
    },
    press: (key) => {
      const rated = grades.find(({ rating }) => key === String(rating))?.rating;
      if ((key === ' ' || key === 'enter') && !open) openAnswer();
      else if (rated !== undefined && open) grade(rated);
      else if (key === 'e') startEditing();
      else if (key === 's' || key === '@') suspendCard();
      else return false;
      return true;
    },
  };
}
