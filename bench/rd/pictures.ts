import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Raster } from '../../src/core/raster.js';

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A picture as every codec of the comparison gets it: 8-bit sRGB, alpha flattened onto white, grey as RGB. */
export interface Rgb extends Size {
  /** File name without `.png`. */
  name: string;
  /** width x height x 3 samples. */
  data: Uint8Array;
}

/** The picture as encode() and the metrics take it. */
export const rasterOf = ({ data, width, height }: Rgb): Raster => ({
  width,
  height,
  channels: 3,
  bitDepth: 8,
  data,
});

/**
 * Names of the PNG files of a folder, sorted; `which` selects some, by a pattern or by names without `.png`. Throws if one of those names
 * is missing.
 */
export function listPictures(folder: string, which: RegExp | readonly string[] = /./): string[] {
  const files = readdirSync(folder).filter(file => /\.png$/i.test(file));
  if (which instanceof RegExp) return files.filter(file => which.test(file)).sort();
  const named = (name: string): string => {
    const file = files.find(other => other.replace(/\.png$/i, '') === name);
    if (file === undefined) throw new Error(`${folder}: no picture ${name}`);
    return file;
  };
  return which.map(named).sort();
}

/** `count` of a list, evenly spread over it; all if it has no more. */
export const spread = <T>(list: readonly T[], count: number): T[] =>
  count >= list.length
    ? [...list]
    : Array.from({ length: count }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / count)]!);

/** Reads a picture file and brings it to RGB as {@link Rgb} says. */
export async function loadRgb(file: string): Promise<Rgb> {
  const { hasAlpha } = await sharp(file).metadata();
  let image = sharp(file).toColourspace('srgb');
  if (hasAlpha) image = image.flatten({ background: '#ffffff' });
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return {
    name: path.basename(file).replace(/\.png$/i, ''),
    width: info.width,
    height: info.height,
    data: toThree(data, info.channels, file),
  };
}

/** Decodes any file that sharp reads to 8-bit RGB without alpha; throws if its size is not width x height. */
export async function decodeRgb(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const image = sharp(bytes).removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  if (info.width !== width || info.height !== height)
    throw new Error(`decoded ${info.width} x ${info.height}, expected ${width} x ${height}`);
  return toThree(data, info.channels, 'decoded picture');
}

function toThree(data: Uint8Array, channels: number, what: string): Uint8Array {
  if (channels === 3) return data;
  if (channels !== 1) throw new Error(`${what}: ${channels} channels, expected 1 or 3`);
  const rgb = new Uint8Array(3 * data.length);
  for (let i = 0; i < data.length; i++) rgb.fill(data[i]!, 3 * i, 3 * i + 3);
  return rgb;
}

/** 10 log10(255^2 / MSE) over all samples of two 8-bit pictures; exact ones give 138.13 (MSE of 1e-9). */
export function psnrRgb(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`${b.length} samples, expected ${a.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = a[i]! - b[i]!;
    sum += d * d;
  }
  return 10 * Math.log10(65_025 / Math.max(sum / a.length, 1e-9));
}
