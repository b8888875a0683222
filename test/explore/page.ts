import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Raster } from 'lowrank';
import { readImage } from 'lowrank/node';
import { comesTrue } from '../browsers/comes-true.js';
import type { Driver } from '../browsers/driver.js';

/** The folder of the built page. */
export const PAGE = join(import.meta.dirname, '../../dist/explorer');

export const sha256 = (bytes: Uint8Array | Uint8ClampedArray): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A sample as the encoder in the page receives it. */
export async function sample(name: string): Promise<Raster> {
  return (await readImage(readFileSync(join(PAGE, 'samples', `${name}.png`)))).raster;
}

/** The figures of the page, by name. */
export const figures = (driver: Driver): Promise<Record<string, string>> =>
  driver.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-figure]')].map(of => [
        of.dataset.figure!,
        // Small text beside a figure is another figure.
        of.firstChild!.textContent!,
      ]),
    ),
  );

/** The SHA-256 of the pixels of a canvas. */
export const pixelsOf = (driver: Driver, id: string): Promise<string> =>
  driver.evaluate(async (name: string) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`#${name}`)!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const hash = await crypto.subtle.digest('SHA-256', data);
    return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  }, id);

/** Opens the page again with the settings of a link, by default at the highest rank; it does not play by itself. */
export async function visitPage(driver: Driver, origin: string, hash: string): Promise<void> {
  await driver.goto('about:blank');
  await driver.goto(`${origin}/#${hash}${hash.includes('rank=') ? '' : '&rank=all'}`);
  await untilShown(driver);
}

/** Waits until an expression is true in the page; fails with the expression that never was. */
export async function until(driver: Driver, expression: string, seconds = 90): Promise<void> {
  if (await comesTrue(driver, expression, seconds)) return;
  const state = await driver.evaluate('document.body.innerText.slice(0, 400) + document.body.dataset.state');
  throw new Error(`Never true: ${expression}\n${state}`);
}

const SHOWN = `document.body.dataset.state === 'ready' && document.body.dataset.shown === document.body.dataset.generation && document.querySelector('#atoms li') &&
  /^\\d/.test(document.querySelector('[data-figure=bytes]')?.textContent ?? '') && document.querySelector('#status').textContent.includes('bytes')`;
const PLAYS = "document.querySelector('#play').textContent === 'Pause'";

/** Waits until a picture is encoded and the view is decoded from its file, with its bytes counted. */
export const untilShown = (driver: Driver): Promise<void> => until(driver, SHOWN);

/** The same for a picture that plays by itself once it is open: it is paused, since bytes are counted only at a resting rank. */
export async function untilOpened(driver: Driver): Promise<void> {
  await until(driver, `${PLAYS} || (${SHOWN})`);
  await driver.evaluate(`${PLAYS} && document.querySelector('#play').click()`);
  await untilShown(driver);
}

/** Sets the value of a range input, as its user does with keys or pointer. */
export const setRange = (driver: Driver, id: string, value: number): Promise<void> =>
  driver.evaluate(
    (name: string, to: string) => {
      const input = document.querySelector<HTMLInputElement>(`#${name}`)!;
      input.value = to;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    id,
    String(value),
  );

/** Chooses a rank, and waits until it is shown. */
export async function goToRank(driver: Driver, rank: number): Promise<void> {
  await setRange(driver, 'rank', rank);
  await until(driver, `document.querySelector('[data-figure=rank]').textContent.startsWith('${rank} of')`);
  await untilShown(driver);
}

/** Clicks something that downloads a file, and returns the file. */
export async function download(
  driver: Driver,
  selector: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  await driver.evaluate(() => {
    const of = globalThis as { saved?: unknown; wasCaught?: boolean };
    of.saved = undefined;
    if (of.wasCaught) return;
    of.wasCaught = true;
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob: Blob) => {
      void blob.arrayBuffer().then(buffer => {
        of.saved = [...new Uint8Array(buffer)];
      });
      return createObjectURL.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      document.body.dataset.saved = this.download;
    };
  });
  await driver.click(selector);
  await until(driver, 'globalThis.saved');
  const bytes = Uint8Array.from(await driver.evaluate<[], number[]>('globalThis.saved' as never));
  return { name: await driver.evaluate<[], string>('document.body.dataset.saved' as never), bytes };
}
