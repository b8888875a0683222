import { columnStates, side } from '../../../src/columns/contexts.js';
import { writeColumn } from '../../../src/columns/write.js';
import { FileSink } from '../../../src/encode/file-sink.js';
import { writeFactors } from '../../../src/planes/write-factors.js';
import { stepsOfSizes } from '../../../src/rates/sizes.js';
import { oneLayer, onePixel } from './by-hand.js';
import { type Fields, inventPicture, planned } from './invent-picture.js';
import { ties } from './ties.js';

/** A picture of one row, with columns that are all zero and others. */
function zeroColumns(): Uint8Array {
  const order = [0, 0, 0];
  const { header, steps } = planned({
    ...{ width: 6, height: 3, layout: 'channel', rank: 3, channels: 1, step: 0x700, order },
  });
  const { coder } = new FileSink();
  const states = columnStates();
  const [left, right] = [side(3), side(6)];
  writeColumn(coder, states, left, new Float64Array(3));
  writeColumn(coder, states, left, Float64Array.of(3, -1, 2));
  writeColumn(coder, states, right, Float64Array.of(40, -30, 9, 0, 300, -2));
  writeColumn(coder, states, left, Float64Array.of(0, 0, 1));
  writeColumn(coder, states, right, new Float64Array(6));
  return oneLayer(header, steps.length, coder.finish());
}

/** Plane 0's level has products that are 2^19 more than a multiple of 2^20 (14.1), and elsewhere sums halfway between two integers. */
function plane0Ties(): Uint8Array {
  const { header, steps } = planned({ width: 64, height: 64, channels: 1, bitDepth: 16, step: 0x200 });
  const sink = new FileSink();
  // No basis of its own.
  sink.even(0);
  const thumb = new Int32Array(4 * 16);
  for (const [b, k, level] of [
    [0, 0, 1024], [0, 1, 1024], [0, 6, -1024], [1, 0, -1024], [1, 2, 3072], [1, 15, -3072], [2, 0, 512], [2, 9, 1024],
    [3, 0, -3], [3, 1, 5], [3, 4, -7], [3, 5, 1], [3, 10, -1024],
  ] as const) // biome-ignore format: places and levels
    thumb[b * 16 + k] = level;
  const channel = { levels: new Int32Array(64 * 64), lastBand: new Uint8Array(64) };
  // Some values whose contexts depend on plane 0, and on its activity.
  for (let b = 0; b < 64; b += 3) {
    channel.levels[b * 64 + 1] = (b % 7) - 3;
    channel.levels[b * 64 + 8] = (b % 5) - 2;
    channel.lastBand[b] = 2;
  }
  writeFactors(sink, header, steps, { channels: [channel], thumbs: [thumb] }, []);
  // No filter.
  sink.even(0);
  const file = oneLayer(header, steps.length, sink.coder.finish());
  header.sizes = stepsOfSizes(steps, 1, false).map(() => 1);
  return file;
}

/** Values so large that their codes reach the last of their contexts (12.3), and the samples reach both ends of their range. */
function largeValues(): Uint8Array {
  const { header, steps } = planned({ width: 32, height: 16, channels: 1, bitDepth: 16, step: 0 });
  const sink = new FileSink();
  sink.even(0);
  const thumb = new Int32Array(16);
  [70_000, -150_000, 33_000, 0, 262_143].forEach((level, k) => {
    thumb[k] = level;
  });
  const channel = { levels: new Int32Array(8 * 64), lastBand: new Uint8Array(8).fill(1) };
  [66_000, -131_000, 262_143, -40_000, 17, -15, 14, 65_549].forEach((level, b) => {
    channel.levels[b * 64 + 1] = level;
    channel.levels[b * 64 + 8] = -level >> 3;
  });
  writeFactors(sink, header, steps, { channels: [channel], thumbs: [thumb] }, []);
  sink.even(0);
  return oneLayer(header, steps.length, sink.coder.finish());
}

/** As many columns of zeros as the limit of products allows for the bytes that they take, or one more. */
function products(channels: 1 | 3, beyond: boolean): Uint8Array {
  const make = (count: number): Uint8Array =>
    inventPicture({
      fields: {
        ...{ width: 400, height: 300, layout: 'channel', rank: 300, channels },
        order: Array.from({ length: count }, (_, i) => i % channels),
      },
      decide: () => 0,
    });
  const fits = (count: number): boolean =>
    count * 400 * 300 <= 64 * channels * 400 * 300 + 32_768 * (make(count).length - 4);
  let count = 64 * channels;
  while (fits(count + 1)) count++;
  return make(beyond ? count + 1 : count);
}

/** D = 1/2: samples are halves of a level. */
const HALF = 0x500;
const GREY_ALPHA: Omit<Fields, 'width' | 'height'> = { channels: 2, step: HALF };

/** Pictures made by hand, for cases that bits do not reach by chance. */
export const planted = (): Record<string, Uint8Array> => ({
  'tie-8-grey-alpha': onePixel(GREY_ALPHA, [-1, 1]),
  'tie-8-at-the-ends': onePixel(GREY_ALPHA, [-257, 255]),
  'tie-8-negative-column': onePixel(GREY_ALPHA, [-3, 5], [-2, 7]),
  'tie-16-grey': onePixel({ channels: 1, bitDepth: 16, step: HALF }, [-101]),
  'tie-16-grey-alpha': onePixel({ ...GREY_ALPHA, bitDepth: 16 }, [3, -200]),
  ...ties(),
  'tie-plane-0': plane0Ties(),
  'large-values': largeValues(),
  'zero-columns': zeroColumns(),
  'products-at-the-limit': products(1, false),
  'products-at-the-limit-rgb': products(3, false),
  'products-beyond-the-limit': products(1, true),
  'products-beyond-the-limit-rgb': products(3, true),
});
