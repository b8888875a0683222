import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { decode, encode } from 'lowrank';
import { encodeImage, readImage } from 'lowrank/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comesTrue } from '../browsers/comes-true.js';
import type { Driver } from '../browsers/driver.js';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { lowrank, newPlace, type Place } from '../cli/harness.js';
import { until } from '../explore/page.js';
import { picture, smooth } from '../unit/io/pictures.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Names that would be harmful if they were not escaped. */
const NAMES = [
  `<script>owned = 1<img src=x onerror="owned = 2">'&.png`,
  `" autofocus onfocus="owned = 3.png`,
];
const RANKS = [1, 3, 10, 64];

// biome-ignore lint/suspicious/noExplicitAny: shapes are what the tests check
let pictures: any[];
let place: Place;
let url: string;
let server: TestServer;
beforeAll(async () => {
  place = await newPlace();
  server = await serve();
  await place.put(NAMES[0]!, (await encodeImage(smooth(72, 56))).bytes);
  await place.put(NAMES[1]!, (await encodeImage(picture(40, 48, 4, 8))).bytes);
  const args = ['--ranks', RANKS.join(), '--layouts', 'block,channel', '--against', 'jpeg', '--json'];
  const { code, stderr, objects } = await lowrank([
    'compare',
    ...paths(),
    ...args,
    '-o',
    place.at('report.html'),
  ]);
  expect([code, stderr.filter(line => !line.includes('note'))]).toEqual([
    0,
    [`${place.at('report.html')}: written`, '2 compared, 0 failed'],
  ]);
  pictures = objects.filter(object => 'variants' in object);
  url = pathToFileURL(place.at('report.html')).href;
});
afterAll(() => server.close());
const paths = (): string[] => NAMES.map(name => place.at(name));
const sha256 = (bytes: Uint8Array | Uint8ClampedArray): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Waits until a chart is drawn at its present width: at the browser's next layout. */
async function untilDrawn(driver: Driver, kind: string): Promise<void> {
  if (await comesTrue(driver, `document.querySelector('[data-chart=${kind}] .mark') !== null`, 60)) return;
  throw new Error(`The chart ${kind} was never drawn`);
}

/** Waits until the chosen picture is shown at a rank. */
async function untilShown(driver: Driver, rank: number): Promise<void> {
  const of = `document.querySelector('section.picture:not([hidden])')?.dataset.rank === '${rank}'`;
  if (await comesTrue(driver, of, 60)) return;
  throw new Error(
    `Rank ${rank} was never shown: ${await driver.evaluate('document.body.innerText.slice(0, 600)')}`,
  );
}

const figure = (driver: Driver, name: string): Promise<string> =>
  driver.evaluate(
    (of: string) => document.querySelector(`section.picture:not([hidden]) [data-figure=${of}]`)!.textContent!,
    name,
  );

/** The SHA-256 of the canvas. */
const pixels = (driver: Driver): Promise<string> =>
  driver.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      'section.picture:not([hidden]) [data-layer=lowrank]',
    )!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    // A page from disk is not a secure context everywhere: without crypto.subtle the bytes are transferred.
    return [...data].join();
  });
const sha256OfPixels = async (driver: Driver): Promise<string> =>
  sha256(Uint8Array.from((await pixels(driver)).split(','), Number));

/** Sets the slider as its user does. */
const goTo = (driver: Driver, rank: number): Promise<void> =>
  driver.evaluate((to: string) => {
    const input = document.querySelector<HTMLInputElement>('section.picture:not([hidden]) [data-of=rank]')!;
    input.value = to;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, String(rank));

inEachBrowser('A report from disk', (driver, engine) => {
  beforeAll(async () => {
    await driver().offline(true);
    await driver().goto(url);
  });

  it('decodes the picture at each rank of each file, with the PSNR of the JSON', async () => {
    const { raster } = await readImage(paths()[0]!);
    const seen = new Set<string>();
    for (const [v, { layout, basis, rows }] of pictures[0].variants.entries()) {
      const file = encode(raster, { layout, basis, quality: 75, rank: 64 });
      await driver().click(`[data-of=variant] label:nth-of-type(${v + 1}) input`);
      for (const row of rows) {
        await goTo(driver(), row.rank);
        await untilShown(driver(), row.rank);
        expect(await figure(driver(), 'psnr')).toBe(`${row.psnr.toFixed(2)} dB`);
        expect(await figure(driver(), 'bytes')).toBe(row.bytes.toLocaleString('en'));
        expect(await figure(driver(), 'energy')).toBe(`${(100 * row.energyKept).toFixed(2)} %`);
        const hash = await sha256OfPixels(driver());
        expect(hash).toBe(sha256(decode(file, { rank: row.rank }).data as Uint8ClampedArray));
        seen.add(hash);
      }
    }
    expect(seen.size).toBe(pictures[0].variants.flatMap(({ rows }: { rows: object[] }) => rows).length);
  });

  it('shows another picture when keys move the slider, also between the rows of the tables', async () => {
    await driver().click('[data-of=variant] label:nth-of-type(1) input');
    await goTo(driver(), 1);
    await untilShown(driver(), 1);
    await untilDrawn(driver(), 'rank');
    const before = await pixels(driver());
    const marked = "document.querySelector('[data-chart=rank] .mark').getAttribute('cx')";
    const place0 = await driver().evaluate(marked);
    await driver().evaluate("document.querySelector('[data-of=rank]').focus()");
    await driver().press('ArrowRight');
    await untilShown(driver(), 2);
    expect(await pixels(driver())).not.toBe(before);
    expect(await driver().evaluate(marked)).not.toBe(place0);
    expect(await figure(driver(), 'bytes')).toMatch(/^\u2248 /);
    const [low, high] = pictures[0].variants[0].rows;
    const dB = Number.parseFloat(await figure(driver(), 'psnr'));
    expect(dB).toBeGreaterThanOrEqual(low.psnr - 0.01);
    expect(dB).toBeLessThanOrEqual(high.psnr + 0.01);
    const said = "document.querySelector('[role=status]').textContent";
    if (!(await comesTrue(driver(), `${said}.startsWith('Rank 2 of')`, 20)))
      throw new Error(`said: ${await driver().evaluate(said)}`);
  });

  it('divides two pictures by keys, and shows the difference and the other codec beside it', async () => {
    const clip = "document.querySelector('[data-layer=lowrank]').style.clipPath";
    const before = await driver().evaluate(clip);
    await driver().evaluate("document.querySelector('[data-of=divider]').focus()");
    await driver().press('ArrowLeft');
    expect(await driver().evaluate(clip)).not.toBe(before);
    const choose = (side: string, layer: string): Promise<void> =>
      driver().evaluate(
        (name: string, value: string) => {
          const select = document.querySelector<HTMLSelectElement>(`[data-of=${name}]`)!;
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        },
        side,
        layer,
      );
    const seen = (): Promise<string[]> =>
      driver().evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('section.picture:not([hidden]) [data-layer]')]
          .filter(layer => !layer.hidden && layer.style.visibility !== 'hidden')
          .map(layer => layer.dataset.layer!)
          .sort(),
      );
    expect(await seen()).toEqual(['jpeg', 'lowrank']);
    const below = "document.querySelector('[data-of=right-text]').textContent";
    expect(await driver().evaluate(below)).toMatch(/^JPEG, [\d,]+ bytes, [\d.]+ dB$/);
    const size =
      "(i => [i.complete, i.naturalWidth, i.naturalHeight])(document.querySelector('[data-layer=jpeg]'))";
    expect(await driver().evaluate(size)).toEqual([true, 72, 56]);
    await choose('right', 'difference');
    expect(await seen()).toEqual(['difference', 'lowrank']);
    await choose('left', 'original');
    await choose('right', 'original');
    expect(await seen()).toEqual(['original']);
    expect(await driver().evaluate("document.querySelector('[data-of=divider]').hidden")).toBe(true);
    await choose('left', 'lowrank');
    await choose('right', 'jpeg');
  });

  it('keeps the proportions of its pictures in a low window', async () => {
    await driver().resize(1280, 300);
    await until(driver(), 'innerHeight === 300');
    const isStretched = await driver().evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('section.picture:not([hidden]) [data-layer]')].map(layer => {
        const { width, height } = layer as HTMLCanvasElement;
        const [wide, high] = layer instanceof HTMLImageElement ? [72, 56] : [width, height];
        const { width: w, height: h } = layer.getBoundingClientRect();
        return (
          w > 0 &&
          getComputedStyle(layer).objectFit === 'fill' &&
          Math.abs((wide * h) / (high * w) - 1) > 0.02
        );
      }),
    );
    await driver().resize(1024, 768);
    expect(isStretched.length).toBeGreaterThan(2);
    expect(isStretched).not.toContain(true);
  });

  it('shows the values of a chart at the pointer', async () => {
    await untilDrawn(driver(), 'rate');
    const said = await driver().evaluate(() => {
      const svg = document.querySelector('[data-chart=rate] .chart svg')!;
      const { left, top, width, height } = svg.getBoundingClientRect();
      const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
      svg.dispatchEvent(new PointerEvent('pointermove', at));
      const values = svg.parentElement!.querySelector<HTMLElement>('.values')!;
      return [values.hidden, values.textContent];
    });
    expect(said[0]).toBe(false);
    expect(said[1]).toMatch(/^[\d.]+ bits a pixel.*[\d.]+ dB$/);
  });

  it('treats names as text: none is run or becomes an element', async () => {
    expect(await driver().evaluate("typeof owned === 'undefined'")).toBe(true);
    expect(await driver().evaluate("document.querySelectorAll('img:not([src^=data])').length")).toBe(0);
    expect(await driver().evaluate("[...document.querySelectorAll('h2')].map(h => h.textContent)")).toEqual(
      NAMES,
    );
    expect(
      await driver().evaluate(
        "[...document.querySelectorAll('[data-layer=original]')].map(image => image.alt)",
      ),
    ).toEqual(NAMES.map(name => `${name}, the original`));
  });

  it('changes the picture, and says of one with alpha what its tables say', async () => {
    await driver().evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('#choice')!;
      select.value = '1';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    const [{ rows }] = pictures[1].variants;
    await untilShown(driver(), rows.at(-1).rank);
    await goTo(driver(), 3);
    await untilShown(driver(), 3);
    expect(await figure(driver(), 'psnr')).toBe(`${rows[1].psnr.toFixed(2)} dB`);
    await goTo(driver(), 4);
    await untilShown(driver(), 4);
    expect(await figure(driver(), 'psnr')).toBe('in the table');
  });

  it('requests nothing, and its policy blocks all traffic', async () => {
    await driver().offline(false);
    const reached = await driver().evaluate(
      (address: string) =>
        fetch(address, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        ),
      `${server.origin}/a`,
    );
    await driver().evaluate((address: string) => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.owned = 4';
      document.body.append(script, Object.assign(new Image(), { src: `${address}/b.png` }));
    }, server.origin);
    await wait(200);
    expect(reached).toBe(false);
    expect(await driver().evaluate('typeof owned')).toBe('undefined');
    expect(server.requests()).toEqual([]);
    // Only the request just refused is reported.
    const messages = (await driver().messages()).filter(
      ({ type, text }) =>
        ['error', 'uncaught'].includes(type) && !/Content.Security.Policy|violates/i.test(text),
    );
    if (engine !== 'webkit') expect(messages).toEqual([]);
  });

  // axe takes longer than everything else: two engines are enough.
  if (engine !== 'webkit') hasNoFaults(driver);
});

inEachBrowser('A report in the dark', driver => hasNoFaults(driver), {
  engines: ['chromium', 'firefox'],
  dark: true,
});

/** Declares tests that look for faults, narrow and wide. */
function hasNoFaults(driver: () => Driver): void {
  it.each([360, 1280])('has no fault that axe finds, and no overflow, at %i pixels', async width => {
    await driver().resize(width, 800);
    await driver().goto(url);
    await untilShown(driver(), pictures[0].variants[0].rank);
    expect(await driver().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    // The page's policy allows no script: the driver injects it.
    await driver().puppeteer!.evaluate(`${AXE};0`);
    const { violations } = await driver().evaluate(() =>
      (globalThis as unknown as { axe: { run(of: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.length} times, ${nodes[0]!.html}`)).toEqual([]);
  });
}
