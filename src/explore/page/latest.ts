/** A function that runs one call at a time; of the calls that come meanwhile only the last follows. */
export function latest<A extends unknown[]>(run: (...args: A) => Promise<void>): (...args: A) => void {
  let isRunning = false;
  let next: A | undefined;
  return async function ask(...args: A) {
    if (isRunning) {
      next = args;
      return;
    }
    isRunning = true;
    try {
      for (let now: A | undefined = args; now; ) {
        next = undefined;
        await run(...now);
        now = next as A | undefined;
      }
    } finally {
      isRunning = false;
    }
  };
}
