// Times in a real VS Code: from the mouse button going down in the window until something stands painted in a page.

import type { Frame, Page } from 'playwright-core';

/** Moments in milliseconds since 1970, by name, as a probe has left them in a frame. */
export type Moments = Readonly<Partial<Record<string, number>>>;

/** A machine that is busy is slow, not broken. */
export const patience = 120_000;

/** Where probes leave their moments: a global of each frame. */
interface Probed {
  moments?: Record<string, number>;
}

/**
 * Has every frame of `page` note when the mouse button goes down in it ("pressed"), and when its document began to load
 * ("loaded"). To be called before the page loads.
 */
export async function notePresses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moments: Record<string, number> = ((globalThis as Probed).moments ??= {});
    addEventListener(
      'mousedown',
      () => {
        moments['pressed'] = Date.now();
      },
      true,
    );
  });
}

/**
 * Has every frame note when elements first match all of `selectors`, and are painted; of a picture, when there is one.
 * VS Code writes a page's document after this has run, which ends observers and animation frames begun before, but not
 * timers. Their 4 ms are part of what is measured.
 */
export async function notePainting(page: Page, name: string, selectors: readonly string[]): Promise<void> {
  await page.addInitScript(
    ([name, selectors]) => {
      const moments: Record<string, number> = ((globalThis as Probed).moments ??= {});
      const timer = setInterval(() => {
        const there = selectors.map((selector) => document.querySelector(selector));
        // A picture may be one that isn't shown at this size of the window.
        if (there.some((one) => !one || (one instanceof HTMLImageElement && one.naturalWidth === 0))) return;
        clearInterval(timer);
        moments['loaded'] = performance.timeOrigin;
        // The second frame begins when the first has been painted.
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            moments[name] = Date.now();
          });
        });
      }, 4);
    },
    [name, selectors] as const,
  );
}

/** Waits until a frame of `page` notes the last of `names` after the mouse button went down. @returns Milliseconds from that, by name. */
export async function untilPainted(page: Page, names: readonly string[]): Promise<Moments> {
  const last = names.at(-1) ?? '';
  for (const end = Date.now() + patience; Date.now() < end;) {
    await page.waitForTimeout(20);
    const pressed = (await momentsOf(page.mainFrame()))['pressed'] ?? NaN;
    for (const frame of page.frames()) {
      const moments = await momentsOf(frame);
      if ((moments[last] ?? NaN) < pressed || moments[last] === undefined) continue;
      return Object.fromEntries([...names, 'loaded'].map((name) => [name, (moments[name] ?? NaN) - pressed]));
    }
  }
  throw new Error(`“${last}” was never painted`);
}

async function momentsOf(frame: Frame): Promise<Moments> {
  return (
    frame
      .evaluate(() => (globalThis as Probed).moments ?? {})
      // It may be gone while it is looked at.
      .catch(() => ({}))
  );
}
