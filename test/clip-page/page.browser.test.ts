import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { lowrank, newPlace } from '../cli/harness.js';
import { until } from '../explore/page.js';
import { animationOf } from '../unit/io/clips.js';
import { drawScene } from '../unit/separation/scene.js';

const COUNT = 6;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const scene = drawScene({ frames: COUNT, place: t => 10 * t, noise: 1, light: () => 1 });

let server: TestServer;
beforeAll(async () => {
  const place = await newPlace();
  const clip = await place.put(
    '<!--<script>.webp',
    await animationOf(scene.frames, 'webp', new Array(COUNT).fill(60), 0),
  );
  expect((await lowrank(['separate', clip, '-o', place.at('out')])).code).toBe(0);
  server = await serve(place.at('out'));
});
afterAll(() => server.close());

inEachBrowser('The page of a separated clip', driver => {
  const visit = async (): Promise<void> => {
    await driver().goto('about:blank');
    await driver().goto(`${server.origin}/page.html`);
    await until(driver(), 'document.body.dataset.playing');
  };
  const shown = (index: number): Promise<void> =>
    until(driver(), `document.body.dataset.shown === '${index}'`);
  /** Samples of a canvas, RGBA. */
  const samples = (id: string): Promise<number[]> =>
    driver().evaluate((name: string) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`#${name}`)!;
      return [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data];
    }, id);
  const pause = async (): Promise<void> => {
    if (await driver().evaluate("document.body.dataset.playing === 'true'")) await driver().click('#play');
    await until(driver(), "document.body.dataset.playing === 'false'");
  };

  it('plays by itself in a loop, and requests nothing else', async () => {
    await visit();
    for (const index of [COUNT - 1, 0, COUNT - 1]) await shown(index);
    expect(await driver().evaluate("document.querySelector('#play').textContent")).toBe('Pause');
    const others = server
      .requests()
      .filter(({ path }) => !/page\.html|lowrank-test-messages|favicon/.test(path));
    expect(others.map(({ path }) => path)).toEqual([]);
    expect(await driver().evaluate("document.querySelector('h1').textContent")).toBe('<!--<script>.webp');
    const wrong = (await driver().messages()).filter(({ type }) => type === 'error' || type === 'uncaught');
    expect(wrong).toEqual([]);
  });

  it('shows original, background, foreground and mask of the current frame by keys', async () => {
    await visit();
    await pause();
    await driver().press('Home');
    await shown(0);
    for (const index of [1, 2, 3]) {
      await driver().press('ArrowRight');
      await shown(index);
    }
    expect(await driver().evaluate("document.querySelector('#frame').getAttribute('aria-valuetext')")).toBe(
      `Frame 4 of ${COUNT}, 0.18 s`,
    );
    const [original, background, foreground, mask] = await Promise.all(
      ['original', 'background', 'foreground', 'mask'].map(samples),
    );
    const frame = scene.frames[3]!.data;
    const wall = scene.background.data;
    const off = (found: number[], truth: ArrayLike<number>, p: number): number =>
      Math.max(...[0, 1, 2].map(c => Math.abs(found[4 * p + c]! - truth[3 * p + c]!)));
    let [agree, near, behind] = [0, 0, 0];
    for (let p = 0; p < 64 * 48; p++) {
      const isForeground = mask![4 * p] === 255;
      expect(foreground!.slice(4 * p, 4 * p + 4)).toEqual(
        isForeground ? original!.slice(4 * p, 4 * p + 4) : [0, 0, 0, 0],
      );
      if (isForeground === (scene.masks[3]![p] === 1)) agree++;
      if (off(original!, frame, p) < 40) near++;
      if (off(background!, wall, p) < 40) behind++;
    }
    for (const count of [agree, near, behind]) expect(count).toBeGreaterThan(0.98 * 64 * 48);
  });

  it('stops at a frame by slider and buttons, and plays on with the space bar', async () => {
    await visit();
    await pause();
    await driver().evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>('#frame')!;
      slider.value = '3';
      slider.dispatchEvent(new Event('input'));
    });
    await shown(2);
    await driver().click('#next');
    await shown(3);
    await driver().click('#back');
    await shown(2);
    await driver().press('End');
    await shown(COUNT - 1);
    await driver().evaluate('document.activeElement.blur()');
    await driver().type(' ');
    await until(driver(), "document.body.dataset.playing === 'true'");
    await shown(1);
    // The text is a live region: what plays is not read aloud, frame by frame.
    const live = "document.querySelector('#now').getAttribute('aria-live')";
    expect(await driver().evaluate(live)).toBe('off');
    await driver().type(' ');
    await until(driver(), "document.body.dataset.playing === 'false'");
    expect(await driver().evaluate(live)).toBe('polite');
  });

  it('has room for letters twice as large', async () => {
    await driver().resize(320, 800);
    await visit();
    await driver().evaluate("document.documentElement.style.fontSize = '200%'");
    expect(
      await driver().evaluate(() =>
        [...document.querySelectorAll('figcaption')].filter(
          ({ scrollWidth: wide, clientWidth: room }) => wide > room,
        ),
      ),
    ).toEqual([]);
    expect(await driver().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it.each([360, 1280])('has no fault that axe finds, and no overflow, at %i pixels', async width => {
    await driver().resize(width, 800);
    await visit();
    await pause();
    expect(await driver().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    // The page's policy allows no script: the driver injects it.
    await driver().evaluate(`(() => { ${AXE}; })()`);
    const { violations } = await driver().evaluate(() =>
      (globalThis as unknown as { axe: { run(of: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.length} times, ${nodes[0]!.html}`)).toEqual([]);
  });
});
