import type { Driver } from './driver.js';
import { type Engine, findEngine, WHERE } from './engines.js';
import { openPuppeteer } from './puppeteer.js';
import { openWebkit } from './webkit.js';

/**
 * Starts a browser with one empty page of 1024 x 768.
 *
 * @param options `dark`: the value of `prefers-color-scheme`; light by default
 * @throws Error if the engine is not installed
 */
export function open(engine: Engine, { dark = false }: { dark?: boolean } = {}): Promise<Driver> {
  const path = findEngine(engine);
  if (path === undefined)
    throw new Error(`${engine} is not installed: Debian has it as ${WHERE[engine].packages.join(' and ')}`);
  return engine === 'webkit' ? openWebkit(path, dark) : openPuppeteer(engine, path, dark);
}
