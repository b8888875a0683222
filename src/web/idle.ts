/** Milliseconds of work before the page gets its turn again. */
const SLICE = 8;

/** Runs a generator in a page's idle time: slices in a row while they are short. Returns its result. */
export async function inIdleTime<T>(slices: Iterator<unknown, T>): Promise<T> {
  for (;;) {
    await new Promise<unknown>(resolve =>
      // Safari has no idle callbacks.
      'requestIdleCallback' in globalThis
        ? requestIdleCallback(resolve, { timeout: 100 })
        : setTimeout(resolve),
    );
    for (const end = performance.now() + SLICE; performance.now() < end; ) {
      const { done, value } = slices.next();
      if (done) return value;
    }
  }
}
