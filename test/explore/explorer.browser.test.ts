import { decode, encode, inspect, psnr } from 'lowrank';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { hasNoFaults } from './faults.js';
import {
  download,
  figures,
  goToRank,
  PAGE,
  pixelsOf,
  sample,
  setRange,
  sha256,
  until,
  untilShown,
  visitPage,
} from './page.js';

const NAME = 'relief-grey';

let server: TestServer;
beforeAll(async () => {
  server = await serve(PAGE);
});
afterAll(() => server.close());

inEachBrowser('The explorer', driver => {
  /** Opens the page again with the settings of a link, by default at the highest rank. */
  const visit = (hash: string): Promise<void> => visitPage(driver(), server.origin, hash);
  const shownDecibels = async (): Promise<number> => Number.parseFloat((await figures(driver())).psnr!);
  const markedRank = (): Promise<string> =>
    driver().evaluate("document.querySelector('#psnr-chart').dataset.rank");

  it('encodes a sample and shows it with its curves, figures and atoms', async () => {
    await visit(`sample=${NAME}&tab=curves`);
    const raster = await sample(NAME);
    const bytes = encode(raster, { quality: 75 });
    const { rank, psnr: stated } = inspect(bytes);
    const shown = await figures(driver());
    expect(shown).toMatchObject({
      rank: `${rank} of ${rank}`,
      bytes: bytes.length.toLocaleString('en'),
      psnr: `${stated.toFixed(2)} dB`,
    });
    expect(await pixelsOf(driver(), 'decoded')).toBe(sha256(decode(bytes).data as Uint8ClampedArray));
    await until(driver(), "document.querySelectorAll('#psnr-chart circle').length > 15");
    expect(
      await driver().evaluate("document.querySelectorAll('#spectrum-chart circle').length"),
    ).toBeGreaterThan(20);
    const cards = "document.querySelectorAll('#atoms button').length";
    expect(await driver().evaluate(cards)).toBe(12);
    await driver().evaluate("document.querySelector('#all').click()");
    expect(await driver().evaluate(cards)).toBeGreaterThan(20);
    const sum = await driver().evaluate<[], string>("document.querySelector('#strip').innerText" as never);
    expect(sum).toMatch(/^picture =\s+[\d,]+\s*\u00d7\s+\+\s+[\d,]+/);
    const wrong = (await driver().messages()).filter(({ type }) => type === 'error' || type === 'uncaught');
    expect(wrong).toEqual([]);
  });

  it('shows another picture, other figures and another point of the curves when keys move the slider', async () => {
    const before = [
      await pixelsOf(driver(), 'decoded'),
      await figures(driver()),
      await markedRank(),
    ] as const;
    await driver().evaluate("document.querySelector('#rank').focus()");
    await driver().press('Home');
    await until(driver(), "document.querySelector('[data-figure=rank]').textContent.startsWith('1 of')");
    await driver().press('ArrowRight');
    await driver().press('ArrowRight');
    await until(driver(), "document.querySelector('[data-figure=rank]').textContent.startsWith('3 of')");
    await untilShown(driver());
    await until(driver(), "document.querySelector('#psnr-chart').dataset.rank === '3'");
    const after = [await pixelsOf(driver(), 'decoded'), await figures(driver()), await markedRank()] as const;
    expect(after[0]).not.toBe(before[0]);
    expect(Number.parseFloat(after[1].psnr!)).toBeLessThan(Number.parseFloat(before[1].psnr!) - 3);
    for (const name of ['bytes', 'numbers', 'ratio', 'kept'])
      expect(after[1][name]).not.toBe(before[1][name]);
    expect([before[2], after[2]]).not.toEqual(['3', '3']);
    // The announcement for screen readers follows once the figures rest.
    await until(driver(), "document.querySelector('#live').textContent.includes('Rank 3 of')");
  });

  it('downloads a file that decodes to the shown picture, with the stated size and quality, and the picture as PNG', async () => {
    await goToRank(driver(), 5);
    const shown = await figures(driver());
    await driver().click('#tab-file');
    const { name, bytes } = await download(driver(), '#save-lrk');
    expect(name).toBe(`${NAME}-rank-5.lrk`);
    expect(bytes.length.toLocaleString('en')).toBe(shown.bytes);
    const picture = decode(bytes);
    expect(picture.rank).toBe(5);
    expect(sha256(picture.data as Uint8ClampedArray)).toBe(await pixelsOf(driver(), 'decoded'));
    const measured = psnr(await sample(NAME), decode(bytes, { channels: 'file' })).psnr;
    expect(shown.psnr).toBe(`${measured.toFixed(2)} dB`);
    const png = await download(driver(), '#save-png');
    expect(sha256(PNG.sync.read(Buffer.from(png.bytes)).data)).toBe(await pixelsOf(driver(), 'decoded'));
  });

  it('shows the picture without the pattern under the pointer, removes a pattern that is clicked, and puts it back', async () => {
    const whole = await pixelsOf(driver(), 'decoded');
    const better = await shownDecibels();
    await driver().click('#tab-patterns');
    const point = (type: string): Promise<void> =>
      driver().evaluate((name: string) => {
        document
          .querySelector('#strip .term:nth-of-type(3) button')!
          .dispatchEvent(new PointerEvent(name, { pointerType: 'mouse' }));
      }, type);
    await point('pointerenter');
    await until(driver(), "document.querySelector('#preview').textContent.startsWith('without Grey 2')");
    expect(await pixelsOf(driver(), 'decoded')).not.toBe(whole);
    expect(await shownDecibels()).toBe(better);
    await point('pointerleave');
    await until(driver(), "document.querySelector('#preview').hidden");
    expect(await pixelsOf(driver(), 'decoded')).toBe(whole);
    await driver().evaluate("document.querySelector('#atoms li:nth-child(2) button').click()");
    await until(
      driver(),
      "document.querySelector('#figures').textContent.includes('1 out') && document.body.dataset.shown",
    );
    await until(
      driver(),
      "document.querySelector('#carried-text').textContent.startsWith('Grey 2 is left out')",
    );
    expect(await shownDecibels()).toBeLessThan(better - 0.3);
    expect(await pixelsOf(driver(), 'decoded')).not.toBe(whole);
    expect(
      await driver().evaluate(
        "document.querySelector('#atoms li:nth-child(2) button').getAttribute('aria-pressed')",
      ),
    ).toBe('true');
    await driver().click('#restore');
    await until(driver(), "!document.querySelector('#figures').textContent.includes('1 out')");
    expect(await pixelsOf(driver(), 'decoded')).toBe(whole);
    expect(await shownDecibels()).toBe(better);
  });

  it('moves from block to block by keys and says what each is made of', async () => {
    await driver().evaluate("document.querySelector('#stage').focus()");
    await driver().press('ArrowRight');
    await until(driver(), "document.querySelectorAll('#weights tr').length");
    const first = await driver().evaluate<[], string>(
      "document.querySelector('#block-text').textContent" as never,
    );
    expect(first).toMatch(
      /^Block at x \d+, y \d+: error [\d.]+ dB, .* bits in the whole file; (the heaviest \d+ of )?\d+ patterns?\.$/,
    );
    const markOf = (): Promise<number[]> =>
      driver().evaluate(() => {
        const { left, top, width, height } = document.querySelector('#cursor')!.getBoundingClientRect();
        return [left, top, width, height];
      });
    const [, above, wide, high] = await markOf();
    expect(Math.min(wide!, high!)).toBeGreaterThan(5);
    await driver().press('ArrowDown');
    await until(driver(), `document.querySelector('#block-text').textContent !== ${JSON.stringify(first)}`);
    expect((await markOf())[1]).not.toBe(above);
    expect(await driver().evaluate("document.activeElement === document.querySelector('#stage')")).toBe(true);
    expect(await driver().evaluate("document.querySelector('#weights td').textContent")).toMatch(
      /^Grey \d+$/,
    );
  });

  it('shows the difference and the maps of bits and rank, and moves its divider by keys', async () => {
    const shown = await pixelsOf(driver(), 'decoded');
    await driver().click('input[name=view][value=difference]');
    await until(
      driver(),
      "document.querySelector('#decoded').getAttribute('aria-label').startsWith('Difference')",
    );
    expect(await pixelsOf(driver(), 'decoded')).not.toBe(shown);
    const maps: string[] = [];
    for (const view of ['bits', 'rank']) {
      await driver().click(`input[name=view][value=${view}]`);
      await until(driver(), "!document.querySelector('#heat').hidden && document.querySelector('#legend i')");
      maps.push(await pixelsOf(driver(), 'heat'));
    }
    expect(maps[0]).not.toBe(maps[1]);
    await driver().click('input[name=view][value=split]');
    await driver().evaluate("document.querySelector('#divider').focus()");
    const before = await driver().evaluate<[], string>(
      "document.querySelector('#decoded').style.clipPath" as never,
    );
    await driver().press('End');
    expect(await driver().evaluate("document.querySelector('#divider').getAttribute('aria-valuenow')")).toBe(
      '100',
    );
    expect(await driver().evaluate("document.querySelector('#decoded').style.clipPath")).not.toBe(before);
  });

  it('encodes again for another layout, basis and quality, and a link restores all choices', async () => {
    await driver().click('#tab-file');
    await driver().evaluate("document.querySelector('#expert').open = true");
    await driver().click('input[name=basis][value=dct]');
    await setRange(driver(), 'quality', 40);
    await until(driver(), "document.body.dataset.state === 'busy'");
    await untilShown(driver());
    const raster = await sample(NAME);
    const bytes = encode(raster, { quality: 40, basis: 'dct' });
    await goToRank(driver(), inspect(bytes).rank);
    expect((await figures(driver())).bytes).toBe(bytes.length.toLocaleString('en'));
    await driver().click('input[name=layout][value=channel]');
    await until(driver(), "document.body.dataset.state === 'busy'");
    await untilShown(driver());
    await goToRank(driver(), 4);
    await driver().evaluate("document.querySelector('#atoms li:nth-child(1) button').click()");
    await until(
      driver(),
      "document.querySelector('#figures').textContent.includes('1 out') && document.body.dataset.shown",
    );
    await until(driver(), "location.hash.includes('without=1.1')");
    const [shown, pixels] = [await figures(driver()), await pixelsOf(driver(), 'decoded')];
    const hash = await driver().evaluate<[], string>('location.hash.slice(1)' as never);
    expect(hash).toContain('layout=channel');
    await visit(hash);
    await until(driver(), "document.querySelector('#figures').textContent.includes('1 out')");
    expect((await figures(driver())).rank).toBe(shown.rank);
    expect(await shownDecibels()).toBe(Number.parseFloat(shown.psnr!));
    expect(await pixelsOf(driver(), 'decoded')).toBe(pixels);
    const { bytes: file } = await download(driver(), '#save-lrk');
    expect(file.length.toLocaleString('en')).toBe(shown.bytes);
    expect(decode(file).data).toEqual(
      decode(encode(raster, { quality: 40, layout: 'channel' }), { rank: 4 }).data,
    );
  });

  it('says that an exact cell has no atoms', async () => {
    await visit('sample=window&block=700&tab=block');
    await until(driver(), "document.querySelector('#block-text').textContent.includes('exact cell')");
    expect(await driver().evaluate("document.querySelectorAll('#weights tr').length")).toBe(0);
  });

  hasNoFaults('in light colours', driver, () => server.origin);
});
