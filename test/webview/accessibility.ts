import type { OpenPage } from './harness.ts';

const controls = new Set(['button', 'link', 'radio', 'combobox', 'textbox', 'navigation', 'DisclosureTriangle']);

/** Controls that a screen reader would announce without saying what they are. */
export async function namelessControls({ page }: OpenPage): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter((node) => !node.ignored && controls.has(String(node.role?.value)))
    .filter((node) => !String(node.name?.value ?? '').trim())
    .map((node) => `${String(node.role?.value)} ${node.nodeId}`);
}

/** Elements that make the whole page scroll sideways. */
export async function overflow({ page }: OpenPage): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((element) => element.tagName + '.' + element.getAttribute('class'));
  })()`);
}
