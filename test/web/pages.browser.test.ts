import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'lowrank';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { blocks, DOCUMENTS } from '../docs/documents.js';
import { draw } from '../properties/codec-rasters.js';
import { backgroundHash } from './clip-page.js';
import { DIST, hashOf, LOG_FILE, logOf, pageOf, sampleFile, settled, shown, until } from './page.js';

const SCENE = sampleFile('scene');
const CLIP = readFileSync(join(import.meta.dirname, '../sequence/passing.lrk'));
/** A picture that decodes quickly, for hundreds of them, and one of more than two megapixels. */
const SMALL = encode(draw(96, 64, 3, 8, 'photo'), { effort: 1 });
const LARGE = encode(draw(1640, 1610, 1, 8, 'waves'), { quality: 40, effort: 1 });
const SCRIPT = '<script src="/lowrank.min.js"></script>';
const CSP = { 'Content-Security-Policy': "default-src 'self'" };

let server: TestServer;
beforeAll(async () => {
  server = await serve(DIST);
  server.put(...LOG_FILE);
  server.put('/scene.lrk', SCENE, { headers: { etag: '"1"' } });
  server.put('/small.lrk', SMALL);
  server.put('/none.js', 'delete globalThis.Worker;');
  server.put('/no-worker.js', 'globalThis.Worker = class { constructor() { throw new Error("no") } };');
  server.put('/weave.png', readFileSync(join(import.meta.dirname, '../../samples/weave.png')));
});
afterAll(() => server.close());

inEachBrowser('A page', (driver, engine) => {
  const show = async (body: string, script?: string, headers = {}): Promise<void> => {
    server.put('/page.html', pageOf(body, script), { headers });
    await driver().goto(`${server.origin}/page.html`);
  };
  // Firefox logs violations of a policy as errors.
  const uncaught = async () =>
    (await driver().messages()).filter(
      ({ type, text }) => type === 'uncaught' && !text.startsWith('Content-Security-Policy:'),
    );

  it.each([
    ['the module', undefined, CSP],
    ['the one script, which is its worker as well', SCRIPT, CSP],
    ['workers that fail', `<script src="/no-worker.js"></script>${SCRIPT}`, {}],
    ['no workers', `<script src="/none.js"></script>${SCRIPT}`, {}],
  ])('that allows only its own files, or no workers, still shows pictures: %s', async (_, script, headers) => {
    const before = (await uncaught()).length;
    const scripts = server.requests('/lowrank.min.js').length;
    await show('<lowrank-img id="a" src="scene.lrk"></lowrank-img>', script, headers);
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
    if (script === SCRIPT) expect(server.requests('/lowrank.min.js').length).toBeGreaterThan(scripts + 1);
    expect((await uncaught()).slice(before)).toEqual([]);
  });

  const WORKERS = '/* the page */ import { LowrankImage } from "/web/define.js"; LowrankImage.workers =';
  it.each([
    ['the one script', SCRIPT, undefined, 1],
    [
      'workers that the page names',
      '<script type="module" src="/workers.js"></script>',
      '{ pictures: "/lowrank.min.js", sequences: "/lowrank-player.min.js" }',
      1,
    ],
    ['no workers', '<script type="module" src="/workers.js"></script>', '{}', 0],
  ])('whose policy forbids blob: reports no violation, and shows pictures and clips: %s', async (_, script, workers, fetched) => {
    server.put('/clip.lrk', CLIP);
    server.put(
      '/policy.js',
      "document.addEventListener('securitypolicyviolation', event => log.push(['violation', 'a', { message: event.blockedURI }]));",
    );
    server.put('/workers.js', `${WORKERS} ${workers};`);
    const count = (): number[] =>
      ['/lowrank.min.js', '/lowrank-player.min.js'].map(path => server.requests(path).length);
    const before = count();
    await show(
      '<lowrank-img id="a" src="scene.lrk"></lowrank-img><lowrank-img id="b" src="clip.lrk"></lowrank-img>',
      `<script src="/policy.js"></script>${script}`,
      CSP,
    );
    for (const id of ['a', 'b']) expect((await settled(driver(), id)).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
    const log = await logOf(driver(), 'a');
    expect(log.filter(([type]) => type === 'violation')).toEqual([]);
    // The page's own script, if any, and the player are fetched once more than the workers'.
    for (const [i, inPage] of [script === SCRIPT ? 1 : 0, 1].entries()) {
      const requests = count()[i]! - before[i]!;
      if (fetched) expect(requests).toBeGreaterThanOrEqual(inPage + fetched);
      else expect(requests).toBe(inPage);
    }
  });

  it.each([
    ['the module', undefined],
    ['the one script', SCRIPT],
  ])('that allows only its own files shows a large picture: %s', async (_, script) => {
    server.put('/large.lrk', LARGE);
    const requests = () => server.requests('/lowrank-large.min.js').length;
    const before = requests();
    await show('<lowrank-img id="a" src="large.lrk"></lowrank-img>', script, CSP);
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    expect((await shown(driver())).hash).toBe(hashOf(LARGE));
    // The single script has it in a file beside itself: a module, and a worker.
    if (script) expect(requests()).toBeGreaterThan(before + 1);
  });

  it('shows the alternative text of a failed picture, beside a <noscript> for others', async () => {
    const before = server.requests('/weave.png').length;
    await show(
      '<lowrank-img id="a" src="none.lrk" alt="A lake"><noscript slot="noscript"><img src="weave.png"></noscript></lowrank-img>',
    );
    await settled(driver());
    const text = "document.querySelector('#a').shadowRoot.querySelector('slot')";
    expect(
      await driver().evaluate(`[${text}.hidden, ${text}.assignedNodes().length, ${text}.textContent]`),
    ).toEqual([false, 0, 'A lake']);
    expect(server.requests('/weave.png').slice(before)).toEqual([]);
  });

  it('has its <img data-lowrank> replaced, later ones too; what was in src is the fallback', async () => {
    await show(
      `<img data-lowrank="scene.lrk" @click="look" :class="name">
       <img id="a" class="wide" data-lowrank="scene.lrk" alt="A lake" width="240" height="160">
       <img id="b" data-lowrank="none.lrk" src="weave.png" alt="A pattern" width="90" height="60">`,
      SCRIPT,
    );
    await settled(driver());
    await settled(driver(), 'b');
    const [a, b] = await driver().evaluate(() =>
      ['a', 'b'].map(id => {
        const of = document.getElementById(id)!;
        return [of.localName, of.className, of.getAttribute('alt'), of.offsetWidth, of.childElementCount];
      }),
    );
    expect(a).toEqual(['lowrank-img', 'wide', 'A lake', 240, 0]);
    expect(b).toEqual(['lowrank-img', '', 'A pattern', 90, 1]);
    // Names that exist in markup but cannot be set.
    expect(await driver().evaluate("document.querySelector('lowrank-img').getAttributeNames()")).toEqual(
      expect.arrayContaining(['@click', ':class', 'src']),
    );
    expect((await shown(driver())).hash).toBe(hashOf(SCENE, { scale: 2 }));
    expect(await shown(driver(), 'b')).toMatchObject({ fallback: true, picture: false });
    await driver().evaluate(() => {
      const img = Object.assign(new Image(), { id: 'c' });
      img.dataset.lowrank = 'scene.lrk';
      document.body.append(img);
    });
    await settled(driver(), 'c');
    expect((await shown(driver(), 'c')).hash).toBe(hashOf(SCENE));
  });

  it('may hold two scripts of the element, and properties that were set before', async () => {
    await show(
      '<lowrank-img id="a"></lowrank-img><script src="early.js"></script>',
      `<script type="module" src="/web/define.js"></script><script src="/lowrank.min.js" defer></script>`,
    );
    server.put('/early.js', "document.querySelector('#a').src = 'scene.lrk'");
    await driver().goto(`${server.origin}/page.html`);
    await settled(driver());
    expect((await shown(driver())).hash).toBe(hashOf(SCENE));
  });

  it('with 200 pictures shows all of them, and frees each when it is removed', async () => {
    const names = Array.from({ length: 200 }, (_, i) => i);
    await show(
      names
        .map(i => `<lowrank-img id="p${i}" src="small.lrk?${i}" width="96" height="64"></lowrank-img>`)
        .join(''),
      SCRIPT,
    );
    await until(driver(), "log.filter(([type]) => type === 'load').length === 200");
    for (const i of [0, 77, 199]) expect((await shown(driver(), `p${i}`)).hash).toBe(hashOf(SMALL));
    expect(
      await driver().evaluate(async () => {
        const all = [...document.querySelectorAll('lowrank-img')];
        for (const one of all) one.remove();
        await new Promise(resolve => setTimeout(resolve));
        return all.filter(one => one.shadowRoot!.querySelector('canvas')!.width).length;
      }),
    ).toBe(0);
  });

  it('sends credentials to other origins only if told to', async () => {
    const other = server.origin.replace('127.0.0.1', 'localhost');
    const headers = {
      'Access-Control-Allow-Origin': server.origin,
      'Access-Control-Allow-Credentials': 'true',
    };
    server.put('/cors.lrk', SCENE, { headers });
    server.put('/closed.lrk', SCENE);
    await show(
      `<lowrank-img id="a" src="${other}/cors.lrk" crossorigin="use-credentials"></lowrank-img>
       <lowrank-img id="b" src="${other}/closed.lrk"></lowrank-img>`,
    );
    expect((await settled(driver())).at(-1)![0]).toBe('load');
    await settled(driver(), 'b');
    expect((await logOf(driver(), 'b')).at(-1)).toMatchObject(['error', 'b', { code: 'NETWORK' }]);
  });

  it('from README.md shows its picture as it stands', async () => {
    const [page] = blocks(DOCUMENTS['README.md']!, 'html');
    server.put('/readme.html', page!);
    server.put('/photo.lrk', SCENE);
    await driver().goto(`${server.origin}/readme.html`);
    const shown = `(async () => {
      const element = document.querySelector('lowrank-img');
      await customElements.whenDefined('lowrank-img');
      await element.decode();
      return [element.naturalWidth, element.naturalHeight, element.offsetWidth];
    })()`;
    expect(await driver().evaluate(shown)).toEqual([480, 320, 480]);
  });

  // The last test: a service worker stays.
  it('with a service worker has <img>, <picture> and CSS with the pixels that Node sees, from its cache next time', async () => {
    server.put('/sw.js', "importScripts('/lowrank-sw.min.js');");
    server.put(
      '/sw.html',
      `<!doctype html><title>Pictures</title><style>div{width:99px;height:66px;background:url(scene.lrk?css)}</style>
      <script>
        globalThis.log = [];
        navigator.serviceWorker && caches.open('lowrank-0')
          .then(() => navigator.serviceWorker.register('/sw.js'))
          .catch(error => log.push(String(error)));
      </script>`,
    );
    await driver().goto(`${server.origin}/sw.html`);
    if (!(await driver().evaluate("isSecureContext && 'serviceWorker' in navigator"))) {
      console.warn(`${engine} has no service workers here`);
      return;
    }
    await until(driver(), 'navigator.serviceWorker.controller');
    await expect
      .poll(() => driver().evaluate('caches.keys()'), { timeout: 20_000 })
      .not.toContain('lowrank-0');
    const pixels = (html: string) =>
      driver().evaluate(async (source: string) => {
        document.body.innerHTML = source;
        const img = document.querySelector('img')!;
        await img.decode();
        const copy = new OffscreenCanvas(img.naturalWidth, img.naturalHeight).getContext('2d')!;
        copy.drawImage(img, 0, 0);
        const { data } = copy.getImageData(0, 0, img.naturalWidth, img.naturalHeight);
        const hash = await crypto.subtle.digest('SHA-256', data);
        return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('');
      }, html);
    expect(await pixels('<img src="scene.lrk">')).toBe(hashOf(SCENE));
    expect(await pixels('<picture><source srcset="scene.lrk"><img src="none.png"></picture>')).toBe(
      hashOf(SCENE),
    );
    expect(
      await driver().evaluate(
        "caches.open('lowrank-1').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))",
      ),
    ).toContain('/scene.lrk');
    await driver().evaluate("document.body.innerHTML = '<div></div>'");
    await expect
      .poll(() => driver().evaluate("caches.match('scene.lrk?css').then(found => !!found)"), {
        timeout: 20_000,
      })
      .toBe(true);
    // Another version of the file is decoded, and a file that is not a picture is not.
    server.put('/scene.lrk', sampleFile('brick'), { headers: { etag: '"2"' } });
    await driver().goto(`${server.origin}/sw.html`);
    expect(await pixels('<img src="scene.lrk">')).toBe(hashOf(sampleFile('brick')));
    server.put('/scene.lrk', SCENE, { headers: { etag: '"1"' } });
    server.put('/bad.lrk', 'no picture');
    expect(
      await driver().evaluate(
        "Object.assign(new Image(), { src: 'bad.lrk' }).decode().catch(() => 'failed')",
      ),
    ).toBe('failed');
    // It tells servers no more about the page than the page would, and falls back on its cache if an answer breaks off.
    expect(await pixels('<img src="scene.lrk?private" referrerpolicy="no-referrer">')).toBe(hashOf(SCENE));
    const asked = server.requests('/scene.lrk').filter(({ path }) => path.endsWith('?private'));
    expect(asked.at(-1)!.headers.referer).toBeUndefined();
    server.behave('/scene.lrk', { headers: { etag: '"3"' }, cutAfter: 500 });
    expect(await pixels('<img src="scene.lrk?private">')).toBe(hashOf(SCENE));
    server.behave('/scene.lrk', { headers: { etag: '"1"' } });
    // A sequence shows its background.
    server.put('/clip.lrk', CLIP);
    expect(await pixels('<img src="clip.lrk">')).toBe(backgroundHash(CLIP));
    // Scripts get the file unchanged.
    expect(
      await driver().evaluate("fetch('scene.lrk').then(r => r.arrayBuffer()).then(b => b.byteLength)"),
    ).toBe(SCENE.length);
  });
});
