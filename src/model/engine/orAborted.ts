// What is being evaluated can't be interrupted; whoever waits for it can be answered all the same.

/** Resolves like the work, or with `aborted` as soon as the signal aborts. What the work does after that is nobody's concern. */
export async function orAborted<T, A>(work: Promise<T>, signal: AbortSignal, aborted: () => A): Promise<T | A> {
  const mark = Symbol('aborted');
  const { promise, resolve } = Promise.withResolvers<typeof mark>();
  const onAbort = (): void => {
    resolve(mark);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    const first = await Promise.race([work, promise]);
    return first === mark ? aborted() : first;
  } catch (error) {
    if (signal.aborted) return aborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    work.catch(() => undefined);
  }
}
