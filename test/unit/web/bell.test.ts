import { expect, it } from 'vitest';
import { createBell } from '../../../src/web/bell.js';

it('A bell wakes all who wait for it, once, and nobody who comes later', async () => {
  const bell = createBell();
  const woken: string[] = [];
  const wait = (name: string): Promise<unknown> => bell.rung.then(() => woken.push(name));
  bell.ring();
  const both = [wait('a'), wait('b')];
  await Promise.resolve();
  expect(woken).toEqual([]);
  bell.ring();
  const late = wait('c');
  await Promise.all(both);
  expect(woken).toEqual(['a', 'b']);
  bell.ring();
  await late;
  expect(woken).toEqual(['a', 'b', 'c']);
});
