// Asks for the password of a PDF. It goes to pdf.js and nowhere else.

import { button } from '../controls.ts';
import { element } from '../dom.ts';

/** The form; `answer` gets what was typed. */
export function passwordForm(wrong: boolean, answer: (password: string) => void): HTMLElement {
  const input = element('input', {
    type: 'password',
    class: 'find-box',
    'aria-label': 'Password',
    autocomplete: 'off',
    ...(wrong && { 'aria-describedby': 'wrongPassword' }),
  });
  const submit = (): void => {
    if (input.value !== '') answer(input.value);
  };
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  return element(
    'div',
    { class: 'notice-page' },
    element('h2', {}, 'This PDF is locked'),
    element(
      'p',
      {},
      'Type its password to read it. The password is kept nowhere, and the search doesn’t read locked files.',
    ),
    wrong &&
      element('p', { id: 'wrongPassword', class: 'problem', role: 'alert' }, 'That isn’t the password. Try again.'),
    element('div', { class: 'actions' }, input, button({ label: 'Open', look: 'primary', onPress: submit }).element),
  );
}
