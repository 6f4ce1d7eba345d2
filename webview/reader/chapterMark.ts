import type { ChapterState } from '../../src/protocol/reader.ts';
import { element, icon } from '../dom.ts';
import { chapterMarks, chapterStateOrder } from './marks.ts';

export interface ChapterMark {
  readonly element: HTMLElement;
  readonly set: (state: ChapterState) => void;
}

/** The control that says how far the learner is with the chapter: three radio buttons in one bar. */
export function chapterMark(state: ChapterState, onChange: (state: ChapterState) => void): ChapterMark {
  const choices = chapterStateOrder.map((value) => {
    const input = element('input', {
      type: 'radio',
      name: 'chapterMark',
      value,
      class: 'visually-hidden',
      onchange: () => {
        onChange(value);
      },
    });
    input.checked = value === state;
    const { icon: iconName, label } = chapterMarks[value];
    return { value, input, element: element('label', { class: 'mark' }, input, icon(iconName), label) };
  });
  return {
    element: element(
      'fieldset',
      { class: 'chapter-mark' },
      element('legend', { class: 'visually-hidden' }, 'Your progress with this chapter'),
      ...choices.map((choice) => choice.element),
    ),
    set: (next) => {
      for (const choice of choices) choice.input.checked = choice.value === next;
    },
  };
}
