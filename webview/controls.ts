// The only file that knows the control library, @vscode/webview-ui-toolkit. Its repository is archived: when a control
// breaks, replace it here, and the pages won't notice.

import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
} from '@vscode/webview-ui-toolkit';
import { element, icon } from './dom.ts';

const system = provideVSCodeDesignSystem();
const known = new Set<unknown>();

/** Tells the browser of a control when a page first makes one: a page is built with the controls that it uses, and no others. */
function need(control: () => Parameters<typeof system.register>[number]): void {
  if (known.has(control)) return;
  known.add(control);
  system.register(control());
}

export interface ButtonOptions {
  readonly label: string;
  /** Read out instead of the label, where the label alone doesn't say what the button acts on. */
  readonly description?: string;
  readonly icon?: string;
  /** 'icon' shows the icon alone; the label becomes its name and tooltip. */
  readonly look: 'primary' | 'secondary' | 'icon';
  readonly onPress: () => void;
}

export interface Button {
  readonly element: HTMLElement;
  readonly setEnabled: (enabled: boolean) => void;
  /** Changes what the button says, keeping the focus on it. */
  readonly setLabel: (label: string, icon?: string) => void;
}

/** A push button. */
export function button(options: ButtonOptions): Button {
  need(vsCodeButton);
  const made = element('vscode-button' as 'button', {
    appearance: options.look,
    'aria-label': options.description ?? (options.look === 'icon' ? options.label : undefined),
    title: options.look === 'icon' ? options.label : undefined,
    onclick: () => {
      if (!made.hasAttribute('disabled')) options.onPress();
    },
  });
  const setLabel = (label: string, iconName?: string): void => {
    if (options.look === 'icon') {
      made.replaceChildren(...(iconName ? [icon(iconName)] : []));
      made.setAttribute('aria-label', label);
      made.title = label;
      return;
    }
    const start = iconName ? icon(iconName) : undefined;
    start?.setAttribute('slot', 'start');
    made.replaceChildren(...(start ? [start] : []), label);
  };
  setLabel(options.label, options.icon);
  // An icon button's longer description wins over its label.
  if (options.description) made.setAttribute('aria-label', options.description);
  return {
    element: made,
    setEnabled: (enabled) => {
      made.toggleAttribute('disabled', !enabled);
    },
    setLabel,
  };
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

export interface Dropdown<T extends string> {
  readonly element: HTMLElement;
  readonly set: (value: T) => void;
  /** Whether a choice can be made; `reason` says why not. */
  readonly setEnabled: (value: T, enabled: boolean, reason: string) => void;
  /** Whether there is anything to choose at all. */
  readonly setUsable: (usable: boolean) => void;
}

/** One of a few values. `opens` where there is room for the list. */
export function dropdown<T extends string>(
  label: string,
  choices: readonly Choice<T>[],
  value: T,
  onChange: (value: T) => void,
  opens: 'above' | 'below' = 'below',
): Dropdown<T> {
  need(vsCodeDropdown);
  need(vsCodeOption);
  const made = element('vscode-dropdown' as 'select', { 'aria-label': label, position: opens });
  const options = new Map(
    choices.map((choice) => [
      choice.value,
      element('vscode-option' as 'option', { value: choice.value, selected: choice.value === value }, choice.label),
    ]),
  );
  made.append(...options.values());
  let current = value;
  made.addEventListener('change', () => {
    const chosen = choices.find((choice) => choice.value === made.value);
    if (!chosen || chosen.value === current) return;
    current = chosen.value;
    onChange(current);
  });
  return {
    element: made,
    set: (next) => {
      current = next;
      // Before the control knows its options, their attributes are what counts.
      for (const [which, option] of options) option.toggleAttribute('selected', which === next);
      made.value = next;
    },
    setEnabled: (which, enabled, reason) => {
      const option = options.get(which);
      if (!option) return;
      option.toggleAttribute('disabled', !enabled);
      option.title = enabled ? '' : reason;
    },
    setUsable: (usable) => {
      made.toggleAttribute('disabled', !usable);
    },
  };
}

export interface TextBox {
  readonly element: HTMLElement;
  readonly text: () => string;
  readonly setText: (text: string) => void;
  readonly setPlaceholder: (placeholder: string) => void;
  readonly focus: () => void;
}

/** A text box of several lines, growing with its text. */
export function textBox(label: string, placeholder: string, onInput: (text: string) => void): TextBox {
  need(vsCodeTextArea);
  // The control names itself after its content, whatever `aria-label` says; the style sheet hides the words.
  const made = element('vscode-text-area' as 'textarea', { placeholder, rows: 2, resize: 'none' }, label);
  made.addEventListener('input', () => {
    onInput(made.value);
  });
  return {
    element: made,
    text: () => made.value,
    setText: (text) => {
      made.value = text;
    },
    setPlaceholder: (next) => {
      made.setAttribute('placeholder', next);
    },
    focus: () => {
      made.focus();
    },
  };
}

/** Says "working" without words; put words beside it. */
export function progressRing(): HTMLElement {
  need(vsCodeProgressRing);
  return element('vscode-progress-ring' as 'span', { 'aria-hidden': 'true' });
}
