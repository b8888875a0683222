import { inspectSequence } from 'lowrank/sequence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { type Behaviour, serve, type TestServer } from '../browsers/server.js';
import { encodeFrames } from '../sequence/clips.js';
import { backgroundHash, CLIP_LOG_FILE, frameHashes, type Said, said } from './clip-page.js';
import { DIST, LOG_FILE, pageOf, sampleFile, shown, until } from './page.js';

const FRAMES = drawClip();
const DURATIONS = FRAMES.map((_, t) => 40 + 10 * (t % 3));
/** Shown twice. */
const CLIP = await encodeFrames(FRAMES, { temporalRank: 2 }, { durations: DURATIONS, loops: 2 });
const HASHES = frameHashes(CLIP);
const INFO = inspectSequence(CLIP);
/** The start of a frame's section: after the last one come the four bytes of the check. */
const startOf = (frame: number): number =>
  CLIP.length - 4 - INFO.frameBytes.slice(frame).reduce((sum, bytes) => sum + bytes, 0);
const LAST = FRAMES.length - 1;
const CSP = { 'Content-Security-Policy': "default-src 'self'" };
const SCRIPT = '<script src="/lowrank.min.js"></script>';
const A = "document.querySelector('#a')";

let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await serve(DIST);
  server.put(...LOG_FILE);
  server.put(...CLIP_LOG_FILE);
  server.put('/scene.lrk', sampleFile('scene'));
  server.put('/none.js', 'delete globalThis.Worker;');
  server.put(
    '/calm.js',
    `const real = matchMedia;
    globalThis.matchMedia = query => query.includes('reduced-motion') ? { matches: true } : real(query);`,
  );
});
afterAll(() => server.close());

inEachBrowser('The player', driver => {
  interface Page {
    behaviour?: Behaviour;
    attributes?: string;
    inside?: string;
    script?: string;
    headers?: Record<string, string>;
    before?: string;
  }
  /** Serves a clip under an address of its own, and opens a page with it. */
  const show = async (
    file: Uint8Array,
    { behaviour = {}, attributes = '', inside = '', script, headers = {}, before = '' }: Page = {},
  ): Promise<string> => {
    const path = `/clip-${++count}.lrk`;
    server.put(path, file, behaviour);
    const body = `<lowrank-img id="a" src="${path}" alt="A hill" ${attributes}>${inside}</lowrank-img>`;
    const module = '<script type="module" src="/web/define.js"></script>';
    const page = pageOf(body, `<script src="/clip-log.js"></script>${before}${script ?? module}`);
    server.put('/page.html', page, { headers });
    await driver().goto(`${server.origin}/page.html`);
    return path;
  };
  const has = (type: string): Promise<void> =>
    until(driver(), `clipLog.some(({ type }) => type === '${type}')`);
  const frameIs = (frame: number): Promise<void> =>
    until(driver(), `clipLog.filter(({ type }) => type === 'frame').at(-1)?.frame === ${frame}`);
  /** Waits for this many frames, whichever. */
  const showsFrames = (): Promise<void> =>
    until(driver(), "clipLog.filter(({ type }) => type === 'frame').length > 2");
  const typesOf = (log: Said[]): string[] =>
    log.map(({ type }) => type).filter(type => type !== 'frame' && type !== 'progress');
  const framesOf = (log: Said[]): Said[] => log.filter(({ type }) => type === 'frame');
  /** Firefox logs violations of a policy as errors. */
  const uncaught = async () =>
    (await driver().messages()).filter(
      ({ type, text }) => type === 'uncaught' && !text.startsWith('Content-Security-Policy:'),
    );
  /** Checks that frames are in order, each with the pixels that Node decodes; a slow machine may drop some. */
  const expectInOrder = (frames: Said[]): void => {
    const places = frames.map(({ loop, frame }) => loop! * FRAMES.length + frame!);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    for (const { frame, hash } of frames) expect([frame, hash]).toEqual([frame, HASHES[frame!]]);
  };

  it('plays a sequence by itself, as often as the file says, and stops on its last frame', async () => {
    const before = (await uncaught()).length;
    const path = await show(CLIP);
    await has('ended');
    const log = await said(driver());
    expect(typesOf(log).filter(type => type !== 'load')).toEqual(['play', 'pause', 'ended']);
    expect(typesOf(log).filter(type => type === 'load')).toHaveLength(1);
    const frames = framesOf(log);
    expectInOrder(frames);
    expect([frames[0], frames.at(-1)]).toMatchObject([
      { frame: 0, loop: 0, time: 0 },
      { frame: LAST, loop: 1 },
    ]);
    expect(await shown(driver())).toEqual({
      width: 88,
      height: 60,
      fallback: false,
      picture: true,
      hash: HASHES[LAST],
    });
    expect(
      await driver().evaluate(`[${A}.frames, ${A}.duration, ${A}.naturalWidth, ${A}.paused, ${A}.complete]`),
    ).toEqual([FRAMES.length, INFO.duration / 1000, 88, true, true]);
    // A repetition does not fetch the file again.
    expect(server.requests(path)).toHaveLength(1);
    await driver().evaluate(`clipLog.length = 0, ${A}.play()`);
    await has('ended');
    expectInOrder(framesOf(await said(driver())));
    expect(server.requests(path)).toHaveLength(1);
    expect((await uncaught()).slice(before)).toEqual([]);
  });

  it('is not fetched by pages that show only pictures', async () => {
    const fetched = (): number => server.requests('/web/player.js').length;
    const before = fetched();
    server.put('/page.html', pageOf('<lowrank-img id="a" src="scene.lrk"></lowrank-img>'));
    await driver().goto(`${server.origin}/page.html`);
    await until(driver(), "log.some(([type]) => type === 'load')");
    expect(fetched()).toBe(before);
  });

  it('paints the background before any frame, and frames before the rest has arrived', async () => {
    await show(CLIP, { behaviour: { cutAfter: startOf(0), hang: true } });
    await has('progress');
    await until(driver(), `clipLog.some(({ layer }) => layer === ${INFO.background.layers.length})`);
    expect((await shown(driver())).hash).toBe(backgroundHash(CLIP));
    expect(framesOf(await said(driver()))).toEqual([]);
    await show(CLIP, { behaviour: { cutAfter: startOf(4), hang: true } });
    await frameIs(3);
    const log = await said(driver());
    expectInOrder(framesOf(log));
    expect(typesOf(log)).toEqual(['play']);
  });

  it('waits for a slow network, and still shows each frame', async () => {
    await show(CLIP, { behaviour: { chunk: 150, pause: 30 }, attributes: 'loops="1"' });
    await has('ended');
    const log = await said(driver());
    expectInOrder(framesOf(log));
    expect(framesOf(log).at(-1)).toMatchObject({ frame: LAST, loop: 0 });
    expect(typesOf(log).sort()).toEqual(['ended', 'load', 'pause', 'play']);
  });

  it('seeks forwards and back while paused, and plays on from there', async () => {
    await show(CLIP, { attributes: 'paused' });
    await has('load');
    const frames = [LAST, 2, 2, 7, 0, 5];
    for (const frame of frames) {
      await driver().evaluate(`clipLog.length = 0, ${A}.currentFrame = ${frame}`);
      await frameIs(frame);
      const [only, ...others] = framesOf(await said(driver()));
      expect([only!.hash, others]).toEqual([HASHES[frame], []]);
      expect(await driver().evaluate(`${A}.currentFrame`)).toBe(frame);
    }
    const time = DURATIONS.slice(0, 4).reduce((sum, ms) => sum + ms, 0) / 1000;
    await driver().evaluate(`clipLog.length = 0, ${A}.currentTime = ${time + 0.001}`);
    await frameIs(4);
    expect(await driver().evaluate(`${A}.currentTime`)).toBeCloseTo(time, 9);
    await driver().evaluate(`clipLog.length = 0, ${A}.currentFrame = 1e9`);
    await frameIs(LAST);
    await driver().evaluate(`clipLog.length = 0, ${A}.currentFrame = 3, ${A}.play()`);
    await has('ended');
    const log = await said(driver());
    expectInOrder(framesOf(log));
    expect(framesOf(log)[0]).toMatchObject({ frame: 3, loop: 0 });
    expect(typesOf(log)).toEqual(['play', 'pause', 'ended']);
  });

  it('pauses on request, and continues from there', async () => {
    await show(CLIP, { attributes: 'loops="0"' });
    await showsFrames();
    await driver().evaluate(`${A}.pause()`);
    await has('pause');
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 100))');
    const at = await driver().evaluate<[], number>(`clipLog.length = 0, ${A}.currentFrame` as never);
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 300))');
    expect(await said(driver())).toEqual([]);
    await driver().evaluate(`${A}.play()`);
    await showsFrames();
    const log = await said(driver());
    expect(log[0]!.type).toBe('play');
    expectInOrder(framesOf(log));
    expect(framesOf(log)[0]!.frame! > at || framesOf(log)[0]!.frame === 0 || at === LAST).toBe(true);
  });

  it('stops while it is out of view or out of the document, and continues afterwards', async () => {
    await show(CLIP, { attributes: 'loops="0"' });
    await showsFrames();
    /** Waits until there has been no event or request for half a second. */
    const still = (): Promise<void> =>
      expect
        .poll(
          () =>
            driver().evaluate(
              'clipLog.length = asked = 0, new Promise(resolve => setTimeout(() => resolve(clipLog.length + asked), 500))',
            ),
          { timeout: 60_000 },
        )
        .toBe(0);
    await driver().evaluate(`${A}.style.marginTop = '9000px'`);
    await still();
    await driver().evaluate(`${A}.style.marginTop = ''`);
    await showsFrames();
    await driver().evaluate(`(globalThis.a = ${A}).remove()`);
    await still();
    const at = await driver().evaluate<[], number>('a.currentFrame' as never);
    expect(await driver().evaluate("a.shadowRoot.querySelector('canvas').width")).toBe(0);
    await driver().evaluate('document.body.append(a)');
    await showsFrames();
    const frames = framesOf(await said(driver()));
    expectInOrder(frames);
    expect(frames[0]!.frame).toBe(at);
  });

  it('stays on the first frame if the reader prefers reduced motion, unless it is asked to play', async () => {
    const before = '<script src="/calm.js"></script>';
    await show(CLIP, { before });
    await has('load');
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 300))');
    const log = await said(driver());
    expect(framesOf(log)).toMatchObject([{ frame: 0, hash: HASHES[0] }]);
    expect(typesOf(log)).toEqual(['load']);
    expect(await driver().evaluate(`${A}.paused`)).toBe(true);
    await driver().evaluate(`${A}.play()`);
    await has('ended');
    await show(CLIP, { before, behaviour: { delay: 500 } });
    await until(driver(), `${A}.play`);
    await driver().evaluate(`${A}.play()`);
    await has('ended');
  });

  const broken = CLIP.map((byte, i) => (i === startOf(6) - 3 ? byte ^ 1 : byte));
  it('reports once which frame is corrupt, and keeps the last good one, or shows the fallback', async () => {
    const before = (await uncaught()).length;
    await show(broken);
    await has('error');
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 300))');
    const log = await said(driver());
    expect(log.filter(({ type }) => type === 'error')).toMatchObject([
      { code: 'CORRUPT', field: expect.stringMatching(/^frame 6: /) },
    ]);
    expectInOrder(framesOf(log));
    const last = framesOf(log).at(-1)!.frame!;
    expect(last).toBeLessThan(5);
    expect(await shown(driver())).toMatchObject({ fallback: false, hash: HASHES[last] });
    await show(broken, { inside: '<b>No clip</b>' });
    await has('error');
    expect(await shown(driver())).toMatchObject({ fallback: true, picture: false });
    expect((await uncaught()).slice(before)).toEqual([]);
  });

  it('reports NETWORK once if the connection is cut, and plays a truncated file as its low-rank part', async () => {
    await show(CLIP, { behaviour: { cutAfter: startOf(3) } });
    await has('error');
    expect((await said(driver())).filter(({ type }) => type === 'error')).toMatchObject([
      { code: 'NETWORK' },
    ]);
    const cut = CLIP.subarray(0, startOf(4));
    await show(cut, { attributes: 'loops="1"' });
    await has('ended');
    const hashes = frameHashes(cut);
    for (const { frame, hash } of framesOf(await said(driver()))) expect(hash).toBe(hashes[frame!]);
  });

  it('shows only the low-rank part at a rank, and does not wait for more', async () => {
    const path = await show(CLIP, {
      attributes: 'rank="1" paused',
      behaviour: { cutAfter: startOf(2), hang: true },
    });
    await has('load');
    await driver().evaluate(`clipLog.length = 0, ${A}.currentFrame = 8`);
    await frameIs(8);
    expect(framesOf(await said(driver()))[0]!.hash).toBe(frameHashes(CLIP, { rank: 1 })[8]);
    await expect.poll(() => server.requests(path)[0]!.end, { timeout: 20_000 }).toBe('aborted');
  });

  it.each([
    ['the module', undefined, CSP, ''],
    ['the one script, whose player is its worker as well', SCRIPT, CSP, ''],
    ['no workers', SCRIPT, {}, '<script src="/none.js"></script>'],
  ])('plays in pages that allow only their own files, or no workers: %s', async (_, script, headers, before) => {
    const silent = (await uncaught()).length;
    const asked = server.requests('/lowrank-player.min.js').length;
    await show(CLIP, { script, headers, before });
    await has('ended');
    expectInOrder(framesOf(await said(driver())));
    if (script && headers === CSP)
      expect(server.requests('/lowrank-player.min.js').length).toBeGreaterThan(asked + 1);
    expect((await uncaught()).slice(silent)).toEqual([]);
  });

  it('follows src from a clip to a picture and back', async () => {
    const path = await show(CLIP, { attributes: 'loops="0"' });
    await showsFrames();
    await driver().evaluate(`log.length = 0, ${A}.src = 'scene.lrk'`);
    await until(driver(), "log.some(([type]) => type === 'load')");
    await driver().evaluate('clipLog.length = 0');
    await driver().evaluate('new Promise(resolve => setTimeout(resolve, 300))');
    expect(framesOf(await said(driver()))).toEqual([]);
    expect(await driver().evaluate(`[${A}.frames, ${A}.currentFrame, ${A}.duration]`)).toEqual([0, 0, null]);
    expect((await shown(driver())).width).toBe(480);
    await driver().evaluate(`${A}.src = '${path}'`);
    await showsFrames();
    expectInOrder(framesOf(await said(driver())));
  });
});
