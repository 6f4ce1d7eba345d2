// The keys of the reader page.

export interface KeyActions {
  /** What Alt does with a key, told by its place on the keyboard: with Alt, letters are others on some. */
  readonly alt: Readonly<Record<string, () => void>>;
  /** Each returns whether it did something. */
  readonly previous: () => boolean;
  readonly next: () => boolean;
  readonly escape: () => boolean;
}

/** Listens to the keys of the page; what the learner types into a text box is left alone. */
export function listenToKeys({ alt, previous, next, escape }: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest('vscode-text-area') !== null) return;
    // Where brackets need AltGr, the browser reports Ctrl and Alt with them.
    const plain = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey);
    const act = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey ? alt[event.code] : undefined;
    if (act) act();
    else if (event.key === '[' && plain) {
      if (!previous()) return;
    } else if (event.key === ']' && plain) {
      if (!next()) return;
    } else if (event.key !== 'Escape' || !escape()) return;
    event.preventDefault();
  });
}
