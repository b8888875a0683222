import type { Raster, SampleCount } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';
import type { ImageFormat } from '../formats/image-format.js';
import { profileOf } from '../metadata/colour.js';
import { isExif } from '../metadata/exif.js';
import { colourProfileOf } from '../metadata/grey-profile.js';
import { profileFault } from '../metadata/icc.js';
import { convertRaster } from '../raster/convert-raster.js';

const ALWAYS_RGB: readonly ImageFormat[] = ['webp', 'avif'];

/** A picture and its colour space as a format has them: what is changed or left out for that is added to `notes`. */
export function fitToFormat(
  raster: Raster,
  metadata: Metadata,
  format: ImageFormat,
  notes: string[],
): { raster: Raster; metadata: Metadata } {
  const named = format === 'png' ? metadata : withoutPoints(metadata, raster, format, notes);
  return coloured(raster, fitting(named, raster, notes), format, notes);
}

/** Code points of colours, which PNG alone is given, as an ICC profile where there is none. */
function withoutPoints(
  { cicp, ...rest }: Metadata,
  { channels }: Raster,
  format: ImageFormat,
  notes: string[],
): Metadata {
  if (!cicp) return rest;
  if (rest.icc) {
    notes.push(`the code points of colours (CICP) are not kept in ${format}, the ICC profile is`);
    return rest;
  }
  const named = { by: 'CICP', primaries: cicp[0]!, transfer: cicp[1]! };
  const { icc, note } = profileOf(named, channels < 3);
  if (note) notes.push(note);
  return icc ? { ...rest, icc } : rest;
}

/** Metadata without a profile that is none for the raster, and EXIF that is none. */
function fitting(metadata: Metadata, raster: Raster, notes: string[]): Metadata {
  const kept = { ...metadata };
  const fault = kept.icc && profileFault(kept.icc, raster.channels < 3 ? 'GRAY' : 'RGB ');
  if (fault) {
    notes.push(`the ICC profile ${fault}: not attached`);
    delete kept.icc;
  }
  if (kept.exif && !isExif(kept.exif)) {
    notes.push(`the EXIF is damaged (${kept.exif.length} bytes): not attached`);
    delete kept.exif;
  }
  return kept;
}

/** In formats whose pixels are always RGB, grey that has a profile as RGB that has one; without a profile they look alike. */
function coloured(
  raster: Raster,
  metadata: Metadata,
  format: ImageFormat,
  notes: string[],
): { raster: Raster; metadata: Metadata } {
  const { icc, ...rest } = metadata;
  if (!icc || raster.channels > 2 || !ALWAYS_RGB.includes(format)) return { raster, metadata };
  const profile = colourProfileOf(icc);
  notes.push(
    profile
      ? `${format} has no grey: the ICC profile became one of RGB with the same curve`
      : `${format} has no grey, and the ICC profile cannot become one of RGB: not attached`,
  );
  const channels = (raster.channels + 2) as SampleCount;
  return {
    raster: convertRaster(raster, channels, raster.bitDepth),
    metadata: profile ? { ...rest, icc: profile } : rest,
  };
}
