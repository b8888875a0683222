import { fail } from '../../core/errors.js';
import { colourCount } from '../../core/raster.js';
import { inRoom, roomFor } from '../../core/room.js';
import { readBases } from '../../factors/read-basis.js';
import { partsOf } from '../../format/ranges.js';
import type { StoredPicture } from '../../parts/compose.js';
import { levelOf } from '../../parts/level.js';
import { emptyStore } from '../../parts/store.js';
import { gridsOf, ONE_BLOCK, partsOfFile, partsOfGrid } from '../../parts/windows.js';
import { factorReader, readStep } from '../../planes/read-factors.js';
import { rankOf } from '../../planes/schedule.js';
import { stepOf } from '../../planes/step.js';
import { readFilters } from '../../restore/read-filter.js';
import { checkLimits } from '../limits.js';
import { openFile } from '../open.js';
import { checkOptions, type DecodeOptions, type Picture } from '../options.js';
import { type ReadWork, readPart } from './read-part.js';
import { type ShowWork, showPart } from './show-part.js';

/** Work on a file, part by part. */
export type PartsWork = { read: ReadWork } | { show: ShowWork };

/** Works on part n. */
export function workOnPart(work: PartsWork, n: number): void {
  if ('read' in work) readPart(work.read, n);
  else showPart(work.show, n);
}

/** About the largest possible coefficient: a channel's samples are within 222, and that bounds the energy of a block of 64. */
const LARGEST = 2400;

/**
 * The samples that `decode` gives for a whole file of several parts. Reads part after part, then shows the picture piece by piece; in
 * between its factors take 16 bits a coefficient. `each` works on all parts. Undefined if the file has to be decoded as a whole.
 */
export function decodeInParts(
  bytes: Uint8Array,
  options: DecodeOptions,
  each: (work: PartsWork) => void,
): Picture | undefined {
  checkOptions(options);
  const { rank, scale = 1, region, tolerant } = options;
  const file = openFile(bytes, options);
  const { header, complete, shown, coder: coderOf, source, start } = file;
  // A file that was cut has fewer than all.
  const steps = file.steps.slice(0, file.count);
  const isCut = steps.length < file.steps.length;
  const { width, height, channels, bitDepth, weights, step } = header;
  const { count } = partsOf(header).channels;
  if (
    rank ||
    scale > 1 ||
    region ||
    tolerant ||
    !complete ||
    header.tiles ||
    header.layout !== 'block' ||
    count < 2
  )
    return undefined;
  checkLimits(file, options);
  const { grid, thumbGrid } = gridsOf(header);
  const shape = { width, height, channels, step, weights, part: header.part };
  const coder = coderOf(0);
  const bases = readBases(coder, channels);
  const levelCoders = shown.levels.map(coderOf);
  const top = factorReader(coder, shape, levelCoders, [], {
    window: ONE_BLOCK,
    level: { left: 0, top: 0, ...thumbGrid },
  });
  const ofLevel = steps.filter(({ thumb }) => thumb);
  for (const step of ofLevel) readStep(top, shape, step, bases);
  const filters = isCut ? [] : readFilters(coder, colourCount(channels));
  for (const { position, end } of [coder, ...levelCoders])
    if (position < end) fail('CORRUPT', 'stream', end, position, position);
  const levels = top.factors.thumbs.map(levelOf);
  const store = emptyStore(channels, grid, (4 * LARGEST) / stepOf(step) > 32_767);
  const read: ReadWork = {
    ...{ shape, bases, levels, start, store },
    steps: steps.slice(ofLevel.length),
    sources: shown.parts.map(n => inRoom(source(n))),
    parts: partsOfFile(grid, header.part),
  };
  try {
    each({ read });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const rgba = options.channels !== 'file';
  const samples = rgba ? 4 : channels;
  const depth = options.bitDepth ?? bitDepth;
  const size = width * height * samples;
  const data = depth === 16 ? new Uint16Array(roomFor(2 * size)) : new Uint8ClampedArray(roomFor(size));
  const columns = rankOf(steps);
  const stored: StoredPicture = { shape, bases, columns, levels, store };
  each({ show: { header, stored, filters, parts: partsOfGrid(grid), data, rgba } });
  return {
    ...{ width, height, bitDepth: depth, rank: Math.min(header.rank, columns) },
    channels: samples as Picture['channels'],
    data: data as Picture['data'],
  };
}
