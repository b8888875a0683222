import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SHEET = 'globalThis.CSSStyleSheet = class { replaceSync() {} };';
const CANVAS = 'globalThis.ImageBitmapRenderingContext = class {};';

/** Is the element defined if `lowrank/define` is imported, in a process of its own, with the elements of linkedom and these globals? */
function isDefined(globals: string): boolean {
  const script = `
    import { parseHTML } from 'linkedom';
    const { document, HTMLElement, customElements } = parseHTML('<html></html>');
    Object.assign(globalThis, { document, HTMLElement, customElements });
    ${globals}
    await import('lowrank/define');
    console.log(!!customElements.get('lowrank-img'));
  `;
  const args = ['--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}

it.each([
  ['a server with a DOM', '', false],
  ['a worker, which has no style sheets', CANVAS, false],
  ['jsdom and happy-dom, which paint nothing', SHEET, false],
  ['a browser that constructs no style sheets', `${CANVAS} globalThis.CSSStyleSheet = class {};`, false],
  ['a browser that has both', SHEET + CANVAS, true],
])('The element is defined only where it works: %s', (_, globals, expected) => {
  expect(isDefined(globals)).toBe(expected);
});
