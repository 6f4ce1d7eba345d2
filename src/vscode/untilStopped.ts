/**
 * The values of `source` until `signal` is aborted; then it ends at once, even while the source is still thinking about
 * its first value. The source is told to clean up, but not waited for.
 */
export async function* untilStopped<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  let stop = (): void => undefined;
  const stopped = new Promise<'stopped'>((resolve) => {
    stop = () => {
      resolve('stopped');
    };
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let ended = false;
  try {
    for (;;) {
      const next = await Promise.race([stopped, iterator.next()]);
      if (next === 'stopped') return;
      if (next.done) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    if (!ended) {
      // What a stopped source still has to say or complain about interests nobody.
      Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
  }
}
