import { RangeEncoder } from '../bits/range-encoder.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import type { Header } from '../format/header.js';
import { COMPACT_SIGNATURE, TRAILER_BYTES } from '../format/signature.js';
import { putChecksum, writeFields, writeHeader } from '../format/write-header.js';
import type { Mse } from '../metrics/mse.js';
import { psnrOf } from '../metrics/psnr.js';
import type { Coded } from '../rates/target.js';
import { joinFalling } from './layers.js';

/** What the header of a file says beside the shape of its raster, before anything has been coded. */
export interface Settings
  extends Pick<Header, 'layout' | 'tiles' | 'step' | 'rank' | 'colour' | 'weights' | 'order' | 'metadata'> {
  /** The compact form: no layers, no metadata, no checksum. */
  compact?: boolean | undefined;
}

/** All that the header of a file says beside the shape of its raster. */
export interface Parts extends Settings, Pick<Header, 'layers'> {
  /** Of the decoded picture. */
  errors: Pick<Mse, 'colour' | 'alpha'>;
}

/** A coder for a stream: a fresh one, or in the compact form the one that the header is written with. */
export function streamCoder(raster: Raster, settings: Settings): RangeEncoder {
  const coder = new RangeEncoder();
  if (settings.compact) writeFields(coder, headerOf(raster, settings));
  return coder;
}

/** A whole file: header, stream, and but for the compact form the checksum. The layers' PSNRs are known, but for the last, which is that of the file. */
export function assemble(raster: Raster, parts: Parts, stream: Uint8Array): Coded {
  const { width, height, channels, bitDepth } = raster;
  const { layers, errors, compact } = parts;
  const peak = peakOf(bitDepth);
  const psnr = psnrOf(errors.colour, peak);
  const alpha = errors.alpha === undefined ? {} : { psnrAlpha: psnrOf(errors.alpha, peak) };
  layers.at(-1)!.psnr = psnr;
  const head = writeHeader({ ...headerOf(raster, parts), layers: joinFalling(layers), ...alpha });
  const error = errors.colour * (255 / peak) ** 2 * width * height * colourCount(channels);
  const bytes = compact ? compactFile(head, stream) : wholeFile(head, stream);
  return { bytes, psnr, error };
}

function wholeFile(head: Uint8Array, stream: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + stream.length + TRAILER_BYTES);
  bytes.set(head);
  bytes.set(stream, head.length);
  putChecksum(bytes, bytes.length - TRAILER_BYTES, TRAILER_BYTES);
  return bytes;
}

/** The stream has the header in it; a decoder takes two bytes after `head`, which are there even where all that follows is zeros. */
function compactFile(head: Uint8Array, stream: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.max(head.length + 2, COMPACT_SIGNATURE.length + stream.length));
  bytes.set(COMPACT_SIGNATURE);
  bytes.set(stream, COMPACT_SIGNATURE.length);
  return bytes;
}

const headerOf = (raster: Raster, settings: Settings): Header => {
  const { width, height, channels, bitDepth } = raster;
  const { layout, tiles, step, rank, colour, weights, order, metadata, compact = false } = settings;
  return {
    ...{
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
      weights,
      order,
      metadata,
    },
    layers: [],
  };
};
