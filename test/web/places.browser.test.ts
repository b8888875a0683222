import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { DIST, hashOf, LOG_FILE, layeredScene, pageOf, sampleFile, settled, shown, until } from './page.js';

const SCENE = sampleFile('scene');
const PHOTO = layeredScene();

let server: TestServer;
beforeAll(async () => {
  server = await serve(DIST);
  server.put(...LOG_FILE);
  server.put('/scene.lrk', SCENE);
  server.put('/photo.lrk', PHOTO);
});
afterAll(() => server.close());

inEachBrowser('Wherever the element stands', driver => {
  const show = async (body: string): Promise<void> => {
    server.put('/page.html', pageOf(body));
    await driver().goto(`${server.origin}/page.html`);
    await settled(driver());
  };
  const a = "document.querySelector('#a')";

  it.each([
    ['in centred text', '<div style="text-align: center">', '', [0, 0, 300, 200]],
    ['at the right', '<div style="text-align: right">', '', [0, 0, 300, 200]],
    ['behind an indent', '<div style="text-indent: 50px">', '', [0, 0, 300, 200]],
    ['from right to left', '<div dir="rtl">', '', [0, 0, 300, 200]],
    ['in a frame of its own', '<div>', 'padding: 20px; border: 5px solid', [25, 25, 300, 200]],
  ])('is filled by its picture: %s', async (_, around, style, place) => {
    await show(`${around}<lowrank-img id="a" src="scene.lrk" width="300" style="${style}"></lowrank-img>`);
    expect(
      await driver().evaluate(() => {
        const element = document.querySelector('#a')!;
        const canvas = element.shadowRoot!.querySelector('canvas')!;
        const [outside, inside] = [element.getBoundingClientRect(), canvas.getBoundingClientRect()];
        const padding = Number.parseFloat(getComputedStyle(canvas).paddingTop);
        return [
          inside.x - outside.x + padding,
          inside.y - outside.y + padding,
          inside.width - 2 * padding,
          inside.height - 2 * padding,
        ].map(Math.round);
      }),
    ).toEqual(place);
  });

  it('keeps its style in the document of a frame, and follows its picture there', async () => {
    await show('<lowrank-img id="a" src="scene.lrk" width="300"></lowrank-img><iframe></iframe>');
    await driver().evaluate(
      "globalThis.a = document.querySelector('#a'), document.querySelector('iframe').contentDocument.body.append(a)",
    );
    const look = '[getComputedStyle(a).display, a.offsetWidth, a.offsetHeight]';
    expect(await driver().evaluate(look)).toEqual(['inline-block', 300, 200]);
    await driver().evaluate('a.width = 150');
    expect(await driver().evaluate(look)).toEqual(['inline-block', 150, 100]);
    await driver().evaluate('document.body.append(a)');
    expect(await driver().evaluate(look)).toEqual(['inline-block', 150, 100]);
  });

  it('has more pixels when the page is zoomed', async () => {
    const page = driver().puppeteer;
    // Others can only be zoomed by hand.
    if (!page || driver().engine !== 'chromium') return;
    await show('<lowrank-img id="a" src="photo.lrk" width="120"></lowrank-img>');
    expect(await shown(driver())).toMatchObject({ width: 120, hash: hashOf(PHOTO, { scale: 4 }) });
    await page.setViewport({ width: 341, height: 256, deviceScaleFactor: 3 });
    await until(driver(), `${a}.shadowRoot.querySelector('canvas').width === 480`);
    await page.setViewport({ width: 1024, height: 768 });
  });
});
