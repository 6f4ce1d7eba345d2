// Small words for building pages. Text is always set as text; HTML comes only from our own build, through `fromBuild`.

type AttributeValue = string | number | boolean | undefined | ((event: Event) => void);
type Child = Node | string | undefined | false;

/**
 * Makes an element. Attributes that are `undefined` or `false` are left out, `true` is an empty attribute, and a function
 * listens to the event its name gives (`onclick`).
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A codicon, hidden from screen readers: the words beside it say the same. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** Puts HTML that our own build made into `target`. Nothing else may go through here. */
export function fromBuild<E extends Element>(target: E, html: string): E {
  target.innerHTML = html;
  return target;
}

/** "1 source", "3 sources". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** True if the learner asked for less movement, in the system or in VS Code. */
export function reducedMotion(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion')
  );
}

/** Calls `then` when what is in the page now has been painted: the second frame begins when the first has been. */
export function oncePainted(then: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(then);
  });
}

/** Does `work` once what is in the page now has been painted, so that nobody waits for it. */
export function inQuiet(work: () => void): void {
  oncePainted(() => {
    setTimeout(work);
  });
}
