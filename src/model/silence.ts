// Tells when something that is waited for gives no sign of life. Silence is counted in ticks that really ran, not by the
// clock: a machine that slept for an hour, or a window whose own event loop was busy, has heard nothing and missed nothing.

export interface SilenceOptions {
  /** So long without a sign, in milliseconds, is too long. */
  readonly limitMs: number;
  /** Whether there is anything to wait for; silence isn't counted otherwise. */
  readonly isWaiting: () => boolean;
  /** Called at each tick while waiting: the time to ask for a sign. */
  readonly onTick?: () => void;
  /** Called once. Nothing is watched after it. */
  readonly onSilent: () => void;
}

export interface SilenceWatch {
  /** Life was seen. */
  readonly sign: () => void;
  readonly dispose: () => void;
}

const ticksToSilence = 8;

export function watchSilence({ limitMs, isWaiting, onTick, onSilent }: SilenceOptions): SilenceWatch {
  let silentTicks = 0;
  const timer = setInterval(
    () => {
      if (!isWaiting()) {
        silentTicks = 0;
        return;
      }
      silentTicks++;
      if (silentTicks > ticksToSilence) {
        clearInterval(timer);
        onSilent();
        return;
      }
      onTick?.();
    },
    Math.max(1, limitMs / ticksToSilence),
  );
  timer.unref();
  return {
    sign: () => {
      silentTicks = 0;
    },
    dispose: () => {
      clearInterval(timer);
    },
  };
}
