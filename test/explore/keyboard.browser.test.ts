import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { PAGE, until, visitPage } from './page.js';

let server: TestServer;
beforeAll(async () => {
  server = await serve(PAGE);
});
afterAll(() => server.close());

inEachBrowser('The explorer without a mouse', driver => {
  const visit = (hash: string): Promise<void> =>
    visitPage(driver(), server.origin, `sample=relief-grey&${hash}`);
  const resize = async (width: number, height: number): Promise<void> => {
    await driver().resize(width, height);
    await until(driver(), `innerWidth === ${width}`);
  };
  /** Gives an element the focus; is it then what one sees at its own centre? */
  const isSeen = (selector: string): Promise<boolean> =>
    driver().evaluate(async (of: string) => {
      const element = document.querySelector<HTMLElement>(of)!;
      element.focus();
      await new Promise(requestAnimationFrame);
      const { left, top, width, height } = element.getBoundingClientRect();
      const at = document.elementFromPoint(left + width / 2, top + height / 2);
      return document.activeElement === element && element.contains(at);
    }, selector);
  /** Activates what has the focus. */
  const press = (): Promise<void> => driver().evaluate('void document.activeElement.click()');
  const focused = (): Promise<string> =>
    driver().evaluate("document.activeElement.id || document.activeElement.name || 'none'");

  it('covers nothing that has the focus, in windows of any size', async () => {
    await visit('rank=9');
    for (const [width, height] of [
      [320, 256],
      [360, 800],
      [1280, 500],
    ] as const) {
      await resize(width, height);
      for (const of of [
        '.term:nth-of-type(2) button',
        '#figures .word',
        '#tour-next',
        '#all',
        '#figures .word',
      ])
        expect([width, of, await isSeen(of)]).toEqual([width, of, true]);
    }
    await resize(1024, 768);
  });

  it('keeps a pattern in sight that is taken out of the sum', async () => {
    await resize(360, 800);
    await visit('rank=9');
    const term = '.term:nth-of-type(2) button';
    expect(await isSeen(term)).toBe(true);
    await press();
    await until(driver(), `document.querySelector('${term}').ariaPressed === 'true'`);
    expect(await isSeen(term)).toBe(true);
    await resize(1024, 768);
  });

  it('passes on the focus of a button that goes away', async () => {
    await visit('rank=9&without=1.2&step=1');
    await driver().evaluate("document.querySelector('#tour-back').focus()");
    await press();
    expect(await focused()).toBe('tour-next');
    await visit('rank=9&without=1.2');
    await driver().evaluate("document.querySelector('#restore').focus()");
    await press();
    await until(driver(), "document.querySelector('#restore').hidden");
    expect(await focused()).toBe('channel');
  });

  it('says what a block is made of that is reached by keys', async () => {
    await visit('rank=9');
    await driver().evaluate("document.querySelector('#stage').focus()");
    await driver().press('ArrowRight');
    await until(driver(), "document.querySelector('#live').textContent.startsWith('Block at x ')");
  });

  it('does not play a step of the tour for readers who prefer reduced motion', async () => {
    // The other engines cannot be told.
    const { puppeteer } = driver();
    if (driver().engine !== 'chromium' || !puppeteer) return;
    await puppeteer.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await visit('step=2&layout=channel&rank=1');
    await driver().evaluate(() => {
      const ranks: (string | undefined)[] = [];
      Object.assign(globalThis, { ranks });
      new MutationObserver(() => ranks.push(document.body.dataset.rank)).observe(document.body, {
        attributeFilter: ['data-rank'],
      });
    });
    await driver().click('#tour-next');
    await until(driver(), "document.body.dataset.rank === '12'");
    const ranks = await driver().evaluate<[], string[]>('globalThis.ranks' as never);
    expect(ranks.filter(rank => rank !== '1' && rank !== '12')).toEqual([]);
    await puppeteer.emulateMediaFeatures([]);
  });

  it('has room for its figures with letters twice as large', async () => {
    await resize(1280, 800);
    await visit('rank=9');
    await driver().evaluate("document.documentElement.style.fontSize = '200%'");
    expect(
      await driver().evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('#figures')!;
        // Where the width is no whole number, Firefox rounds one of them up.
        return scrollWidth <= clientWidth + 1;
      }),
    ).toBe(true);
    await resize(1024, 768);
  });
});
