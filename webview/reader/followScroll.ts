/** Calls `paint` while the page is scrolled, at most once a frame, and `rest` when it has come to rest or is hidden. */
export function followScroll(paint: () => void, rest: () => void): void {
  let waiting: number | undefined;
  let painting = false;
  const restNow = (): void => {
    clearTimeout(waiting);
    rest();
  };
  window.addEventListener(
    'scroll',
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(restNow, 400);
      if (painting) return;
      painting = true;
      requestAnimationFrame(() => {
        painting = false;
        paint();
      });
    },
    { passive: true },
  );
  // A hidden page may be thrown away.
  document.addEventListener('visibilitychange', restNow);
}
