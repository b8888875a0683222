import { colourCount, hasAlpha, type Raster } from '../../core/raster.js';
import { type Engine, loadSharp } from '../engine.js';
import { insertMetadata } from '../formats/png-chunks.js';
import { convertRaster } from '../raster/convert-raster.js';
import { pickChannels } from '../raster/pick-channels.js';

/** Does a profile claim to be that of sRGB? Then no conversion is needed. */
const isSrgb = (icc: Uint8Array): boolean => {
  const text = Buffer.from(icc.buffer, icc.byteOffset, icc.byteLength);
  return text.includes('sRGB') || text.includes(Buffer.from('sRGB', 'utf16le').swap16());
};

/** The note about `toSrgb`; undefined if it will change nothing. */
export async function srgbNote(icc: Uint8Array, engine: Engine | undefined): Promise<string | undefined> {
  if (isSrgb(icc)) return undefined;
  return (await loadSharp(engine))
    ? 'colours converted to sRGB by the ICC profile: a sequence has none'
    : 'the ICC profile is neither kept nor applied: that takes sharp, and a sequence has none';
}

/** The same picture in sRGB, with the same channels and bits. Unchanged without sharp, or if the profile is that of sRGB. */
export async function toSrgb(raster: Raster, icc: Uint8Array, engine: Engine | undefined): Promise<Raster> {
  const sharp = isSrgb(icc) ? undefined : await loadSharp(engine);
  if (!sharp) return raster;
  const { width, height, channels, bitDepth, data } = raster;
  const is16 = bitDepth === 16;
  const samples =
    data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const input = sharp(samples, { raw: { width, height, channels }, limitInputPixels: false });
  const space = is16 ? (channels < 3 ? 'grey16' : 'rgb16') : channels < 3 ? 'b-w' : 'srgb';
  // sharp only takes a profile from its input: the raster becomes a PNG that has it
  const plain = await input.toColourspace(space).png({ compressionLevel: 0 }).toBuffer();
  const { data: out, info } = await sharp(insertMetadata(plain, { icc }), { limitInputPixels: false })
    .toColourspace(is16 ? 'rgb16' : 'srgb')
    .raw({ depth: is16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const converted = is16
    ? new Uint16Array(out.buffer, out.byteOffset, out.length / 2)
    : new Uint8Array(out.buffer, out.byteOffset, out.length);
  if (info.channels >= colourCount(channels) + (hasAlpha(channels) ? 1 : 0))
    return { ...raster, data: pickChannels(converted, info.channels, channels) };
  return convertRaster(
    { ...raster, channels: info.channels as Raster['channels'], data: converted },
    channels,
    bitDepth,
  );
}
