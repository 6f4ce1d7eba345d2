// When the model's process ends.

export interface Circumstances {
  /** Connected windows. */
  readonly windows: number;
  /** Whether any window was ever connected. */
  readonly hadWindow: boolean;
  /** Whether the window that started the process still runs, connected or not. */
  readonly parentLives: boolean;
  readonly model: 'loading' | 'ready' | 'failed';
  /** Whether a window that looks for this process would find it. */
  readonly canBeFound: boolean;
}

/**
 * A window that is connected keeps the process. Without one it stays for the idle time, so that a question soon after
 * finds the model loaded; but not if nobody can come back: the window that started it is gone, or the way to it is. A
 * model that nobody waits for any more isn't loaded to its end. The window that started it is given the time to come in.
 */
export function nextEnd(circumstances: Circumstances): 'stay' | 'when idle' | 'now' {
  const { windows, hadWindow, parentLives, model, canBeFound } = circumstances;
  if (windows > 0) return 'stay';
  if (!parentLives) return 'now';
  if (hadWindow && (!canBeFound || model !== 'ready')) return 'now';
  return 'when idle';
}
