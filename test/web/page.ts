import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'lowrank';
import { type DecodeOptions, decode } from 'lowrank/decode';
import { comesTrue } from '../browsers/comes-true.js';
import type { Driver } from '../browsers/driver.js';

export const DIST = join(import.meta.dirname, '../../dist');

export const sampleFile = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, `../../samples/${name}.lrk`)));

/** The sample scene, encoded with layers for smaller sizes. */
export function layeredScene(): Uint8Array {
  const scene = decode(sampleFile('scene'));
  return encode({ ...scene, data: Uint8Array.from(scene.data) }, { quality: 90, effort: 1 });
}

/** The SHA-256 of the RGBA samples that Node decodes. */
export const hashOf = (bytes: Uint8Array, options?: DecodeOptions): string =>
  createHash('sha256')
    .update(Uint8Array.from(decode(bytes, options).data))
    .digest('hex');

/** Stores the events of all elements of a page in `log`, as [type, id, detail]; must precede the definition of the element. */
const LOG = `globalThis.log = [];
for (const type of ['load', 'progress', 'error'])
  document.addEventListener(type, ({ target, detail }) => target.localName === 'lowrank-img' &&
    log.push([type, target.id, { ...detail, message: detail?.message }]), true);`;

/** A page with the element, as a module or from the single script, and nothing inline. */
export const pageOf = (
  body: string,
  script = '<script type="module" src="/web/define.js"></script>',
): string =>
  `<!doctype html><html lang="en"><title>Pictures</title><script src="/log.js"></script>${script}<body>${body}`;

export const LOG_FILE = ['/log.js', LOG] as const;

export type Logged = [type: string, id: string, detail: Record<string, number & string>];

/** The events of an element so far. */
export const logOf = async (driver: Driver, id: string): Promise<Logged[]> =>
  (await driver.evaluate<[], Logged[]>('log' as never)).filter(([, of]) => of === id);

/** Waits until an element has loaded or failed; returns its events. */
export async function settled(driver: Driver, id = 'a'): Promise<Logged[]> {
  const isSettled = await comesTrue(
    driver,
    `log.some(([type, of]) => of === '${id}' && type !== 'progress')`,
    60,
  );
  const log = await logOf(driver, id);
  if (isSettled) return log;
  throw new Error(`Neither loaded nor failed: ${JSON.stringify(log)}`);
}

/** Waits until an expression is true in the page. */
export async function until(driver: Driver, expression: string): Promise<void> {
  if (await comesTrue(driver, expression, 60)) return;
  throw new Error(`Never true: ${expression}: ${await driver.evaluate('JSON.stringify(log)')}`);
}

/** What an element shows: the size and the SHA-256 of the samples of its canvas, and whether canvas or fallback is visible. */
export const shown = (driver: Driver, id = 'a') =>
  driver.evaluate(async (name: string) => {
    const { shadowRoot } = document.getElementById(name)!;
    const canvas = shadowRoot!.querySelector('canvas')!;
    const { width, height } = canvas;
    const fallback = !shadowRoot!.querySelector('slot')!.hidden;
    if (!width) return { width, height, fallback, picture: false, hash: '' };
    const copy = new OffscreenCanvas(width, height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    const hash = await crypto.subtle.digest('SHA-256', copy.getImageData(0, 0, width, height).data);
    const hex = [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
    return { width, height, fallback, picture: canvas.getBoundingClientRect().width > 0, hash: hex };
  }, id);
