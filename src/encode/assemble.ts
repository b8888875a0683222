import { crc16 } from '../bits/crc16.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import { extensionsOf } from '../format/extension.js';
import type { Header } from '../format/header.js';
import { joined } from '../format/joined.js';
import type { Metadata } from '../format/metadata.js';
import { COMPACT_SIGNATURE } from '../format/signature.js';
import { wholeFile } from '../format/whole-file.js';
import { writeCompactFields, writeHeader } from '../format/write-header.js';
import type { Mse } from '../metrics/mse.js';
import { psnrOf } from '../metrics/psnr.js';
import { WHOLE } from '../planes/factor.js';
import type { Coded } from '../rates/target.js';
import { type Draft, joinFalling } from './layers/layers.js';

/** Header fields that are known before anything is coded, apart from the shape of the raster. */
export interface Settings
  extends Pick<Header, 'layout' | 'tiles' | 'step' | 'rank' | 'colour' | 'weights' | 'order'>,
    Partial<Pick<Header, 'part'>> {
  metadata: Metadata;
  /** The compact form: no layers, no metadata, no checksum. */
  compact?: boolean | undefined;
}

/** All header fields apart from the shape of the raster. */
export interface Contents extends Settings {
  layers: Draft[];
  /** Number of steps that pictures at 1/8, 1/4 and 1/2 of the size need. Default: all. */
  sizes?: number[];
  /** Errors of the decoded picture. */
  errors: Pick<Mse, 'colour' | 'alpha'>;
}

/** A coder for the stream. In the compact form it has already written the header. */
export function streamCoder(raster: Raster, settings: Settings): RangeEncoder {
  const coder = new RangeEncoder();
  if (settings.compact) writeCompactFields(coder, headerOf(raster, settings));
  return coder;
}

/**
 * Assembles a file from the streams of its coders, that of the picture and those of its parts: header, streams and, except in the compact
 * form, the checksum. Every layer but the last must have its PSNR; the last gets that of the file.
 */
export function assemble(raster: Raster, contents: Contents, streams: readonly Uint8Array[]): Coded {
  const { width, height, channels, bitDepth } = raster;
  const { layers, errors, compact } = contents;
  const stepCount = layers.at(-1)!.steps;
  const { sizes = [stepCount, stepCount, stepCount] } = contents;
  const peak = peakOf(bitDepth);
  const psnr = psnrOf(errors.colour, peak);
  const alpha = errors.alpha === undefined ? {} : { psnrAlpha: psnrOf(errors.alpha, peak) };
  layers.at(-1)!.psnr = psnr;
  const kept = joinFalling(layers);
  let end = 0;
  const pieces = kept.map(({ ends }, i) =>
    streams.map((stream, n) => stream.subarray(kept[i - 1]?.ends[n] ?? 0, ends[n])),
  );
  const stream = joined(pieces.flat());
  const header = {
    ...headerOf(raster, contents),
    layers: kept.map(({ steps, psnr }, i) => ({
      steps,
      psnr,
      ranges: pieces[i]!.map(piece => ({ end: (end += piece.length), check: crc16(piece) })),
    })),
    sizes: compact ? [] : sizes.map(steps => kept.findIndex(layer => layer.steps >= steps) + 1),
    ...alpha,
  };
  const head = writeHeader(header);
  const error = errors.colour * (255 / peak) ** 2 * width * height * colourCount(channels);
  const bytes = compact ? compactFile(head, stream) : wholeFile(head, stream, header.extensions);
  return { bytes, psnr, error };
}

/** The stream includes the header. A decoder always reads two bytes after `head`, so they are written even if all that follows is zeros. */
function compactFile(head: Uint8Array, stream: Uint8Array): Uint8Array {
  const missing = head.length + 2 - COMPACT_SIGNATURE.length - stream.length;
  return joined([COMPACT_SIGNATURE, stream, new Uint8Array(Math.max(0, missing))]);
}

const headerOf = (raster: Raster, settings: Settings): Header => {
  const { width, height, channels, bitDepth } = raster;
  const {
    layout,
    tiles,
    step,
    rank,
    colour,
    weights,
    order,
    metadata,
    compact = false,
    part = WHOLE,
  } = settings;
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
      part,
      order,
    },
    ...{ cut: false, layers: [], sizes: [], extensions: extensionsOf(metadata) },
  };
};
