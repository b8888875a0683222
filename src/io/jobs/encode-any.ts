import { IoError } from '../errors.js';
import { bytesOf } from '../files/read-bytes.js';
import type { ImageInput } from '../read/image-input.js';
import { isAnimated } from '../read/is-animated.js';
import type { ClipResult } from './clip-report.js';
import { encodeClip } from './encode-clip.js';
import { type EncodeFileOptions, encodeFile } from './encode-file.js';
import type { FileResult } from './file-report.js';
import { flagOf } from './flag-of.js';

export interface EncodeAnyOptions extends EncodeFileOptions {
  /** Only the first frame of an animation, as a picture. Default false. */
  still?: boolean | undefined;
}

/** Options of pictures that sequences do not take. */
export const OF_PICTURES = [
  'rank',
  'layout',
  'basis',
  'tune',
  'order',
  'partSize',
  'resize',
  'ssimulacra2',
] as const;

/**
 * Encodes what a file holds: an animation (GIF, WebP, PNG) as a sequence, anything else as a picture. Nothing is written: the bytes are in
 * the result.
 *
 * @throws IoError and CodecError; UNSUPPORTED if an animation meets options of pictures
 */
export async function encodeAny(
  source: string | Uint8Array | ImageInput,
  { still, ...options }: EncodeAnyOptions = {},
): Promise<FileResult | ClipResult> {
  if (typeof source === 'object' && source !== null && 'raster' in source)
    return encodeFile(source, undefined, options);
  const bytes = await bytesOf(source);
  const name = options.name ?? (typeof source === 'string' ? source : '(bytes)');
  if (still || !isAnimated(bytes)) return encodeFile(bytes, undefined, { ...options, name });
  const other = OF_PICTURES.find(option => options[option] !== undefined);
  if (other)
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: `an animation becomes a sequence, which takes no ${other === 'resize' ? '--resize or --widths' : flagOf(other)}: use --still to encode only its first frame`,
    });
  const { quality, psnr, size, bpp, effort, maxPixels, engine, onProgress, signal } = options;
  return encodeClip(bytes, undefined, {
    quality,
    psnr,
    size,
    bpp,
    effort,
    maxPixels,
    engine,
    onProgress,
    signal,
    name,
  });
}
