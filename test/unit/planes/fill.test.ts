import { decode, encode, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { readBlocks } from '../../../src/decode/blocks.js';
import { openFile } from '../../../src/decode/open.js';
import { meanOf, planeContext } from '../../../src/planes/contexts.js';
import { FILLED, fillsOf } from '../../../src/planes/fill.js';
import { ORDER8 } from '../../../src/planes/order.js';
import { draw } from '../../properties/codec-rasters.js';

const bytes = encode(draw(96, 64, 3, 8, 'photo'), { quality: 60 });
const { channels } = readBlocks(openFile(bytes)).factors;

describe('Zeros of the chroma channels', () => {
  it('are filled in the planes that are in use alone: a whole file is the same at its rank as at any higher', () => {
    // Few columns of many: the header keeps 64, the bands of this smooth picture end before.
    const smooth = encode(draw(64, 64, 3, 8, 'photo'), { quality: 8 });
    const { rank } = decode(smooth);
    expect(rank).toBeLessThan(FILLED);
    expect(decode(smooth, { rank })).toEqual(decode(smooth));
    expect(decode(smooth, { rank: 64 })).toEqual(decode(smooth));
  });

  it('stand for half their signed mean, within 0.18 steps, in the first diagonals; other coefficients for themselves', () => {
    const [luma, ...chroma] = fillsOf(channels, channels);
    expect(luma).toBeUndefined();
    let bounded = 0;
    let between = 0;
    chroma.forEach((fills, n) => {
      const own = channels[n + 1]!;
      ORDER8.forEach((k, column) => {
        const context = planeContext(channels, n + 1, n + 1, k);
        for (const i of own.positions) {
          const fill = fills![k * own.places + i] ?? 0;
          if (own.values[k * own.places + i] || column === 0 || column >= FILLED) expect(fill).toBe(0);
          else {
            const half = meanOf(context, i) / 1024;
            expect(fill).toBe(Math.fround(Math.sign(half) * Math.min(Math.abs(half), 0.36)) + 0);
            if (Math.abs(half) > 0.36) bounded++;
            else if (half) between++;
          }
        }
      });
    });
    expect(bounded).toBeGreaterThan(0);
    expect(between).toBeGreaterThan(0);
  });

  it('stay zero in a prefix and at a lower rank: there these are alike', () => {
    const { layers, rank } = inspect(bytes);
    const cut = layers.find(layer => layer.rank < rank)!;
    expect(decode(bytes, { rank: cut.rank }).data).not.toEqual(decode(bytes).data);
    const prefix = bytes.subarray(0, cut.bytes);
    expect(decode(prefix)).toEqual(decode(prefix, { rank: 64 }));
  });
});
