// The links of a chapter carry ids, not addresses. Without `href`, neither the browser nor VS Code follows them: what a
// link does is decided here and carried out by the extension.

export interface LinkActions {
  readonly chapter: (chapterId: string, anchor: string | undefined, beside: boolean) => void;
  readonly resource: (resourceId: string) => void;
  readonly address: (url: string) => void;
}

const anyLink = 'a[data-chapter], a[data-resource], a[data-href]';

/** Makes the links in `root` reachable and readable as links, with a tooltip saying where they lead. */
export function prepareLinks(root: Element): void {
  for (const link of root.querySelectorAll<HTMLElement>(anyLink)) {
    link.removeAttribute('href');
    link.tabIndex = 0;
    link.setAttribute('role', 'link');
    const address = link.dataset['href'];
    if (address !== undefined) link.title = address;
  }
}

/** Follows the links in `root`, whenever they are added. */
export function followLinks(root: HTMLElement, actions: LinkActions): void {
  const follow = (event: MouseEvent | KeyboardEvent, beside: boolean): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>(anyLink) : null;
    if (!link) return;
    event.preventDefault();
    const { chapter, anchor, resource, href } = link.dataset;
    if (chapter !== undefined) actions.chapter(chapter, anchor, beside);
    else if (resource !== undefined) actions.resource(resource);
    else if (href !== undefined) actions.address(href);
  };
  root.addEventListener('click', (event) => {
    follow(event, event.ctrlKey || event.metaKey);
  });
  root.addEventListener('auxclick', (event) => {
    if (event.button === 1) follow(event, true);
  });
  root.addEventListener('mousedown', (event) => {
    // The middle button would start scrolling on some systems.
    if (event.button === 1 && event.target instanceof Element && event.target.closest(anyLink)) event.preventDefault();
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') follow(event, event.ctrlKey || event.metaKey);
  });
}
