import { AdaptiveBits } from '../../bits/adaptive.js';
import { roomFor } from '../../core/room.js';
import { SYMBOL_CONTEXTS } from '../../factors/rotation.js';
import { writeBases } from '../../factors/write-basis.js';
import { partsOf } from '../../format/ranges.js';
import { type Level, levelOf } from '../../parts/level.js';
import { gridsOf, ONE_BLOCK } from '../../parts/windows.js';
import { emptyFactors } from '../../planes/kernels.js';
import type { Step } from '../../planes/schedule.js';
import type { Levels } from '../../planes/write.js';
import { writeFactors } from '../../planes/write-factors.js';
import { type Settings, streamCoder } from '../assemble.js';
import { FileSink } from '../file-sink.js';
import type { Work } from '../work.js';
import { eachPart } from './each-part.js';
import type { LargePicture } from './large-picture.js';
import type { WriteWork, Written } from './write-part.js';

/** What all parts of a file share, already written: its sink, the bytes of its coders after each step, and plane 0's level by channel. */
export interface WrittenTop {
  sink: FileSink;
  ends: number[][];
  levels: Level[];
}

/** Writes bases, of which there are none, and plane 0's level. */
export function writeTop(
  { raster, weights }: LargePicture,
  thumbs: Levels[],
  settings: Settings,
  steps: Step[],
): WrittenTop {
  const { step, part } = settings;
  const parts = partsOf({ ...raster, part: part! });
  const sink = new FileSink(streamCoder(raster, settings), undefined, {
    ...parts,
    channels: { across: 1, count: 1 },
  });
  writeBases(
    new FileSink(sink.coder, new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS))),
    thumbs.map(() => undefined),
  );
  const shape = { ...raster, step, weights, part };
  const factors = emptyFactors(shape, {
    window: ONE_BLOCK,
    level: { left: 0, top: 0, ...gridsOf(raster).thumbGrid },
  });
  const channels = thumbs.map(() => ({ levels: new Int32Array(64), lastBand: new Uint8Array(1) }));
  const ends: number[][] = [];
  const after = (): void => {
    ends.push(sink.coders.map(({ settled }) => settled));
  };
  writeFactors(sink, shape, steps, { channels, thumbs }, [], undefined, after, factors);
  return { sink, ends, levels: factors.thumbs.map(levelOf) };
}

/** Writes the parts of the channels. */
export function writeParts(work: Omit<WriteWork, 'written'>, tell?: Work): Written[] {
  const { raster, parts, steps } = work;
  const written = parts.map(({ cols, rows }) => ({
    // Far more than they need: memory that is never touched is never allocated.
    bytes: new Uint8Array(roomFor(256 * cols * rows * raster.channels + 1024)),
    ends: new Float64Array(roomFor(8 * (steps.length + 1))),
  }));
  eachPart({ write: { ...work, written } }, tell, 1);
  return written;
}
