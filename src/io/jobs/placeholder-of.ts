import { encodePlaceholder, type PlaceholderOptions } from '../../placeholder/encode-placeholder.js';
import { type ReadOptions, readImage } from '../read/read-image.js';

/** A picture's placeholder, and the size of its place. */
export interface Placeholder {
  /** Width of the picture in pixels, turned by its EXIF orientation: gives the exact proportions. */
  width: number;
  /** Pixels. */
  height: number;
  /** The placeholder as `data:image/lrk;base64,...`, which `<lowrank-img>` paints. */
  placeholder: string;
  /** The same as bytes, which `decode` reads. */
  bytes: Uint8Array;
  /** As `readImage` has them. */
  notes: string[];
}

/** Options of `placeholderOf`; `size` in bytes. */
export interface PlaceholderOfOptions extends PlaceholderOptions, Pick<ReadOptions, 'engine' | 'name'> {}

/**
 * Reads a picture (see `readImage`) and makes its placeholder (see `encodePlaceholder`).
 *
 * @param source path, or the bytes of an image file, .lrk too
 * @throws IoError and CodecError, as those two do
 */
export async function placeholderOf(
  source: string | Uint8Array,
  options: PlaceholderOfOptions = {},
): Promise<Placeholder> {
  const { engine, name, ...codec } = options;
  const { raster, notes } = await readImage(source, {
    strip: true,
    engine,
    name,
    maxPixels: codec.maxPixels,
  });
  const bytes = encodePlaceholder(raster, codec);
  const placeholder = `data:image/lrk;base64,${Buffer.from(bytes).toString('base64')}`;
  return { width: raster.width, height: raster.height, placeholder, bytes, notes };
}
