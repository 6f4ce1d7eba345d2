import { stalled } from './downloadError.ts';

/** Aborts when the caller does, or when `alive` isn't called for so long. */
export function watchStall(
  signal: AbortSignal,
  stallMs: number,
  host: string,
): { readonly signal: AbortSignal; readonly alive: () => void; readonly dispose: () => void } {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(stalled(host, stallMs));
  }, stallMs);
  return {
    signal: AbortSignal.any([signal, silence.signal]),
    alive: () => {
      timer.refresh();
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
