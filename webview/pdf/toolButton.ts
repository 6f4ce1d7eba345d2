// The buttons of the bars. The control library's don't tell a screen reader that they are pressed or what they open.

import { element, icon } from '../dom.ts';

/** A button that shows an icon alone; `keys` do the same. */
export function toolButton(label: string, iconName: string, onPress: () => void, keys?: string): HTMLButtonElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': label,
      title: keys === undefined ? label : `${label} (${keys})`,
      onclick: onPress,
    },
    icon(iconName),
  );
}
