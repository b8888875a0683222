import type { Metadata as SharpMetadata } from 'sharp';
import { CodecError } from '../../core/errors.js';
import { checkPixels, MAX_SIDE } from '../../core/limits.js';
import type { Raster, SampleCount } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';
import type { SharpFunction } from '../engine.js';
import { IoError, oneLine } from '../errors.js';
import { bareExif, uprightExif } from '../metadata/exif.js';
import { pickChannels } from '../raster/pick-channels.js';
import type { ImageInput } from './image-input.js';
import { notesOnInput } from './read-notes.js';

const GREY = new Set(['b-w', 'grey16']);
const RGB = new Set(['srgb', 'rgb', 'rgb16']);

/** How sharp is asked for the pixels, so that they come as the file has them. */
interface Plan {
  /** Grey and RGB as they are; anything else through sharp's conversion to sRGB. */
  converts: boolean;
  grey: boolean;
  bitDepth: 8 | 16;
}

/** Reads any picture that sharp reads. Throws IoError UNSUPPORTED or DAMAGED and CodecError LIMIT. */
export async function readWithSharp(
  sharp: SharpFunction,
  bytes: Uint8Array,
  name: string,
  maxPixels: number,
  strip: boolean,
): Promise<ImageInput> {
  const header = await readHeader(sharp, bytes, name);
  checkPixels(header, maxPixels);
  if (Math.max(header.width, header.height) > MAX_SIDE)
    throw new CodecError('LIMIT', {
      field: 'width and height',
      got: `${header.width} x ${header.height}`,
      expected: `at most ${MAX_SIDE} a side`,
    });
  const plan = planFor(header, name);
  const raster = await readPixels(sharp, bytes, name, header, plan);
  return {
    raster,
    metadata: keptMetadata(header, plan),
    format: header.format,
    notes: notesOnInput(header, bytes, plan.converts, strip),
  };
}

async function readHeader(sharp: SharpFunction, bytes: Uint8Array, name: string): Promise<SharpMetadata> {
  try {
    // the limit is checked by us, so that it has our error and holds for every loader
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    const reason = oneLine(error);
    if (/unsupported image format/i.test(reason))
      throw new IoError('UNSUPPORTED', {
        path: name,
        reason: 'not an image of a known format',
        cause: error,
      });
    throw new IoError('DAMAGED', {
      path: name,
      reason: `its header cannot be read: ${reason}`,
      cause: error,
    });
  }
}

function planFor(header: SharpMetadata, name: string): Plan {
  const { space, depth } = header;
  if (depth === 'float' && space === 'scrgb') return { converts: true, grey: false, bitDepth: 16 };
  if (depth !== 'uchar' && depth !== 'ushort')
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: `samples of type ${depth}, expected 8 or 16 bits without sign`,
    });
  const grey = GREY.has(space);
  return { converts: !grey && !RGB.has(space), grey, bitDepth: depth === 'ushort' ? 16 : 8 };
}

async function readPixels(
  sharp: SharpFunction,
  bytes: Uint8Array,
  name: string,
  header: SharpMetadata,
  plan: Plan,
): Promise<Raster> {
  const { bitDepth } = plan;
  // A profile that is kept must not be applied as well; one that is not kept (CMYK) must be.
  let image = sharp(bytes, {
    limitInputPixels: false,
    ignoreIcc: !plan.converts,
    failOn: 'error',
  }).autoOrient();
  // 8-bit grey with alpha loses its alpha in sharp's 'b-w', so 8-bit grey is read as RGB and picked apart below
  if (bitDepth === 16) image = image.toColourspace(plan.grey ? 'grey16' : 'rgb16');
  let result: Awaited<ReturnType<typeof pixelsOf>>;
  try {
    result = await pixelsOf(image, bitDepth);
  } catch (error) {
    throw new IoError('DAMAGED', {
      path: name,
      reason: `its pixels cannot be read: ${oneLine(error)}`,
      cause: error,
    });
  }
  const { data, info } = result;
  const from = info.channels as SampleCount;
  const samples =
    bitDepth === 16
      ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
      : new Uint8Array(data.buffer, data.byteOffset, data.length);
  if (bitDepth === 16) spreadToPeak(samples as Uint16Array, header);
  const channels = channelsOf(header, plan, from, samples);
  return {
    width: info.width,
    height: info.height,
    channels,
    bitDepth,
    data: channels === from ? samples : pickChannels(samples, from, channels, bitDepth),
  };
}

const pixelsOf = (image: ReturnType<SharpFunction>, bitDepth: 8 | 16) =>
  image.raw({ depth: bitDepth === 16 ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });

/** libvips shifts 10- and 12-bit samples of HEIF up to 16 bits; here white becomes white: top bits repeated below. */
function spreadToPeak(samples: Uint16Array, header: SharpMetadata): void {
  const bits = header.bitsPerSample ?? 16;
  if (header.format !== 'heif' || bits <= 8 || bits >= 16) return;
  for (let i = 0; i < samples.length; i++) samples[i]! |= samples[i]! >> bits;
}

/** Channels to keep: those of the file, without an alpha that the loader made up and that hides nothing. */
function channelsOf(
  header: SharpMetadata,
  plan: Plan,
  from: SampleCount,
  samples: Uint8Array | Uint16Array,
): SampleCount {
  const madeUp = header.format === 'gif' || header.format === 'svg';
  const withAlpha = from % 2 === 0 && !(madeUp && isOpaque(samples, from, plan.bitDepth));
  return ((plan.grey ? 1 : 3) + (withAlpha ? 1 : 0)) as SampleCount;
}

function isOpaque(samples: Uint8Array | Uint16Array, channels: number, bitDepth: 8 | 16): boolean {
  const peak = bitDepth === 16 ? 65_535 : 255;
  for (let i = channels - 1; i < samples.length; i += channels) if (samples[i] !== peak) return false;
  return true;
}

function keptMetadata(header: SharpMetadata, plan: Plan): Metadata {
  const metadata: Metadata = {};
  if (header.icc && !plan.converts) metadata.icc = new Uint8Array(header.icc);
  if (header.exif) metadata.exif = uprightExif(bareExif(header.exif));
  if (header.xmp) metadata.xmp = new Uint8Array(header.xmp);
  return metadata;
}
