import { clamp } from '../../../src/core/clamp.js';
import { FileSink } from '../../../src/encode/file-sink.js';
import { gridOf } from '../../../src/matrices/blocks.js';
import { emptyFactor } from '../../../src/planes/factor.js';
import { recompose } from '../../../src/planes/recompose.js';
import { stepOf } from '../../../src/planes/step.js';
import { writeFactors } from '../../../src/planes/write-factors.js';
import { emptyRuns, type Runs } from '../../../src/runs/runs.js';
import { oneLayer, onePixel } from './by-hand.js';
import { type Fields, planned } from './invent-picture.js';
import { randomOf } from './inventor.js';

/** A grey picture of 16 bits, two blocks wide, with one sample on a rounding edge. */
interface Tie {
  fields: Omit<Fields, 'width' | 'height'>;
  /** Plane and level of a block of the first column. */
  plane: number;
  level: number;
  /** Binary logarithm of the blocks of the run along that column, which it fills. Default 0: one block, in no run. */
  run?: number;
  /** The block of the run with the level. Default 0. */
  block?: number;
  /** Column of the sample, in the first row. */
  x: number;
}

/** Largest level. */
const MOST = 2 ** 18 - 1;

/** In the first column of blocks a run of 2^l, in the other none. */
function firstColumn(l: number): Runs {
  const { places, positions } = emptyFactor(gridOf(16, 8 << l, 8));
  const runs = emptyRuns(places);
  for (let b = 0; l && b < positions.length; b += 2) runs[0][positions[b]!] = b ? l + 8 : l;
  return runs;
}

/**
 * The level is one of the few whose product, computed in another order, rounds to the next single at this sample: about one double in 2^29
 * is so close to the edge between two. So far outside of the range of samples, neighbouring singles are about a level apart. The block
 * beside it has levels that bring the sample back into the range, where their overlap mixes the two.
 */
function productTie({ fields, plane, level, run = 0, block = 0, x }: Tie): Uint8Array {
  const height = 8 << run;
  const { header, steps } = planned({ ...fields, width: 16, height, channels: 1, bitDepth: 16 });
  const blocks = 2 << run;
  const runs = firstColumn(run);
  const levels = new Int32Array(blocks * 64);
  levels[block * 128 + plane] = level;
  const picture = () => {
    const sink = new FileSink();
    sink.even(0);
    const channel = { levels, lastBand: new Uint8Array(blocks).fill(6), runs };
    const thumb = new Int32Array(16 * Math.ceil(height / 32));
    const { channels } = writeFactors(sink, header, steps, { channels: [channel], thumbs: [thumb] }, []);
    sink.even(0);
    const { data } = recompose(channels[0]!, stepOf(header.step) / 2, 64);
    return { sample: data[x]!, stream: sink.coder.finish() };
  };
  for (let beside = 64; beside < 128; beside++) {
    const { sample, stream } = picture();
    // Just below the next level: the larger of the two singles is on it.
    if (Math.abs(sample) < 127 && ((sample + 128) * 257 + 0.5) % 1 > 0.7)
      return oneLayer(header, steps.length, stream);
    if (beside === 64) continue;
    levels[beside] = 1000;
    const slope = (picture().sample - sample) / 1000;
    const wanted = (beside % 8) * 12 - 50;
    levels[beside] = clamp(-MOST, Math.round((wanted - sample) / slope), MOST);
  }
  throw new Error('No levels of the block beside it bring the sample back.');
}

/**
 * Chroma with only plane 0, whose restoration comes to the edge between two singles where the clipped values on both sides are the same: a
 * last bit decides. `brightness` is the level of luma, which brings the sample to the edge between two levels.
 */
function clipTie(seed: number, step: number, brightness: number, size: number): Uint8Array {
  const { header, steps } = planned({ width: size, height: size, bitDepth: 16, step, rank: 1, order: [] });
  const random = randomOf(seed);
  random(); // the search drew its step here
  const blocks = (size >> 5) ** 2;
  const thumbs = [0, 1, 2].map(channel =>
    Int32Array.from({ length: 16 * blocks }, (_, at) => {
      const first = at % 16 === 0;
      if (channel === 1) return Math.round((random() - 0.5) * (first ? 4 : 3));
      return channel || !first ? 0 : brightness;
    }),
  );
  const channels = thumbs.map(() => ({
    levels: new Int32Array(size * size),
    lastBand: new Uint8Array((size >> 3) ** 2),
  }));
  const sink = new FileSink();
  // No channel has a basis of its own.
  for (const own of [0, 0, 0]) sink.even(own);
  writeFactors(sink, header, steps, { channels, thumbs }, []);
  for (const filtered of [0, 1, 0]) sink.even(filtered);
  return oneLayer(header, steps.length, sink.coder.finish());
}

/** The weights of all planes but the first are powers of their frequency alone. */
const STEADY = { plane0: 5, luma: 19, chroma: 8, chromaRise: 16, activity: 0, texture: 0 };

/** Large steps, so that a last bit of a sum is a noticeable share of a level. */
const COLOURS: Omit<Fields, 'width' | 'height'> = { channels: 3, bitDepth: 16, step: 0xf00 };

/** Products and sums of doubles that differ in another order; found by trying some 10^9. */
export const ties = (): Record<string, Uint8Array> => ({
  'tie-product': productTie({ fields: { weights: STEADY, step: 1836 }, plane: 14, level: 242_917, x: 5 }),
  'tie-product-of-a-run': productTie({
    fields: { step: 1917 },
    ...{ plane: 5, level: 202_015, run: 4, block: 9, x: 6 },
  }),
  'tie-clip': clipTie(265, 0xa5f, 0, 128),
  'tie-sum-of-colours': onePixel({ ...COLOURS, colour: [0, 0, 0] }, [102_194, -108_446, -146_087]),
  'tie-sum-of-other-colours': onePixel({ ...COLOURS, colour: [3, -5, 7] }, [103_129, -212_613, 192_046]),
});
