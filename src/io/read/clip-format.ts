import { colourCount, hasAlpha, type Raster, type SampleCount } from '../../core/raster.js';
import { IoError } from '../errors.js';

/** The format of a frame, from its header. */
export type FrameFormat = Pick<Raster, 'width' | 'height' | 'channels' | 'bitDepth'>;

/**
 * The format that holds all of these frames; `names` are those of the frames. Throws IoError FRAMES if the size of one differs from the
 * first.
 */
export function clipFormat(formats: readonly FrameFormat[], names: readonly string[]): FrameFormat {
  const first = formats[0]!;
  const other = formats.findIndex(({ width, height }) => width !== first.width || height !== first.height);
  if (other > 0)
    throw new IoError('FRAMES', {
      path: names[other]!,
      reason: `frame ${other + 1}: ${formats[other]!.width} x ${formats[other]!.height} pixels, where frame 1 has ${first.width} x ${first.height}`,
    });
  const colours = Math.max(...formats.map(({ channels }) => colourCount(channels)));
  const alpha = formats.some(({ channels }) => hasAlpha(channels)) ? 1 : 0;
  return {
    width: first.width,
    height: first.height,
    channels: (colours + alpha) as SampleCount,
    bitDepth: formats.some(({ bitDepth }) => bitDepth === 16) ? 16 : 8,
  };
}
