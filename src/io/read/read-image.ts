import { CodecError } from '../../core/errors.js';
import { MAX_PIXELS } from '../../core/limits.js';
import { decode, inspect } from '../../decode/index.js';
import type { Engine } from '../engine.js';
import { bytesOf } from '../files/read-bytes.js';
import { isLrk } from '../formats/sniff.js';
import type { ImageInput } from './image-input.js';
import { readPicture } from './read-picture.js';

export interface ReadOptions {
  /** Leave out ICC, EXIF and XMP. Default false. Pixels are turned by the EXIF orientation either way. */
  strip?: boolean;
  /** Most pixels accepted, checked before decoding. Default 268,402,689. */
  maxPixels?: number;
  /** Default `auto`. */
  engine?: Engine;
  /** The input's name in errors. Default its path, or '(bytes)'. */
  name?: string;
}

/**
 * Reads a picture from a file or from its bytes: PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG, and .lrk. The content
 * decides, never the name. Grey, grey + alpha, RGB and RGBA are kept as such, 8 and 16 bits
 * too; palettes are expanded, other colour spaces become sRGB with a note. A colour space that is named otherwise than
 * by an ICC profile (AVIF's nclx or AV1 stream, PNG's cICP, gAMA and cHRM) becomes one; a resolution becomes EXIF where there is none.
 *
 * Throws IoError (NOT_FOUND, IS_DIRECTORY, UNREADABLE, UNSUPPORTED, DAMAGED) and CodecError (EMPTY, LIMIT, and
 * those of `decode` for .lrk).
 */
export async function readImage(source: string | Uint8Array, options: ReadOptions = {}): Promise<ImageInput> {
  const name = options.name ?? (typeof source === 'string' ? source : '(bytes)');
  const bytes = await bytesOf(source);
  if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
  const { strip = false, maxPixels = MAX_PIXELS, engine } = options;
  if (isLrk(bytes)) return readLrk(bytes, maxPixels, strip);
  const { pictureNotes, metadataNotes, profileNote, metadata, ...picture } = await readPicture(bytes, {
    name,
    maxPixels,
    engine,
  });
  return strip
    ? { ...picture, metadata: {}, notes: pictureNotes }
    : {
        ...picture,
        metadata,
        notes: [...pictureNotes, ...(profileNote ? [profileNote] : []), ...metadataNotes],
      };
}

function readLrk(bytes: Uint8Array, maxPixels: number, strip: boolean): ImageInput {
  const { metadata, complete } = inspect(bytes);
  const { width, height, channels, bitDepth, data } = decode(bytes, { maxPixels, channels: 'file' });
  const notes = complete ? [] : ['the file is cut short: decoded as far as its last whole layer'];
  return {
    raster: { width, height, channels, bitDepth, data },
    metadata: strip ? {} : { ...metadata },
    format: 'lrk',
    notes,
  };
}
