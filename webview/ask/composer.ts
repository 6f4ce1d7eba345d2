// The question box: what is asked, what it is about, and the button that sends it or stops the answer.

import type { About } from '../../src/protocol/ask.ts';
import { button, textBox } from '../controls.ts';
import { element, icon } from '../dom.ts';

export interface ComposerActions {
  readonly ask: (text: string, about: About | undefined) => void;
  readonly stop: () => void;
  /** Whatever is in the box has changed. */
  readonly changed: (draft: string, about: About | undefined) => void;
}

export interface Composer {
  readonly element: HTMLElement;
  readonly fill: (text: string, about: About | undefined) => void;
  readonly submit: () => void;
  /** While an answer is under way the button stops it, and nothing can be sent. */
  readonly setBusy: (busy: boolean) => void;
  readonly focus: () => void;
}

/** Builds the question box. */
export function composer(actions: ComposerActions): Composer {
  let about: About | undefined;
  let busy = false;
  const chip = element('div', { class: 'about-chip' });
  const box = textBox('Your question', 'Ask about the handbook', () => {
    update();
  });
  const send = button({
    label: 'Send',
    icon: 'send',
    look: 'primary',
    onPress: () => {
      if (busy) actions.stop();
      else submit();
    },
  });

  const update = (): void => {
    send.setEnabled(busy || box.text().trim() !== '');
    actions.changed(box.text(), about);
  };
  const setAbout = (next: About | undefined): void => {
    about = next;
    chip.hidden = !next;
    chip.replaceChildren(...(next ? chipParts(next, removeAbout) : []));
  };
  const removeAbout = (): void => {
    setAbout(undefined);
    update();
    box.focus();
  };
  const submit = (): void => {
    const text = box.text().trim();
    if (busy || text === '') return;
    const asked = about;
    box.setText('');
    setAbout(undefined);
    update();
    actions.ask(text, asked);
  };

  box.element.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && busy) {
      actions.stop();
    }
  });
  setAbout(undefined);
  send.setEnabled(false);

  return {
    element: element(
      'div',
      { class: 'composer', role: 'group', 'aria-label': 'Ask a question' },
      chip,
      box.element,
      element(
        'div',
        { class: 'composer-foot' },
        element('span', { class: 'hint' }, 'Shift+Enter: new line'),
        send.element,
      ),
    ),
    fill: (text, next) => {
      box.setText(text);
      setAbout(next);
      update();
    },
    submit,
    setBusy: (next) => {
      busy = next;
      send.setLabel(busy ? 'Stop' : 'Send', busy ? 'debug-stop' : 'send');
      send.setEnabled(busy || box.text().trim() !== '');
    },
    focus: box.focus,
  };
}

function chipParts(about: About, remove: () => void): Node[] {
  const words = about.text ? `“${about.text}”` : about.chapterTitle;
  const off = button({
    label: 'Remove',
    description: `Don’t ask about ${about.text ? 'these words' : 'this chapter'}`,
    icon: 'close',
    look: 'icon',
    onPress: remove,
  });
  return [
    icon(about.text ? 'quote' : 'book'),
    element(
      'span',
      { class: 'about-words', title: about.text || undefined },
      element('span', { class: 'visually-hidden' }, 'About '),
      words,
      about.text && element('span', { class: 'about-chapter' }, ` ${about.chapterTitle}`),
    ),
    off.element,
  ];
}
