import { encode } from 'lowrank';
import { inspect } from 'lowrank/decode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { draw } from '../properties/codec-rasters.js';
import {
  DIST,
  hashOf,
  LOG_FILE,
  layeredScene,
  logOf,
  pageOf,
  sampleFile,
  settled,
  shown,
  until,
} from './page.js';

const SCENE = sampleFile('scene');
const PHOTO = layeredScene();
/** All bytes needed at an eighth of its size. */
const SMALLEST = inspect(PHOTO).layers[inspect(PHOTO).sizes![0]! - 1]!.bytes;
/** More pixels than are normally decoded at a time. */
const HUGE = encode(draw(3300, 2600, 1, 8, 'waves'), { quality: 30, effort: 1 });

let server: TestServer;
beforeAll(async () => {
  server = await serve(DIST);
  server.put(...LOG_FILE);
  server.put('/scene.lrk', SCENE);
});
afterAll(() => server.close());

inEachBrowser('When things change, the element', driver => {
  const show = async (body: string): Promise<void> => {
    server.put('/page.html', pageOf(body));
    await driver().goto(`${server.origin}/page.html`);
  };
  const a = "document.querySelector('#a')";
  const state = `[${a}.naturalWidth, ${a}.complete, ${a}.shadowRoot.querySelector('slot').hidden]`;
  const told = async () => (await logOf(driver(), 'a')).filter(([type]) => type !== 'progress');

  it('shows only the picture of its current src, even when the new one fails', async () => {
    await show('<lowrank-img id="a" src="scene.lrk" alt="A lake"></lowrank-img>');
    await settled(driver());
    await driver().evaluate(`log.length = 0, ${a}.src = 'none.lrk'`);
    expect((await settled(driver())).at(-1)).toMatchObject(['error', 'a', { code: 'HTTP' }]);
    expect(await shown(driver())).toMatchObject({ width: 0, fallback: true });
    expect(await driver().evaluate(state)).toEqual([0, true, false]);
    await driver().evaluate(`log.length = 0, ${a}.src = 'scene.lrk'`);
    await settled(driver());
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
  });

  it('shows nothing once its src is removed, and aborts the download', async () => {
    server.put('/slow.lrk', PHOTO, { cutAfter: SMALLEST, hang: true });
    await show('<lowrank-img id="a" src="slow.lrk" alt="A lake"></lowrank-img>');
    await until(driver(), 'log.length');
    await driver().evaluate(`${a}.removeAttribute('src')`);
    await expect.poll(() => server.requests('/slow.lrk').at(-1)!.end, { timeout: 20_000 }).toBe('aborted');
    expect(await shown(driver())).toMatchObject({ width: 0 });
    expect(await driver().evaluate(state)).toEqual([0, true, true]);
    expect(await driver().evaluate(`${a}.currentSrc`)).toBe('');
    expect(await told()).toEqual([]);
  });

  it.each(['http://', 'https://['])('reports once that %s is not an address', async src => {
    const before = (await driver().messages()).filter(({ type }) => type === 'uncaught').length;
    await show(`<lowrank-img id="a" src="${src}" alt="A lake"></lowrank-img>`);
    await settled(driver());
    expect(await told()).toMatchObject([['error', 'a', { code: 'NETWORK' }]]);
    expect(await driver().evaluate(`${a}.decode().catch(({ code }) => code)`)).toBe('NETWORK');
    expect((await driver().messages()).filter(({ type }) => type === 'uncaught')).toHaveLength(before);
  });

  it('keeps what it shows if more of it cannot be fetched, and tries again when it grows further', async () => {
    const headers = { etag: '"1"' };
    server.put('/photo.lrk', PHOTO, { cutAfter: SMALLEST + 100, hang: true, headers });
    await show('<lowrank-img id="a" src="photo.lrk" style="width: 60px"><b>No picture</b></lowrank-img>');
    await settled(driver());
    server.behave('/photo.lrk', { status: 503 });
    const failed = () => server.requests('/photo.lrk').filter(({ status }) => status === 503).length;
    const before = failed();
    await driver().evaluate(`${a}.style.width = '470px'`);
    await expect.poll(failed, { timeout: 20_000 }).toBeGreaterThan(before);
    await until(driver(), `${a}.complete`);
    expect(await shown(driver())).toMatchObject({ fallback: false, picture: true });
    expect((await told()).map(([type]) => type)).toEqual(['load']);
    server.behave('/photo.lrk', { headers });
    await driver().evaluate(`${a}.style.width = '480px'`);
    await expect.poll(async () => (await shown(driver())).hash, { timeout: 20_000 }).toBe(hashOf(PHOTO));
    expect((await told()).map(([type]) => type)).toEqual(['load']);
  });

  it('is not blocked by a large picture whose download hangs', async () => {
    server.put('/huge.lrk', HUGE, { cutAfter: HUGE.length >> 1, hang: true });
    await show('<lowrank-img id="h" src="huge.lrk" width="330"></lowrank-img>');
    await until(driver(), "document.querySelector('#h').naturalWidth");
    await driver().evaluate(
      "document.body.append(Object.assign(document.createElement('lowrank-img'), { id: 'a', src: 'scene.lrk' }))",
    );
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await logOf(driver(), 'h')).filter(([type]) => type !== 'progress')).toEqual([]);
  });

  it('reads its attributes in any case', async () => {
    const requests = () => server.requests('/scene.lrk').filter(({ path }) => path.endsWith('lazy')).length;
    const before = requests();
    await show(
      '<lowrank-img id="a" src="scene.lrk?lazy" loading="LAZY" style="margin-top: 9000px"></lowrank-img>',
    );
    await until(driver(), `${a}.shadowRoot`);
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 500))');
    expect(requests()).toBe(before);
    await driver().evaluate('scrollTo(0, 8000)');
    await settled(driver());
  });
});
