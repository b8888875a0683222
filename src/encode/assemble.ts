import { BitWriter } from '../bits/bit-writer.js';
import { checksum } from '../bits/checksum.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import type { Header } from '../format/header.js';
import type { Metadata } from '../format/metadata.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { writeHeader } from '../format/write-header.js';
import type { Mse } from '../metrics/mse.js';
import { psnrOf } from '../metrics/psnr.js';
import type { Coded } from '../rates/target.js';
import { joinFalling } from './layers.js';

/** What the header of a file says beside the shape of its raster. */
export interface Parts
  extends Pick<Header, 'layout' | 'tiles' | 'step' | 'rank' | 'colour' | 'order' | 'layers'> {
  /** Of the decoded picture. */
  errors: Pick<Mse, 'colour' | 'alpha'>;
  metadata: Metadata;
  /** The compact form: no layers, no metadata, no checksum. */
  compact?: boolean;
}

/** A whole file: header, stream, and but for the compact form the checksum. The layers' PSNRs are known, but for the last, which is that of the file. */
export function assemble(raster: Raster, parts: Parts, stream: Uint8Array): Coded {
  const { width, height, channels, bitDepth } = raster;
  const { layout, tiles, step, rank, colour, order, layers, errors, compact = false } = parts;
  const { icc = NONE, exif = NONE, xmp = NONE } = parts.metadata;
  const peak = peakOf(bitDepth);
  const psnr = psnrOf(errors.colour, peak);
  const psnrAlpha = errors.alpha === undefined ? 0 : psnrOf(errors.alpha, peak);
  layers.at(-1)!.psnr = psnr;
  const head = writeHeader({
    compact,
    layout,
    channels,
    bitDepth,
    tiles,
    width,
    height,
    step,
    rank,
    colour,
    order,
    layers: joinFalling(layers),
    psnrAlpha,
    icc,
    exif,
    xmp,
  });
  const bytes = new Uint8Array(head.length + stream.length + (compact ? 0 : TRAILER_BYTES));
  bytes.set(head);
  bytes.set(stream, head.length);
  if (!compact) {
    const trailer = new BitWriter();
    trailer.u(32, checksum(bytes, bytes.length - TRAILER_BYTES));
    bytes.set(trailer.bytes(), bytes.length - TRAILER_BYTES);
  }
  const error = errors.colour * (255 / peak) ** 2 * width * height * colourCount(channels);
  return { bytes, psnr, error };
}

const NONE = new Uint8Array(0);
