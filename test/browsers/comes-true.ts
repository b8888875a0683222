import type { Driver } from './driver.js';

/** Milliseconds between two looks, and those after which a page answers in any case: WebDriver waits for no longer than half a minute. */
const [BETWEEN, LONGEST] = [20, 5000];

/**
 * Waits until an expression is true in the page. The page itself looks: asked from outside, over and over, it would have less time for what is waited for, and
 * what is true for a moment would be missed.
 *
 * @returns false where it never was
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
