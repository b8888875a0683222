import type { Metadata as SharpMetadata, SharpOptions } from 'sharp';
import { CodecError } from '../../core/errors.js';
import { checkPixels, MAX_SIDE } from '../../core/limits.js';
import { hasAlpha, type Raster, type SampleCount } from '../../core/raster.js';
import type { SharpFunction } from '../engine.js';
import { IoError } from '../errors.js';
import { withOtherBits } from '../formats/jpeg-end.js';
import { sniff } from '../formats/sniff.js';
import { profileFault } from '../metadata/icc.js';
import { toFullRange } from '../raster/full-range.js';
import { pickChannels } from '../raster/pick-channels.js';
import { straighten } from '../raster/straighten.js';
import { withoutIdleAlpha } from '../raster/without-idle-alpha.js';
import { toRgb } from '../raster/ycbcr-to-rgb.js';
import type { FileWords } from '../words/file-words.js';
import type { Loaded, LoadPlan, LoadRequest } from './loaded.js';
import { pngFault } from './png-fault.js';
import { reasonAlone, type SharpReading } from './reason-alone.js';
import { loaderError, unsupported } from './refusals.js';

const GREY = new Set(['b-w', 'grey16']);
const RGB = new Set(['srgb', 'rgb', 'rgb16']);

/** The plan, and what sharp must be told to follow it. */
interface SharpPlan extends LoadPlan {
  header: SharpMetadata;
  /** Convert by the file's own profile? */
  byProfile: boolean;
  pages: number;
}

/** Plans how sharp will load a picture. Throws IoError UNSUPPORTED or DAMAGED and CodecError LIMIT. */
export async function planWithSharp(
  sharp: SharpFunction,
  request: LoadRequest,
  words: FileWords,
): Promise<SharpPlan> {
  const { name, maxPixels, pages = 1 } = request;
  const header = await readHeader(sharp, request);
  const { width, space, depth } = header;
  const height = header.pageHeight ?? header.height;
  checkPixels({ width, height: height * pages }, maxPixels);
  if (Math.max(width, height) > MAX_SIDE)
    throw new CodecError('LIMIT', {
      field: 'width and height',
      got: `${width} x ${height}`,
      expected: `at most ${MAX_SIDE} a side`,
    });
  const isFloat = depth === 'float' && space === 'scrgb';
  if (!isFloat && depth !== 'uchar' && depth !== 'ushort')
    throw unsupported(name, `samples of type ${depth}, expected 8 or 16 bits without sign`);
  if (space === 'multiband') throw unsupported(name, 'channels that are neither grey, RGB nor CMYK');
  const grey = words.grey || GREY.has(space);
  const converts = isFloat || (!grey && !RGB.has(space));
  const alpha = words.alpha ?? header.hasAlpha;
  return {
    header,
    width,
    height,
    pages,
    channels: ((grey ? 1 : 3) + (alpha ? 1 : 0)) as SampleCount,
    bitDepth: depth === 'uchar' ? 8 : 16,
    converts,
    ...conversion(converts ? space : '', words),
  };
}

/** How colours other than grey and RGB become sRGB, and the notes about it. */
function conversion(space: string, { icc }: FileWords): Pick<SharpPlan, 'byProfile' | 'notes'> {
  if (!space) return { byProfile: false, notes: [] };
  if (space === 'scrgb') {
    const notes = [
      'floating-point samples taken for linear light and cut to 16 bits of sRGB: values beyond 0 to 1 are not kept',
    ];
    if (icc) notes.push('its ICC profile is not used and not kept');
    return { byProfile: false, notes };
  }
  const colours = space.toUpperCase();
  const fault = space === 'cmyk' && icc ? profileFault(icc, 'CMYK') : undefined;
  if (icc && !fault)
    return { byProfile: true, notes: [`${colours} converted to sRGB by its ICC profile, which is not kept`] };
  const why = icc ? `its own ${fault} and is not kept` : 'it has none of its own';
  return { byProfile: false, notes: [`${colours} converted to sRGB by a general profile: ${why}`] };
}

async function readHeader(sharp: SharpFunction, request: LoadRequest): Promise<SharpMetadata> {
  const reading = { bytes: request.bytes, options: optionsOf(request) };
  try {
    return await sharp(reading.bytes, reading.options).metadata();
  } catch (error) {
    throw await refusal(request.name, reading, error);
  }
}

/** We check the limit on pixels ourselves, so that it has our error and holds for every loader. */
const optionsOf = ({ page, density }: LoadRequest): SharpOptions => ({
  limitInputPixels: false,
  ...(page > 0 && { page }),
  ...(density && { density }),
});

/** The error for what sharp did not read, with the reason of this file and of no other that is read at the same time. */
async function refusal(name: string, reading: SharpReading, error: unknown): Promise<IoError> {
  const part = reading.pixels ? 'pixels' : 'header';
  const fault = sniff(reading.bytes) === 'png' ? pngFault(reading.bytes) : undefined;
  const reason = fault ? undefined : await reasonAlone(reading);
  return loaderError(name, part, reason ? new Error(reason, { cause: error }) : error, fault);
}

/** Loads a picture as planned, with its samples as in the file. Throws as `planWithSharp`. */
export async function loadWithSharp(
  sharp: SharpFunction,
  request: LoadRequest,
  words: FileWords,
): Promise<Loaded> {
  const plan = await planWithSharp(sharp, request, words);
  const { bitDepth, channels, header, pages } = plan;
  const { data, info, damage } = await decoded(sharp, request, plan, words.tiled);
  if (words.unended) await checkEnd(sharp, request, plan, data);
  const samples =
    bitDepth === 16
      ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
      : new Uint8Array(data.buffer, data.byteOffset, data.length);
  if (samples instanceof Uint16Array) spreadToPeak(samples, header);
  const picked: Raster = {
    width: info.width,
    height: info.height,
    channels,
    bitDepth,
    data: pickChannels(samples, info.channels, channels),
  };
  if (words.narrow) toFullRange(picked, header.bitsPerSample ?? bitDepth);
  if (words.premultiplied && hasAlpha(channels)) straighten(picked);
  if (words.ycbcr) toRgb(picked.data, channels, words.ycbcr);
  // loaders add an alpha channel to these
  const madeUp = header.format === 'svg' || pages > 1 || (header.format === 'webp' && words.animated);
  const raster = madeUp && hasAlpha(channels) ? withoutIdleAlpha(picked) : picked;
  return { raster, plan: { ...plan, channels: raster.channels }, ...(damage && { damage }) };
}

/** The samples as sharp decodes them, and what of them is damaged. */
async function decoded(sharp: SharpFunction, request: LoadRequest, plan: SharpPlan, tiled = false) {
  const { format } = plan.header;
  // If only errors count, unreadable tiles of a TIFF come out black, and a damaged JPEG that can still be decoded passes unnoticed.
  const failOn = tiled || format === 'jpeg' ? 'warning' : 'error';
  try {
    const pixels = await pixelsBy(sharp, readingOf(request, plan, failOn));
    return { ...pixels, damage: undefined };
  } catch (warning) {
    if (format !== 'jpeg') throw await refusal(request.name, readingOf(request, plan, failOn), warning);
    const reading = readingOf(request, plan, 'error');
    const pixels = await pixelsBy(sharp, reading).catch(async error => {
      throw await refusal(request.name, reading, error);
    });
    return { ...pixels, damage: 'its data are damaged in places, and what a decoder makes of them is kept' };
  }
}

/** Throws IoError DAMAGED if a JPEG without an end marker lacks more than that. */
async function checkEnd(
  sharp: SharpFunction,
  request: LoadRequest,
  plan: SharpPlan,
  data: Buffer,
): Promise<void> {
  const other = { ...request, bytes: withOtherBits(request.bytes) };
  const again = await pixelsBy(sharp, readingOf(other, plan, 'error')).catch(() => undefined);
  if (!again?.data.equals(data))
    throw new IoError('DAMAGED', {
      path: request.name,
      reason: 'its pixels cannot be read: the file breaks off',
    });
}

function readingOf(
  request: LoadRequest,
  { bitDepth, channels, pages, byProfile, header }: SharpPlan,
  failOn: 'error' | 'warning',
): Required<SharpReading> {
  const grey = GREY.has(header.space); // what is grey and loaded as RGB is picked apart by the caller
  const is16 = bitDepth === 16;
  // 8-bit grey with alpha loses its alpha in sharp's 'b-w', so it is read as RGB and reduced by the caller
  const space = is16 ? (grey ? 'grey16' : 'rgb16') : channels === 1 && grey ? 'b-w' : undefined;
  return {
    bytes: request.bytes,
    // A profile that is kept must not be applied as well; one that is not kept (CMYK) must be.
    options: { ...optionsOf(request), ignoreIcc: !byProfile, failOn, ...(pages > 1 && { pages }) },
    pixels: { space, depth: is16 ? 'ushort' : 'uchar' },
  };
}

function pixelsBy(sharp: SharpFunction, { bytes, options, pixels }: Required<SharpReading>) {
  const image = sharp(bytes, options);
  if (pixels.space) image.toColourspace(pixels.space);
  return image.raw({ depth: pixels.depth }).toBuffer({ resolveWithObject: true });
}

/** libvips shifts 10- and 12-bit samples of HEIF up to 16 bits. This makes white white: the top bits are repeated below. */
function spreadToPeak(samples: Uint16Array, header: SharpMetadata): void {
  const bits = header.bitsPerSample ?? 16;
  if (header.format !== 'heif' || bits <= 8 || bits >= 16) return;
  for (let i = 0; i < samples.length; i++) samples[i]! |= samples[i]! >> bits;
}
