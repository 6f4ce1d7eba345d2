import type { CardForm, FromReview } from '../../src/protocol/review.ts';
import { button } from '../controls.ts';
import { element } from '../dom.ts';

/** Words that are being written, and which form they belong to. */
export interface Draft {
  readonly key: string;
  readonly front: string;
  readonly back: string;
}

export interface FormViewParts {
  readonly send: (message: FromReview) => void;
  readonly draft: () => Draft | undefined;
  readonly keepDraft: (draft: Draft) => void;
}

/** The form of a card: both sides as Markdown. */
export function createFormView(parts: FormViewParts): {
  readonly show: (form: CardForm, stage: HTMLElement) => void;
} {
  let form: CardForm | undefined;
  const front = element('textarea', { id: 'front', rows: 4, spellcheck: true, oninput: () => { kept(); } }); // prettier-ignore
  const back = element('textarea', { id: 'back', rows: 8, spellcheck: true, oninput: () => { kept(); } }); // prettier-ignore
  const missing = element('p', { class: 'missing', role: 'alert' });
  const heading = element('h1');
  const whole = element(
    'form',
    {
      class: 'card-form',
      onsubmit: (event) => {
        event.preventDefault();
        save();
      },
    },
    heading,
    element('label', { for: 'front' }, 'Question'),
    front,
    element('label', { for: 'back' }, 'Answer'),
    back,
    element(
      'p',
      { class: 'hint' },
      'Markdown: **bold**, `code`, lists; formulas between dollar signs: $E = mc^2$. Ctrl+Enter saves, Escape cancels.',
    ),
    missing,
    element(
      'div',
      { class: 'actions' },
      button({
        label: 'Save',
        look: 'primary',
        onPress: () => {
          save();
        },
      }).element,
      button({
        label: 'Cancel',
        look: 'secondary',
        onPress: () => {
          parts.send({ type: 'cancel' });
        },
      }).element,
    ),
  );

  const kept = (): void => {
    if (form) parts.keepDraft({ key: form.key, front: front.value, back: back.value });
  };

  const save = (): void => {
    const empty = [front, back].find((side) => side.value.trim() === '');
    missing.textContent = empty ? `Write ${empty === front ? 'a question' : 'an answer'} first.` : '';
    if (empty) empty.focus();
    else if (form)
      parts.send({
        type: 'save',
        ...(form.id !== undefined && { cardId: form.id }),
        front: front.value,
        back: back.value,
      });
  };

  whole.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape') parts.send({ type: 'cancel' });
    else return;
    event.preventDefault();
  });

  return {
    show: (next, stage) => {
      if (form?.key === next.key && whole.isConnected) return;
      form = next;
      const draft = parts.draft();
      const words = draft?.key === next.key ? draft : next;
      heading.textContent = next.id === undefined ? 'New card' : 'Edit the card';
      front.value = words.front;
      back.value = words.back;
      missing.textContent = '';
      stage.replaceChildren(whole);
      (front.value === '' || back.value !== '' ? front : back).focus();
    },
  };
}
