// Tells when the chapter is really being read: the page is in view, it has the focus, and something moved lately.

/** How often the page says that it is being read, and how long a reader may sit still over a screenful. */
export const readingTimes = { pingMs: 15_000, stillMs: 75_000 };

export interface Reading {
  /** Another chapter is shown. */
  readonly show: (chapterId: string) => void;
}

/** Calls `post` whenever reading starts and stops, and every few seconds while it lasts. */
export function followReading(post: (chapterId: string, reading: boolean) => void): Reading {
  let chapterId: string | undefined;
  let movedAt = performance.now();
  let pinging: number | undefined;

  const isRead = (): boolean =>
    document.visibilityState === 'visible' && document.hasFocus() && performance.now() - movedAt < readingTimes.stillMs;

  const stop = (): void => {
    if (pinging === undefined) return;
    clearInterval(pinging);
    pinging = undefined;
    if (chapterId !== undefined) post(chapterId, false);
  };
  const look = (): void => {
    if (!isRead()) {
      stop();
    } else if (pinging === undefined && chapterId !== undefined) {
      post(chapterId, true);
      pinging = setInterval(() => {
        if (!isRead()) stop();
        else if (chapterId !== undefined) post(chapterId, true);
      }, readingTimes.pingMs);
    }
  };
  const moved = (): void => {
    movedAt = performance.now();
    if (pinging === undefined) look();
  };

  const listening = { passive: true, capture: true };
  for (const kind of ['scroll', 'wheel', 'pointermove', 'pointerdown', 'keydown', 'touchmove'] as const) {
    window.addEventListener(kind, moved, listening);
  }
  document.addEventListener('selectionchange', moved);
  window.addEventListener('focus', moved);
  window.addEventListener('blur', look);
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', stop);

  return {
    show: (next) => {
      if (next === chapterId) return;
      stop();
      chapterId = next;
      moved();
    },
  };
}
