import { beforeAll, describe } from 'vitest';
import type { Driver } from './driver.js';
import { ENGINES, type Engine, findEngine } from './engines.js';
import { open } from './open.js';

/**
 * Runs the same tests in each engine, one after another, each engine started once. An engine that is not installed is skipped, and the
 * output says so; with CI=true in the environment its tests fail.
 *
 * @param body declares the tests; the driver is available while they run
 */
export function inEachBrowser(
  title: string,
  body: (driver: () => Driver, engine: Engine) => void,
  { engines = ENGINES, dark = false }: { engines?: readonly Engine[]; dark?: boolean } = {},
): void {
  for (const engine of engines) {
    const isMissing = findEngine(engine) === undefined && process.env.CI !== 'true';
    if (isMissing) console.warn(`${title}: skipped in ${engine}, which is not installed`);
    describe.skipIf(isMissing)(`${title} [${engine}]`, () => {
      let driver: Driver;
      beforeAll(async () => {
        driver = await open(engine, { dark });
        return () => driver.close();
      });
      body(() => driver, engine);
    });
  }
}
