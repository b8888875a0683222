import type { Driver } from './driver.js';

/** Milliseconds between two checks, and those after which the page answers in any case: WebDriver waits for at most half a minute. */
const [BETWEEN, LONGEST] = [20, 5000];

/**
 * Waits until an expression is true in the page. The page itself checks: polled from outside it would have less time for its work, and a
 * state that is true only for a moment would be missed.
 *
 * @returns false if it never was true
 * @throws what the expression throws
 */
export async function comesTrue(driver: Driver, expression: string, seconds: number): Promise<boolean> {
  const look = `new Promise((resolve, reject) => {
    const end = Date.now() + ${LONGEST};
    const look = () => {
      try {
        const is = !!(${expression});
        if (is || Date.now() > end) resolve(is);
        else setTimeout(look, ${BETWEEN});
      } catch (error) {
        reject(error);
      }
    };
    look();
  })`;
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; )
    if (await driver.evaluate(look)) return true;
  return false;
}
