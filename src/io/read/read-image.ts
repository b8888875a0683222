import { CodecError } from '../../core/errors.js';
import { MAX_PIXELS } from '../../core/limits.js';
import { decode, inspect } from '../../decode/index.js';
import { type Engine, loadSharp } from '../engine.js';
import { IoError } from '../errors.js';
import { readBytes } from '../files/read-bytes.js';
import { isLrk, sniff } from '../formats/sniff.js';
import { uprightXmp } from '../metadata/xmp.js';
import type { ImageInput } from './image-input.js';
import { readWithPngjs } from './read-pngjs.js';
import { readWithSharp } from './read-sharp.js';

export interface ReadOptions {
  /** Leave ICC, EXIF and XMP behind; default false. Pixels are turned by the EXIF orientation either way. */
  strip?: boolean;
  /** Most pixels accepted, checked before any is decoded; default 268,402,689. */
  maxPixels?: number;
  /** Default `auto`. */
  engine?: Engine;
  /** How to call the input in errors; default its path, or '(bytes)'. */
  name?: string;
}

/**
 * Reads a picture from a file or from its bytes: what sharp reads (PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG), and
 * .lrk. The content decides, never the name. Grey, grey + alpha, RGB and RGBA are kept as such, 8 and 16 bits
 * too; palettes are expanded, other colour spaces become sRGB with a note.
 *
 * Throws IoError (NOT_FOUND, IS_DIRECTORY, UNREADABLE, UNSUPPORTED, DAMAGED) and CodecError (EMPTY, LIMIT, and
 * those of `decode` for .lrk).
 */
export async function readImage(source: string | Uint8Array, options: ReadOptions = {}): Promise<ImageInput> {
  const name = options.name ?? (typeof source === 'string' ? source : '(bytes)');
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
  const maxPixels = options.maxPixels ?? MAX_PIXELS;
  const image = isLrk(bytes) ? readLrk(bytes, maxPixels) : await readOther(bytes, name, maxPixels, options);
  if (options.strip) return { ...image, metadata: {} };
  if (image.metadata.xmp) image.metadata.xmp = uprightXmp(image.metadata.xmp);
  return image;
}

function readLrk(bytes: Uint8Array, maxPixels: number): ImageInput {
  const { metadata, complete } = inspect(bytes);
  const { width, height, channels, bitDepth, data } = decode(bytes, { maxPixels, channels: 'file' });
  const notes = complete ? [] : ['the file is cut short: decoded as far as its last whole layer'];
  return {
    raster: { width, height, channels, bitDepth, data },
    metadata: { ...metadata },
    format: 'lrk',
    notes,
  };
}

async function readOther(
  bytes: Uint8Array,
  name: string,
  maxPixels: number,
  { engine, strip = false }: ReadOptions,
): Promise<ImageInput> {
  const sharp = await loadSharp(engine);
  if (sharp) return readWithSharp(sharp, bytes, name, maxPixels, strip);
  if (sniff(bytes) === 'png') return readWithPngjs(bytes, name, maxPixels);
  throw new IoError('UNSUPPORTED', { path: name, reason: 'without sharp only PNG can be read' });
}
