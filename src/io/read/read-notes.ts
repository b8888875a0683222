import type { Metadata as SharpMetadata } from 'sharp';
import { type PngChunk, splitChunks } from '../formats/png-chunks.js';
import { readDirectory } from '../formats/tiff-tags.js';
import { bareExif, exifOrientation, hasThumbnail } from '../metadata/exif.js';

const EXIF_POINTER = 0x8769; // EXIF 2.32, 4.6.3: the tags of TIFF that lead to EXIF and GPS
const GPS_POINTER = 0x8825;
const SRGB_GAMMA = 45_455; // PNG 1.2, 4.2.2.1: 1/2.2 x 100,000

/** What of a file its raster, ICC, EXIF and XMP do not hold, one sentence each; with `strip`, of its pixels only. */
export function notesOnInput(
  header: SharpMetadata,
  bytes: Uint8Array,
  converted: boolean,
  strip: boolean,
): string[] {
  const notes: string[] = [];
  const { pages = 1, space, format } = header;
  if (pages > 1)
    notes.push(`the first of ${pages} ${format === 'tiff' ? 'pages' : 'frames'}; the others are not kept`);
  if (format === 'svg') notes.push(`drawn at its own size, ${header.width} x ${header.height} pixels`);
  if (converted)
    notes.push(`${space} converted to sRGB${header.icc ? ' by its ICC profile, which is not kept' : ''}`);
  if (header.depth === 'float')
    notes.push('floating-point samples cut to 16 bits: values beyond 0 to 1 are not kept');
  if (header.gainMap) notes.push('the HDR gain map is not kept');
  if (format === 'png') notes.push(...notesOnPng(splitChunks(bytes), header.icc !== undefined));
  if (!strip) notes.push(...notesOnMetadata(header, bytes));
  return notes;
}

function notesOnMetadata(header: SharpMetadata, bytes: Uint8Array): string[] {
  const notes: string[] = [];
  if (header.iptc) notes.push('IPTC metadata are not kept');
  if (header.exif) {
    const exif = bareExif(header.exif);
    if (exifOrientation(exif) !== 1 && hasThumbnail(exif))
      notes.push('the EXIF thumbnail is kept but not turned');
  }
  if (header.format === 'tiff') notes.push(...notesOnTiff(bytes));
  return notes;
}

/** What of a PNG's chunks is not kept; `hasProfile` if its ICC profile could be read. */
export function notesOnPng(chunks: readonly PngChunk[], hasProfile: boolean): string[] {
  const notes: string[] = [];
  const find = (type: string) => chunks.find(chunk => chunk.type === type);
  if (find('acTL')) notes.push('the default picture of an animated PNG; its frames are not kept');
  if (find('iCCP') && !hasProfile) notes.push('its ICC profile is damaged or not for such pixels: not kept');
  if (find('cICP')) notes.push('the colour space that its cICP chunk names is not kept');
  const gamma = find('gAMA')?.data;
  // a profile or sRGB chunk outranks gAMA, and 1/2.2 is what everyone assumes
  if (gamma?.length === 4 && !hasProfile && !find('sRGB')) {
    const value = new DataView(gamma.buffer, gamma.byteOffset).getUint32(0);
    if (Math.abs(value - SRGB_GAMMA) > 500) notes.push(`its gamma of ${value / 100_000} is not kept`);
  }
  return notes;
}

function notesOnTiff(bytes: Uint8Array): string[] {
  const tags = readDirectory(bytes)?.entries.map(entry => entry.tag) ?? [];
  return tags.includes(EXIF_POINTER) || tags.includes(GPS_POINTER) ? ['EXIF of TIFF is not kept'] : [];
}
