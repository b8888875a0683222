import { CodecError } from '../../core/errors.js';
import { checkRaster, type Raster } from '../../core/raster.js';
import { type Engine, loadSharp } from '../engine.js';
import { IoError } from '../errors.js';
import { pickChannels } from './pick-channels.js';

/** The box that a picture must fit into, integers from 1 on; a missing side is free. */
export interface Resize {
  width?: number | undefined;
  height?: number | undefined;
}

/**
 * Shrinks a raster to fit into a box, keeping its proportions: by sharp (Lanczos with three lobes), colour weighted by alpha. Never
 * enlarged: a raster that fits is returned as it is. Throws CodecError RASTER or OPTION if the raster or the box is invalid, and IoError
 * UNSUPPORTED if sharp cannot be loaded.
 *
 * @param name the picture's name in errors
 */
export async function resizeRaster(
  raster: Raster,
  box: Resize,
  engine?: Engine,
  name = '(bytes)',
): Promise<Raster> {
  checkRaster(raster);
  const { width = Infinity, height = Infinity } = box;
  for (const [field, side] of Object.entries({ width, height }))
    if (side !== Infinity && !(Number.isInteger(side) && side >= 1))
      throw new CodecError('OPTION', { field, got: side, expected: 'whole pixels, 1 or more' });
  const scale = Math.min(width / raster.width, height / raster.height);
  if (scale >= 1) return raster;
  const sharp = await loadSharp(engine);
  if (!sharp)
    throw new IoError('UNSUPPORTED', { path: name, reason: 'without sharp nothing can be resized' });
  const { channels, bitDepth } = raster;
  const deep = bitDepth === 16;
  // Grey with alpha would lose its alpha in sharp's own grey.
  const from = channels === 2 ? withThreeColours(raster) : raster;
  const samples = deep ? (from.data as Uint16Array) : new Uint8Array(from.data);
  const grey = from.channels === 1;
  const { data, info } = await sharp(samples, {
    raw: { width: raster.width, height: raster.height, channels: from.channels },
    limitInputPixels: false,
  })
    .resize(Math.max(1, Math.round(raster.width * scale)), Math.max(1, Math.round(raster.height * scale)), {
      fit: 'fill',
    })
    .toColourspace(deep ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const out = deep
    ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.length);
  return {
    width: info.width,
    height: info.height,
    channels,
    bitDepth,
    data: channels === info.channels ? out : pickChannels(out, info.channels, channels),
  };
}

/** Grey with alpha as RGBA. */
function withThreeColours(raster: Raster): Raster {
  const { data, bitDepth } = raster;
  const out = new (bitDepth === 16 ? Uint16Array : Uint8Array)(data.length * 2);
  for (let i = 0, to = 0; i < data.length; i += 2, to += 4) {
    out.fill(data[i]!, to, to + 3);
    out[to + 3] = data[i + 1]!;
  }
  return { ...raster, channels: 4, data: out };
}
