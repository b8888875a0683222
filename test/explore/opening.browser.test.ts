import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveExplorer } from '../../src/cli/explorer-server.js';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { hasNoFaults } from './faults.js';
import { figures, goToRank, PAGE, setRange, until, untilOpened, untilShown, visitPage } from './page.js';

const NAME = 'relief-grey';

let server: TestServer;
beforeAll(async () => {
  server = await serve(PAGE);
});
afterAll(() => server.close());

inEachBrowser('The explorer', driver => {
  /** Opens the page again with the settings of a link, by default at the highest rank. */
  const visit = (hash: string): Promise<void> => visitPage(driver(), server.origin, hash);

  it('opens a picture of the user, can be stopped while it encodes, and continues with another', async () => {
    await visit(`sample=${NAME}&view=decoded`);
    const pick = (width: number, height: number): Promise<void> =>
      driver().evaluate(
        async (w: number, h: number) => {
          const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
          const context = canvas.getContext('2d')!;
          // Waves under grain: flat colours would be encoded too quickly.
          const image = context.createImageData(w, h);
          for (let p = 0; p < w * h; p++) {
            const wave = 128 + 60 * Math.sin((p % w) / 37) + 40 * Math.cos(p / w / 23);
            for (let c = 0; c < 3; c++) image.data[4 * p + c] = wave + (((p + c) * 7919) % 31);
            image.data[4 * p + 3] = 255;
          }
          context.putImageData(image, 0, 0);
          const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve));
          const files = new DataTransfer();
          files.items.add(new File([blob!], '<b>"mine".png', { type: 'image/png' }));
          const input = document.querySelector<HTMLInputElement>('#file')!;
          input.files = files.files;
          input.dispatchEvent(new Event('change', { bubbles: true }));
        },
        width,
        height,
      );
    await pick(1600, 1200);
    // It is shown at a smaller size before and during its encoding.
    await until(
      driver(),
      "document.querySelector('#status-text').textContent.startsWith('Encoding 800 x 600')",
    );
    expect(await driver().evaluate("document.querySelector('#full').textContent")).toBe(
      'Use all 1,600 x 1,200 pixels',
    );
    expect(await driver().evaluate("document.querySelector('#full').hidden")).toBe(false);
    await setRange(driver(), 'rank', 7);
    await until(driver(), "document.querySelector('[data-figure=rank]').textContent.startsWith('7 of 64')");
    expect(await driver().evaluate("document.querySelector('#cancel').hidden")).toBe(false);
    await driver().click('#cancel');
    await until(
      driver(),
      "document.body.dataset.state === 'ready' && document.querySelector('#cancel').hidden",
    );
    await setRange(driver(), 'rank', 9);
    await until(driver(), "document.querySelector('[data-figure=rank]').textContent.startsWith('9 of 64')");
    expect(await driver().evaluate("document.querySelector('[data-figure=bytes]').textContent")).toBe(
      '\u2013',
    );
    await pick(90, 70);
    await until(driver(), "document.querySelector('#original').width === 90");
    await untilOpened(driver());
    expect(
      await driver().evaluate(
        "[document.querySelector('#original').width, document.querySelector('#original').getAttribute('aria-label')]",
      ),
    ).toEqual([90, 'Original: <b>"mine".png, 90 x 70 pixels']);
    expect(await driver().evaluate("document.querySelector('#full').hidden")).toBe(true);
    expect(await driver().evaluate("document.querySelectorAll('#viewer b').length")).toBe(0);
  });

  it('opens a picture that is dropped on it, and one that is pasted', async () => {
    await visit(`sample=${NAME}`);
    const give = (type: 'drop' | 'paste', name: string, width: number): Promise<void> =>
      driver().evaluate(
        async (kind: string, called: string, w: number) => {
          const canvas = Object.assign(document.createElement('canvas'), { width: w, height: 40 });
          const context = canvas.getContext('2d')!;
          context.fillStyle = '#2a6';
          context.fillRect(0, 0, w / 2, 30);
          const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve));
          const files = new DataTransfer();
          files.items.add(new File([blob!], called, { type: 'image/png' }));
          // No engine lets a script create these events with files: the files are added afterwards.
          const event = new Event(kind, { bubbles: true, cancelable: true });
          const field = kind === 'drop' ? 'dataTransfer' : 'clipboardData';
          Object.defineProperty(event, field, { value: files });
          if (kind === 'drop') document.body.dispatchEvent(new Event('dragover', { bubbles: true }));
          if (kind === 'drop' && !document.body.classList.contains('dropping'))
            throw new Error('no sign of a drop');
          document.body.dispatchEvent(event);
        },
        type,
        name,
        width,
      );
    for (const [type, width] of [
      ['drop', 56],
      ['paste', 48],
    ] as const) {
      await give(type, `${type}.png`, width);
      await until(
        driver(),
        `document.querySelector('#original').getAttribute('aria-label') === 'Original: ${type}.png, ${width} x 40 pixels'`,
      );
      await untilOpened(driver());
      expect(await driver().evaluate("document.body.classList.contains('dropping')")).toBe(false);
      expect(await driver().evaluate("document.querySelector('#sample').value")).toBe('');
    }
  });

  it('begins at rank 1 and plays once, and nothing moves while it encodes', async () => {
    await driver().goto('about:blank');
    await driver().goto(`${server.origin}/#sample=scene`);
    await driver().evaluate(() => {
      const seen = { ranks: [Number(document.body.dataset.rank ?? 1)], moved: 0 };
      Object.assign(globalThis, { seen });
      new MutationObserver(() => seen.ranks.push(Number(document.body.dataset.rank))).observe(document.body, {
        attributeFilter: ['data-rank'],
      });
      if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
        new PerformanceObserver(entries => {
          for (const entry of entries.getEntries() as unknown as { value: number }[])
            seen.moved += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
    });
    await until(driver(), "globalThis.seen.ranks.at(-1) > 4 && document.body.dataset.state === 'ready'");
    const { ranks, moved } = await driver().evaluate<[], { ranks: number[]; moved: number }>(
      'globalThis.seen' as never,
    );
    expect(ranks[0]).toBeLessThanOrEqual(2);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(moved).toBeLessThan(0.02);
  });

  it('shows a whole picture as the sum of its own patterns, at once and before anything is coded', async () => {
    await driver().goto('about:blank');
    await driver().goto(`${server.origin}/#sample=${NAME}&layout=channel&rank=1&view=decoded`);
    await until(driver(), "document.body.dataset.rank === '1' && document.querySelector('#atoms li')");
    // At rank 1 every row is a multiple of any other.
    const steps = await driver().evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('#decoded')!;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const at = (x: number, y: number): number => data[4 * (y * canvas.width + x)]! - 128;
      const [w, h] = [canvas.width, canvas.height];
      return [at(9, 9) * at(w - 9, h - 9), at(9, h - 9) * at(w - 9, 9)];
    });
    expect(Math.abs(steps[0]! - steps[1]!)).toBeLessThan(400);
    await until(driver(), "Number(document.querySelector('#rank').max) > 60");
  });

  it('zooms by wheel, buttons and keys around the pointer, and is moved by dragging', async () => {
    // Wider than the stage once zoomed, so that there is somewhere to go.
    await driver().resize(1024, 768);
    await visit(`sample=${NAME}&view=decoded`);
    const box = (): Promise<number[]> =>
      driver().evaluate(() => {
        const { left, top, width } = document.querySelector('#sheet')!.getBoundingClientRect();
        return [left, top, width];
      });
    const [, , before] = await box();
    await driver().evaluate(() => {
      const stage = document.querySelector('#stage')!;
      const { left, top } = stage.getBoundingClientRect();
      const at = { clientX: left + 40, clientY: top + 40, bubbles: true, cancelable: true };
      stage.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -400 }));
    });
    const [left, , wide] = await box();
    expect(wide).toBeGreaterThan(before! * 1.5);
    await driver().evaluate(() => {
      const stage = document.querySelector('#stage')!;
      const box = stage.getBoundingClientRect();
      const send = (type: string, x: number, buttons: number): void => {
        const at = { clientX: box.left + x, clientY: box.top + 50, bubbles: true };
        try {
          stage.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, button: 0, buttons }));
        } catch {
          // a pointer that is made up cannot be captured
        }
      };
      send('pointerdown', 300, 1);
      for (let x = 290; x >= 200; x -= 10) send('pointermove', x, 1);
      send('pointerup', 200, 0);
    });
    expect((await box())[0]).toBeLessThan(left! - 40);
    await until(driver(), "location.hash.includes('zoom=')");
    await driver().evaluate("document.querySelector('#stage').focus()");
    await driver().type('0');
    expect((await box())[2]).toBe(before);
    await driver().click('#zoom-in');
    expect((await box())[2]).toBeGreaterThan(before! * 1.4);
  });

  it('explains its terms in place, and the idea in six steps', async () => {
    await visit(`sample=${NAME}`);
    await driver().click(':has(> [data-figure=psnr]) .word');
    expect(await driver().evaluate("document.querySelector('#tip').hidden")).toBe(false);
    expect(await driver().evaluate("document.querySelector('#tip').textContent")).toContain('in decibels');
    const unknown = await driver().evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('.word')].filter(word => {
          word.click();
          return word.offsetParent && document.querySelector('#tip')!.textContent!.length < 40;
        }).length,
    );
    expect(unknown).toBe(0);
    const titles: string[] = [];
    for (let step = 1; step <= 6; step++) {
      await driver().click('#tour-next');
      titles.push(
        await driver().evaluate<[], string>("document.querySelector('#tour-title').textContent" as never),
      );
      if (step === 1)
        await until(driver(), "document.querySelectorAll('#tour-figure polyline').length === 2");
      if (step === 2) await until(driver(), "document.querySelectorAll('#tour-figure canvas').length === 3");
      if (step === 4)
        await until(driver(), "document.querySelector('#tour-text').textContent.includes('24 \u00d7 (')");
    }
    expect(new Set(titles).size).toBe(6);
    await until(driver(), "document.querySelector('#tour-figure').dataset.state === 'playing'");
    const share = await driver().evaluate<[], string>(
      "document.querySelector('#tour-figure .note').textContent" as never,
    );
    expect(Number.parseFloat(share)).toBeGreaterThan(95);
  });

  it('plays rank by rank from first to last, says which pattern came last, and stops on request', async () => {
    await visit(`sample=${NAME}`);
    const text = "document.querySelector('#play').textContent";
    const last = Number.parseInt((await figures(driver())).rank!, 10);
    // The page stops itself, since on a busy machine the test might ask too late.
    await driver().evaluate(() => {
      const ranks: number[] = [];
      Object.assign(globalThis, { ranks });
      new MutationObserver(() => {
        ranks.push(Number(document.body.dataset.rank));
        const play = document.querySelector<HTMLButtonElement>('#play')!;
        const last = /^Grey (\d+) came last/.exec(document.querySelector('#carried-text')!.textContent!);
        if (
          ranks.at(-1)! > 3 &&
          Number(last?.[1]) > 1 &&
          Number(last?.[1]) < ranks.at(-1)! &&
          play.textContent === 'Pause'
        )
          play.click();
      }).observe(document.body, { attributeFilter: ['data-rank'] });
    });
    await driver().click('#play');
    await until(driver(), `globalThis.ranks.at(-1) > 3 && ${text} === 'Play'`);
    await untilShown(driver());
    const ranks = await driver().evaluate<[], number[]>('globalThis.ranks' as never);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBeLessThanOrEqual(3);
    expect(ranks.at(-1)).toBeLessThan(last);
    await visit(`sample=${NAME}&rank=${last - 2}`);
    await driver().click('#play');
    await until(
      driver(),
      `${text} === 'Play' && document.querySelector('[data-figure=rank]').textContent === '${last} of ${last}'`,
    );
  });

  it('says what is wrong with a file that is not a picture, and keeps the open picture', async () => {
    await visit(`sample=${NAME}`);
    await driver().evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File(['no picture'], 'a.png', { type: 'image/png' }));
      const input = document.querySelector<HTMLInputElement>('#file')!;
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until(driver(), "document.querySelector('#error').textContent.includes('cannot read')");
    expect(await driver().evaluate("document.querySelector('#sample').value")).toBe(NAME);
    await goToRank(driver(), 3);
    await driver().evaluate("document.querySelector('input[name=layout][value=channel]').click()");
    await until(driver(), "document.querySelector('#rank').max > 64");
    await untilShown(driver());
  });

  it('starts another worker after one has failed', async () => {
    server.put('/worker.js', 'throw new Error("no memory");');
    await driver().goto('about:blank');
    await driver().goto(`${server.origin}/#sample=${NAME}&rank=all`);
    await until(driver(), "!document.querySelector('#error').hidden");
    server.put('/worker.js', readFileSync(`${PAGE}/worker.js`));
    await driver().evaluate((name: string) => {
      const select = document.querySelector<HTMLSelectElement>('#sample')!;
      select.value = name;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, NAME);
    await untilOpened(driver());
  });

  it('works under the policy that it is served with, and cannot be used by pages from elsewhere', async () => {
    const image = readFileSync(`${PAGE}/samples/${NAME}.png`);
    const explorer = await serveExplorer({ image, name: '<img src=x onerror=globalThis.owned=1>.png' });
    try {
      await driver().goto('about:blank');
      await driver().goto(explorer.url);
      await untilOpened(driver());
      const labels = await driver().evaluate<[], string>(
        "[...document.querySelectorAll('[aria-label]')].map(of => of.getAttribute('aria-label')).join()" as never,
      );
      expect(labels).toContain('Original: <img src=x onerror=globalThis.owned=1>.png,');
      expect(await driver().evaluate('globalThis.owned === undefined')).toBe(true);
      server.put('/elsewhere.html', '<!doctype html><title>Elsewhere</title>');
      await driver().goto(`${server.origin}/elsewhere.html`);
      const got = await driver().evaluate(
        async (url: string) => {
          const ask = (mode: RequestMode): Promise<string> =>
            fetch(`${url}picture`, { mode }).then(
              answer => `${answer.type} ${answer.status}`,
              () => 'refused',
            );
          const image = new Image();
          const loaded = new Promise(done => {
            image.onload = () => done('loaded');
            image.onerror = () => done('refused');
          });
          image.src = `${url}samples/scene.png`;
          return [await ask('cors'), await ask('no-cors'), await loaded];
        },
        explorer.url.replace(/\?.*/, ''),
      );
      expect(got).toEqual(['refused', 'refused', 'refused']);
    } finally {
      await explorer.close();
    }
  });
});

inEachBrowser(
  'The explorer',
  driver => {
    hasNoFaults('in dark colours', driver, () => server.origin);
  },
  { dark: true },
);
