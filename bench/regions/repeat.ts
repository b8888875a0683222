import { assemble } from '../../src/encode/assemble.js';
import { FileSink } from '../../src/encode/file-sink.js';
import { chooseLayers } from '../../src/encode/layers/layers.js';
import { writeBlocks } from '../../src/encode/write-blocks.js';
import { partsOf } from '../../src/format/ranges.js';
import { type Grid, gridOf } from '../../src/matrices/blocks.js';
import type { Factor } from '../../src/planes/factor.js';
import { emptyFactors } from '../../src/planes/factors.js';
import { stepsOfSizes } from '../../src/rates/sizes.js';
import { writeFilters } from '../../src/restore/write-filter.js';
import { emptyRuns, type Runs } from '../../src/runs/runs.js';
import { levelsOf } from '../../src/spectra/bits.js';
import type { BlockDissection } from '../../src/spectra/dissection.js';

/** The values of the blocks of a grid, `size` elements each, repeated over a grid that many times as wide and high. */
function again<T extends Int32Array | Uint8Array>(
  from: T,
  { cols, rows }: Omit<Grid, 'block'>,
  size: number,
  times: number,
): T {
  const out = new (from.constructor as new (length: number) => T)(from.length * times * times);
  const row = cols * size;
  for (let y = 0; y < rows * times; y++)
    for (let x = 0; x < times; x++)
      out.set(from.subarray((y % rows) * row, ((y % rows) + 1) * row), (y * times + x) * row);
  return out;
}

/** The runs of a factor, at the positions of a factor that repeats it. */
function runsAgain(of: Factor, to: Factor, times: number): Runs {
  const runs = emptyRuns(to.places);
  for (const [direction, marks] of of.runs.entries()) {
    const byBlock = again(
      Uint8Array.from(of.positions, i => marks[i]!),
      of,
      1,
      times,
    );
    to.positions.forEach((i, b) => {
      runs[direction]![i] = byBlock[b]!;
    });
  }
  return runs;
}

/**
 * A file of a picture that repeats another this many times across and down. Its levels are written again, since encoding a picture of 100
 * megapixels takes more memory than most machines have. The sides of the other must be multiples of its parts. The PSNRs that the file
 * states are those of the other.
 */
export function repeat({ file, factors, bases, filters }: BlockDissection, times: number): Uint8Array {
  const { header, steps } = file;
  const { channels, bitDepth, colour, weights, order, rank, step, part } = header;
  const [width, height] = [header.width * times, header.height * times];
  const shape = { ...header, width, height };
  const room = emptyFactors(shape);
  const grid = gridOf(header.width, header.height, 8);
  const from = levelsOf({ factors });
  const levels = {
    channels: from.channels.map(({ levels, lastBand }, c) => ({
      levels: again(levels, grid, 64, times),
      lastBand: again(lastBand, grid, 1, times),
      runs: runsAgain(factors.channels[c]!, room.channels[c]!, times),
    })),
    thumbs: from.thumbs.map(levels => again(levels, gridOf(grid.cols, grid.rows, 4), 16, times)),
  };
  const sink = new FileSink(undefined, undefined, partsOf(shape));
  const { ends } = writeBlocks(sink, { shape, steps, levels, bases }, room);
  writeFilters(sink.coder, filters);
  const streams = sink.coders.map(coder => coder.finish());
  const sizes = stepsOfSizes(
    steps,
    channels,
    bases.some(basis => basis?.rotations.length),
  );
  const { psnr } = header.layers.at(-1)!;
  const layers = chooseLayers(channels, ends, streams, sizes).map(layer => ({ ...layer, psnr }));
  const raster = { width, height, channels, bitDepth, data: new Uint8Array(0) };
  const contents = { layout: 'block', tiles: false, step, rank, colour, weights, part, order } as const;
  const errors = { colour: 255 ** 2 / 10 ** (psnr / 10) };
  return assemble(
    raster as Parameters<typeof assemble>[0],
    { ...contents, layers, sizes, errors, metadata: {} },
    streams,
  ).bytes;
}
