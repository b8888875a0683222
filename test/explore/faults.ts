import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Driver } from '../browsers/driver.js';
import { until, visitPage } from './page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Declares tests that look for serious faults, tab by tab, narrow and wide, in the colour scheme of the browser. */
export function hasNoFaults(title: string, driver: () => Driver, origin: () => string): void {
  describe(title, () => {
    beforeAll(async () => {
      await visitPage(driver(), origin(), 'sample=relief-grey&rank=9&without=1.2&block=120&tab=block');
      await until(driver(), "document.querySelectorAll('#weights tr').length");
      await driver().evaluate(`(() => { ${AXE}; })()`);
    });

    it.each([
      360, 1280,
    ])('has no serious fault that axe finds, and no overflow, at %i pixels', async width => {
      await driver().resize(width, 800);
      await until(driver(), `innerWidth === ${width}`);
      const serious: string[] = [];
      for (const tab of ['block', 'patterns', 'curves', 'file']) {
        await driver().evaluate((name: string) => {
          document.querySelector<HTMLElement>(`#tab-${name}`)!.click();
          document.querySelector<HTMLDetailsElement>('#expert')!.open = true;
        }, tab);
        expect(await driver().evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        // The whole page once, then what each other tab adds.
        const { violations } = await driver().evaluate(
          (part: string) =>
            (
              globalThis as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }
            ).axe.run(part, { resultTypes: ['violations'] }),
          tab === 'block' ? 'html' : '#parts',
        );
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            serious.push(`${tab}, ${id}: ${nodes.length} times, ${nodes[0]!.html}`);
      }
      expect(serious).toEqual([]);
    });

    it('does not say each rank aloud while it plays: the figures are said once they rest', async () => {
      expect(
        await driver().evaluate(() =>
          [...document.querySelectorAll('output, [aria-live], [role=status]')]
            .filter(of => of.getAttribute('aria-live') !== 'off')
            .map(({ id }) => id),
        ),
      ).toEqual(['live', 'tour-title', 'copied']);
    });

    it('has room for letters twice as large', async () => {
      await driver().resize(360, 800);
      await until(driver(), 'innerWidth === 360');
      await driver().evaluate("document.documentElement.style.fontSize = '200%'");
      for (const tab of ['block', 'patterns', 'curves', 'file']) {
        await driver().evaluate(
          (name: string) => document.querySelector<HTMLElement>(`#tab-${name}`)!.click(),
          tab,
        );
        expect([tab, await driver().evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
          tab,
          true,
        ]);
      }
      await driver().evaluate("document.documentElement.style.fontSize = ''");
    });

    it('shows choices in forced colours, too', async () => {
      // The other engines cannot be told to force colours.
      if (driver().engine !== 'chromium') return;
      const session = await driver().puppeteer!.createCDPSession();
      const force = (value: string) =>
        session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
      await force('active');
      const colours = await driver().evaluate(() =>
        [':checked', ':not(:checked)'].map(
          which => getComputedStyle(document.querySelector(`#view input${which} + span`)!).backgroundColor,
        ),
      );
      expect(colours[0]).not.toBe(colours[1]);
      await force('none');
    });
  });
}
