import { colourBasis } from '../colour/basis.js';
import { colourCount, type Raster } from '../core/raster.js';
import { assemble } from '../encode/assemble.js';
import { makeFile } from '../encode/columns/code-columns.js';
import { writeTerms } from '../encode/columns/terms.js';
import { FileSink } from '../encode/file-sink.js';
import { errorsOf } from '../encode/layers/errors-of.js';
import { chooseLayers, measureLayers } from '../encode/layers/layers.js';
import { writeBlocks } from '../encode/write-blocks.js';
import { partsOf } from '../format/ranges.js';
import { bandsOfRank, stepsOf } from '../planes/schedule.js';
import { stepOf } from '../planes/step.js';
import { stepsOfSizes } from '../rates/sizes.js';
import { writeFilters } from '../restore/write-filter.js';
import { levelsOf } from './bits.js';
import { composeChannels } from './compose.js';
import type { BlockDissection, ColumnDissection, Dissection } from './dissection.js';

/**
 * A separate file of the first `rank` columns of another: it decodes to what `decode` gives at this rank, and takes fewer bytes. Its PSNRs
 * are measured against `raster`, the picture that was encoded. The rank must be below the columns in use. Metadata are left out.
 */
export const recode = (from: Dissection, raster: Raster, rank: number): Uint8Array =>
  from.layout === 'block' ? recodeBlocks(from, raster, rank) : recodeTerms(from, raster, rank);

function recodeBlocks(from: BlockDissection, raster: Raster, rank: number): Uint8Array {
  const { file, bases, factors } = from;
  const { header } = file;
  const { tiles } = factors;
  const order = firstTurns(header.order, bandsOfRank(rank));
  const steps = stepsOf(header.channels, order, rank, header.tiles);
  const sink = new FileSink(undefined, undefined, partsOf(header));
  // The result is a plain file, whatever the other was.
  const shape = { ...header, compact: false };
  const cells = tiles && { raster, tiles };
  const { factors: rewritten, ends } = writeBlocks(sink, {
    shape,
    steps,
    levels: levelsOf(from),
    bases,
    cells,
  });
  const none = Array.from({ length: colourCount(header.channels) }, () => undefined);
  writeFilters(sink.coder, none);
  const streams = sink.coders.map(coder => coder.finish());
  const { colour, layout, weights } = header;
  const errors = errorsOf(raster, composeChannels(from, rank), colourBasis(colour, weights), tiles);
  const turned = bases.some(basis => basis?.rotations.length);
  const sizes = stepsOfSizes(steps, header.channels, turned);
  const layers = chooseLayers(header.channels, ends, streams, sizes);
  measureLayers({ raster, colour, weights, bases }, rewritten, steps, layers, stepOf(header.step), tiles);
  const contents = {
    layout,
    tiles: header.tiles,
    step: header.step,
    rank,
    colour,
    weights,
    part: header.part,
    order,
    layers,
    sizes,
  };
  return assemble(raster, { ...contents, errors, metadata: {} }, streams).bytes;
}

function recodeTerms({ file, terms }: ColumnDissection, raster: Raster, rank: number): Uint8Array {
  const { header } = file;
  const turns = new Array<number>(header.channels).fill(0);
  const kept = terms.filter(({ channel }) => turns[channel]!++ < rank);
  const coded = writeTerms(raster, header.channels, kept);
  return makeFile({ raster, colour: header.colour }, header.step, coded, {}).bytes;
}

/** The turns of a file's order, at most `most` for each channel. */
function firstTurns(order: readonly number[], most: number): number[] {
  const turns: number[] = [];
  return order.filter(channel => (turns[channel] = (turns[channel] ?? 0) + 1) <= most);
}
