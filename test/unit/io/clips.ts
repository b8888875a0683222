import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { crc32 } from '../../../src/bits/crc32.js';
import type { Raster, SampleCount } from '../../../src/core/raster.js';
import { piped } from './pictures.js';

/** A square of one colour on another, moving right with each frame: 8-bit RGB. */
export function movingSquare(count: number, width = 24, height = 16): Raster[] {
  return Array.from({ length: count }, (_, t) => {
    const data = new Uint8Array(width * height * 3);
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const inside = y >= 4 && y < 10 && x >= 2 + 2 * t && x < 8 + 2 * t;
        for (const value of inside ? [255, 102, 0] : [0, 51, 153]) data[i++] = value;
      }
    return { width, height, channels: 3, bitDepth: 8, data };
  });
}

/** An animated GIF or WebP, lossless for colours in the GIF palette. */
export async function animationOf(
  frames: readonly Raster[],
  format: 'gif' | 'webp',
  delay: number[],
  loop: number,
): Promise<Uint8Array> {
  const inputs = await Promise.all(frames.map(frame => piped(frame).png().toBuffer()));
  const image = sharp(inputs, { join: { animated: true } });
  return format === 'gif'
    ? image.gif({ delay, loop, dither: 0 }).toBuffer()
    : image.webp({ delay, loop, lossless: true }).toBuffer();
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole, 4, 8 + data.length), 8 + data.length);
  return whole;
}

/** One frame of an APNG: samples of 8 bits, and their place on the canvas. */
export interface Patch {
  raster: Raster;
  left: number;
  top: number;
  /** Hundredths of a second. */
  delay: number;
  dispose?: number;
  blend?: number;
}

/** PNG's colour type by the number of channels. */
const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** An animated PNG of patches with equal channels; the first must cover the canvas. */
export function apngOf(patches: readonly Patch[], plays: number): Uint8Array {
  const { width, height, channels } = patches[0]!.raster;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPES[channels], 0, 0, 0], 8);
  const control = Buffer.alloc(8);
  control.writeUInt32BE(patches.length, 0);
  control.writeUInt32BE(plays, 4);
  const parts = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('acTL', control)];
  let sequence = 0;
  const numbered = (): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(sequence++, 0);
    return bytes;
  };
  for (const [i, { raster, left, top, delay, dispose = 0, blend = 0 }] of patches.entries()) {
    const fields = Buffer.alloc(22);
    for (const [at, value] of [raster.width, raster.height, left, top].entries())
      fields.writeUInt32BE(value, 4 * at);
    fields.writeUInt16BE(delay, 16);
    fields.writeUInt16BE(100, 18);
    fields.set([dispose, blend], 20);
    parts.push(chunk('fcTL', Buffer.concat([numbered(), fields])));
    const row = channels * raster.width;
    const rows = Buffer.alloc(raster.height * (1 + row));
    for (let y = 0; y < raster.height; y++)
      rows.set(raster.data.subarray(y * row, (y + 1) * row), y * (1 + row) + 1);
    const pixels = deflateSync(rows);
    parts.push(i === 0 ? chunk('IDAT', pixels) : chunk('fdAT', Buffer.concat([numbered(), pixels])));
  }
  return Buffer.concat([...parts, chunk('IEND', new Uint8Array())]);
}

/** A patch of one colour, with as many channels as that has. */
export function patchOf(width: number, height: number, colour: readonly number[]): Raster {
  const channels = colour.length as SampleCount;
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % channels]!;
  return { width, height, channels, bitDepth: 8, data };
}
