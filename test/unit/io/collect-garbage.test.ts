import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../src/io/collect-garbage.js';

const SIZE = 64e6;
const kept: Uint8Array[] = [];
const held = (): number => process.memoryUsage().arrayBuffers;

/** In a function of its own, so that nothing here keeps a reference. */
const use = (bytes: Uint8Array): number => bytes.fill(1).length;

describe('collectGarbage', () => {
  it('frees at once what nothing refers to', async () => {
    const before = held();
    use(new Uint8Array(SIZE));
    expect(held() - before).toBeGreaterThan(SIZE * 0.9);
    await collectGarbage();
    expect(held() - before).toBeLessThan(SIZE * 0.1);
  });

  it('keeps what is referred to', async () => {
    kept.push(new Uint8Array(1000).fill(7));
    await collectGarbage();
    expect(kept[0]!.every(x => x === 7)).toBe(true);
  });
});
