import type { CancellationToken } from 'vscode';

/** Aborted when the token is cancelled. */
export function signalOf(token: CancellationToken): AbortSignal {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  else {
    token.onCancellationRequested(() => {
      stop.abort();
    });
  }
  return stop.signal;
}
