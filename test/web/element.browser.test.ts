import { setTimeout as wait } from 'node:timers/promises';
import { encode } from 'lowrank';
import { decode, inspect } from 'lowrank/decode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { type Behaviour, serve, type TestServer } from '../browsers/server.js';
import { draw } from '../properties/codec-rasters.js';
import { DIST, hashOf, LOG_FILE, logOf, pageOf, sampleFile, settled, shown, until } from './page.js';

const SCENE = sampleFile('scene');
/** The scene at a higher quality: a file of more layers, whose first one is a smaller part. */
const PHOTO = encode(
  { ...decode(SCENE), data: Uint8Array.from(decode(SCENE).data) },
  { quality: 90, effort: 1 },
);
/** A picture of more than two megapixels. */
const LARGE = encode(draw(1640, 1610, 3, 8, 'waves'), { quality: 40, effort: 1 });
const { layers: LAYERS } = inspect(PHOTO);
const TAG = { etag: '"1"' };

let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await serve(DIST);
  server.put(...LOG_FILE);
});
afterAll(() => server.close());

inEachBrowser('The element', driver => {
  /** Serves a file under an address of its own, and opens a page with it. */
  const show = async (
    file: Uint8Array | string,
    { behaviour = {}, attributes = '', inside = '', query = '' } = {} as {
      behaviour?: Behaviour;
      attributes?: string;
      inside?: string;
      query?: string;
    },
  ): Promise<string> => {
    const path = `/photo-${++count}.lrk`;
    server.put(path, file, behaviour);
    server.put(
      '/page.html',
      pageOf(`<lowrank-img id="a" src="${path}${query}" alt="A lake" ${attributes}>${inside}</lowrank-img>`),
    );
    await driver().goto(`${server.origin}/page.html`);
    return path;
  };
  const uncaught = async () => (await driver().messages()).filter(({ type }) => type === 'uncaught');

  it('shows the pixels that Node sees, at the size of the picture, and fires load', async () => {
    await show(SCENE);
    const log = await settled(driver());
    expect(log.map(([type]) => type).at(-1)).toBe('load');
    expect(log.filter(([type]) => type === 'load')).toHaveLength(1);
    expect(await shown(driver())).toEqual({
      width: 480,
      height: 320,
      fallback: false,
      picture: true,
      hash: hashOf(SCENE),
    });
    expect(
      await driver().evaluate(() => {
        const a = document.querySelector<HTMLElement & { naturalWidth: number; complete: boolean }>('#a')!;
        const canvas = a.shadowRoot!.querySelector('canvas')!;
        return [a.offsetWidth, a.offsetHeight, a.naturalWidth, a.complete, canvas.role, canvas.ariaLabel];
      }),
    ).toEqual([480, 320, 480, true, 'img', 'A lake']);
  });

  it('decodes a large picture in workers of its own, which pages with small ones do not fetch', async () => {
    const asked = () => server.requests('/web/large.js').length;
    const before = asked();
    await show(SCENE);
    await settled(driver());
    expect(asked()).toBe(before);
    await show(LARGE);
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(LARGE));
    expect(asked()).toBe(before + 1);
    // At a small size it is decoded like a small picture.
    await show(LARGE, { attributes: 'style="width: 300px; height: 294px"' });
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect(asked()).toBe(before + 1);
  });

  it('paints as soon as the bytes of the first layer have arrived', async () => {
    await show(PHOTO, { behaviour: { cutAfter: LAYERS[0]!.bytes, hang: true } });
    await until(driver(), 'log.length');
    const [[type, , { layer, bytes }]] = (await logOf(driver(), 'a')) as [
      Awaited<ReturnType<typeof logOf>>[0],
    ];
    expect([type, layer]).toEqual(['progress', 1]);
    expect(bytes).toBe(LAYERS[0]!.bytes);
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO.subarray(0, bytes!)));
  });

  it('paints layer after layer', async () => {
    let allowed = 0;
    const before = async (bytes: number): Promise<void> => {
      while (bytes >= allowed) await wait(10);
    };
    await show(PHOTO, { behaviour: { chunk: Math.ceil(PHOTO.length / 30), before } });
    // Each layer is painted while the next one is held back.
    for (const quarter of [1, 2, 3]) {
      const layer = Math.ceil((LAYERS.length * quarter) / 4);
      allowed = LAYERS[layer - 1]!.bytes;
      await until(
        driver(),
        `log.some(([type, , detail]) => type === 'progress' && detail.layer >= ${layer})`,
      );
    }
    allowed = Infinity;
    const log = await settled(driver());
    const painted = log.filter(([type]) => type === 'progress').map(([, , { layer }]) => layer as number);
    expect(painted.length).toBeGreaterThan(3);
    expect(painted).toEqual([...new Set(painted)].sort((a, b) => a - b));
    expect(painted.at(-1)).toBe(LAYERS.length);
    for (const [type, , { layer, rank, psnr, bytes }] of log)
      if (type === 'progress') expect({ rank, psnr, bytes }).toEqual(LAYERS[layer! - 1]);
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO));
  });

  it.each([
    ['rank', 'rank="6"', LAYERS.filter(({ rank }) => rank <= 6).length],
    ['psnr', 'psnr="30"', LAYERS.findIndex(({ psnr }) => psnr >= 30) + 1],
  ])('stops the download at a %s, and fetches the rest when it is wanted', async (name, attributes, layer) => {
    const { bytes } = LAYERS[layer - 1]!;
    // The rest never arrives by itself: what is shown has not waited for it.
    const behaviour = { cutAfter: bytes + 100, hang: true, headers: TAG };
    const path = await show(PHOTO, { behaviour, attributes });
    const log = await settled(driver());
    expect(log.at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO.subarray(0, bytes)));
    await expect.poll(() => server.requests(path)[0]!.end, { timeout: 20_000 }).toBe('aborted');
    expect(server.requests(path)[0]!.bytes).toBeLessThan(bytes + 101);
    server.behave(path, { headers: TAG });
    await driver().evaluate(`log.length = 0, document.querySelector('#a').removeAttribute('${name}')`);
    await settled(driver());
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO));
    const [, next] = server.requests(path);
    expect([next!.status, next!.headers.range]).toEqual([206, expect.stringMatching(/^bytes=\d+-$/)]);
    expect(next!.bytes).toBeLessThan(PHOTO.length - bytes + 1);
  });

  it.each<[string, Behaviour]>([
    ['has no ranges', { ranges: false, headers: TAG }],
    ['has another version', { headers: { etag: '"2"' } }],
  ])('starts again if the server %s', async (_, behaviour) => {
    const path = await show(PHOTO, { behaviour: { headers: TAG }, attributes: 'rank="1"' });
    await settled(driver());
    server.behave(path, behaviour);
    await driver().evaluate("log.length = 0, document.querySelector('#a').rank = 64");
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO));
  });

  it('decodes at the displayed size, and more when it grows', async () => {
    await show(PHOTO, { attributes: 'style="width:60px"' });
    await settled(driver());
    expect(await shown(driver())).toMatchObject({ width: 60, height: 40, hash: hashOf(PHOTO, { scale: 8 }) });
    await driver().evaluate("document.querySelector('#a').style.width = '480px'");
    await until(driver(), "document.querySelector('#a').shadowRoot.querySelector('canvas').width === 480");
    await until(driver(), "document.querySelector('#a').complete");
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO));
    expect((await logOf(driver(), 'a')).filter(([type]) => type === 'load')).toHaveLength(1);
  });

  // In the check of the header: the last layer may be painted before the trailer arrives.
  const check = readHeader(PHOTO).stream - 1;
  const corrupt = PHOTO.map((byte, i) => (i === check ? byte ^ 1 : byte));
  it.each<[string, string, Uint8Array | string, Behaviour]>([
    ['a cut connection', 'NETWORK', PHOTO, { cutAfter: 2000 }],
    ['a connection that is cut before the first byte', 'NETWORK', PHOTO, { cutAfter: 0 }],
    ['a 404', 'HTTP', 'There is nothing', { status: 404 }],
    ['a page of HTML', 'NOT_LRK', '<!doctype html><p>Please log in', { type: 'text/html' }],
    ['nothing', 'EMPTY', '', {}],
    ['a file that is cut in the header', 'TRUNCATED', PHOTO.subarray(0, 30), {}],
    ['a corrupt file', 'CORRUPT', corrupt, {}],
    ['a gigabyte that is announced', 'CORRUPT', PHOTO, { contentLength: 1e9, hang: true }],
  ])('shows the fallback after %s, and reports %s once', async (_, code, file, behaviour) => {
    const before = (await uncaught()).length;
    await show(file, { behaviour, inside: '<b>No picture</b>', attributes: 'width="90" height="60"' });
    await settled(driver());
    expect((await logOf(driver(), 'a')).filter(([type]) => type !== 'progress')).toMatchObject([
      ['error', 'a', { code }],
    ]);
    expect(await shown(driver())).toMatchObject({ fallback: true, picture: false });
    expect(await driver().evaluate("document.querySelector('b').getBoundingClientRect().width > 0")).toBe(
      true,
    );
    expect(await driver().evaluate("document.querySelector('#a').decode().catch(({ code }) => code)")).toBe(
      code,
    );
    expect((await uncaught()).slice(before)).toEqual([]);
  });

  it('shows a file of another type, and the alternative text if there is no fallback', async () => {
    await show(SCENE, { behaviour: { type: 'text/plain' } });
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    await show('', { behaviour: { status: 500 } });
    await settled(driver());
    expect((await shown(driver())).fallback).toBe(true);
    expect(await driver().evaluate("document.querySelector('#a').shadowRoot.textContent")).toBe('A lake');
  });

  it('is not announced if its alternative text is empty', async () => {
    // What assistive technology is told can only be asked in Chromium.
    const { puppeteer } = driver();
    if (driver().engine !== 'chromium' || !puppeteer) return;
    await show(SCENE);
    await settled(driver());
    const session = await puppeteer.createCDPSession();
    const announced = async (): Promise<unknown[]> => {
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      return nodes
        .filter(({ ignored, role }) => !ignored && ['image', 'Canvas'].includes(role?.value))
        .map(({ name }) => name?.value);
    };
    expect(await announced()).toEqual(['A lake']);
    await driver().evaluate("document.querySelector('#a').alt = ''");
    expect(await announced()).toEqual([]);
    await session.detach();
  });

  it('can be aborted at every stage', async () => {
    const before = (await uncaught()).length;
    for (const cutAfter of [0, 30, LAYERS[1]!.bytes, LAYERS[3]!.bytes]) {
      const path = await show(PHOTO, { behaviour: { cutAfter, hang: true } });
      await until(driver(), "customElements.get('lowrank-img')");
      if (cutAfter > 100) await until(driver(), 'log.length');
      const code = await driver().evaluate(() => {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 100);
        const a = document.querySelector<HTMLElement & { decode(of: object): Promise<void> }>('#a')!;
        return a.decode({ signal: stop.signal }).then(
          () => 'decoded',
          ({ code }) => code,
        );
      });
      expect(code).toBe('ABORTED');
      const log = await settled(driver());
      expect(log.filter(([type]) => type === 'error')).toMatchObject([['error', 'a', { code: 'ABORTED' }]]);
      await expect.poll(() => server.requests(path)[0]!.end, { timeout: 20_000 }).toBe('aborted');
    }
    expect((await uncaught()).slice(before)).toEqual([]);
  });

  it('follows its attributes: work under way ends, and the next picture is shown', async () => {
    const path = await show(PHOTO, { behaviour: { cutAfter: 3000, hang: true } });
    await until(driver(), 'log.length');
    server.put('/other.lrk', SCENE);
    await driver().evaluate("log.length = 0, document.querySelector('#a').src = 'other.lrk'");
    const log = await settled(driver());
    expect(log.filter(([type]) => type !== 'progress')).toMatchObject([['load', 'a', {}]]);
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
    await expect.poll(() => server.requests(path)[0]!.end, { timeout: 20_000 }).toBe('aborted');
  });

  it('can be moved without a second download; when removed, it stops and frees the picture', async () => {
    const path = await show(PHOTO, { behaviour: { cutAfter: 3000, hang: true } });
    await until(driver(), 'log.length');
    await driver().evaluate(
      "document.body.append(document.createElement('p')), document.querySelector('p').append(globalThis.a = document.querySelector('#a'))",
    );
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 300))');
    expect(server.requests(path)).toHaveLength(1);
    expect(server.requests(path)[0]!.end).toBe('open');
    await driver().evaluate('a.remove()');
    await expect.poll(() => server.requests(path)[0]!.end, { timeout: 20_000 }).toBe('aborted');
    expect(await driver().evaluate("a.shadowRoot.querySelector('canvas').width")).toBe(0);
    server.behave(path, {});
    await driver().evaluate('log.length = 0, document.body.append(a)');
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(PHOTO));
  });

  it('waits with loading="lazy" until it is near the viewport, unless decode() asks', async () => {
    const path = await show(SCENE, { attributes: 'loading="lazy" style="margin-top:9000px"' });
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 500))');
    expect(server.requests(path)).toEqual([]);
    await driver().evaluate('scrollTo(0, 8000)');
    await settled(driver());
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
    await show(SCENE, { attributes: 'loading="lazy" style="margin-top:9000px"' });
    // In WebKit a page may be ready before its modules have run.
    await until(driver(), "document.querySelector('#a').decode");
    await driver().evaluate("document.querySelector('#a').decode()");
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
  });

  it('has its box before the file, from the attributes; and from srcset the picture that fits', async () => {
    const small = sampleFile('weave');
    server.put('/small.lrk', small);
    const path = await show(PHOTO, {
      behaviour: { cutAfter: 0, hang: true },
      attributes: 'width="300" height="200" style="max-width:150px"',
    });
    const box = "[document.querySelector('#a').offsetWidth, document.querySelector('#a').offsetHeight]";
    await until(driver(), "document.querySelector('#a').shadowRoot");
    expect(await driver().evaluate(box)).toEqual([150, 100]);
    await driver().evaluate(
      `log.length = 0, document.querySelector('#a').setAttribute('srcset', 'small.lrk ${inspect(small).width}w, ${path} 4000w')`,
    );
    await driver().evaluate("document.querySelector('#a').sizes = '(min-width: 1px) 50px, 100vw'");
    await settled(driver());
    expect(await driver().evaluate("new URL(document.querySelector('#a').currentSrc).pathname")).toBe(
      '/small.lrk',
    );
  });

  it('shows data: URLs, and a placeholder until more has arrived', async () => {
    const url = `data:image/lrk;base64,${Buffer.from(sampleFile('tiny-7x5')).toString('base64')}`;
    await show(PHOTO, { behaviour: { cutAfter: 0, hang: true }, attributes: `placeholder="${url}"` });
    await until(driver(), "document.querySelector('#a').shadowRoot?.querySelector('canvas').width === 7");
    expect((await shown(driver())).picture).toBe(false);
    expect(await logOf(driver(), 'a')).toEqual([]);
    const a = "document.querySelector('#a')";
    await driver().evaluate(`${a}.style.width = '70px', ${a}.style.height = '50px'`);
    expect(await shown(driver())).toMatchObject({ width: 7, height: 5, picture: true, fallback: false });
    await driver().evaluate(`${a}.src = '${url}'`);
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect(await shown(driver())).toMatchObject({ width: 7, height: 5 });
  });
});
