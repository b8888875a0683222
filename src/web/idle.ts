/** Milliseconds that work may take before the page has its turn again. */
const SLICE = 8;

/** Runs a generator in the idle time of a page: slices in a row as long as they are short. Gives what it returns. */
export async function inIdleTime<T>(slices: Iterator<unknown, T>): Promise<T> {
  for (;;) {
    await new Promise<unknown>(resolve =>
      // Safari has no idle time.
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
