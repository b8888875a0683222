import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll } from 'vitest';
import type { Raster, SampleCount } from '../../../src/core/raster.js';

/** Samples that look like noise, the same for the same seed (generator of Numerical Recipes). */
export function picture(
  width: number,
  height: number,
  channels: SampleCount,
  bitDepth: 8 | 16,
  seed = 1,
): Raster {
  const length = width * height * channels;
  const data = bitDepth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> (bitDepth === 16 ? 16 : 24);
  }
  return { width, height, channels, bitDepth, data };
}

/** A smooth 8-bit RGB picture, which compresses well. */
export function smooth(width = 24, height = 16): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const value of [x * 5 + y, 200 - x * 2 - y * 3, 90 + y * 6]) data[i++] = value;
  return { width, height, channels: 3, bitDepth: 8, data };
}

/** sharp's pipeline of an 8-bit raster. */
export const piped = ({ width, height, channels, data }: Raster) =>
  sharp(data as Uint8Array, { raw: { width, height, channels } });

/** A folder of its own for a test file, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lowrank-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** EXIF as a bare TIFF structure: orientation and, after it, a thumbnail directory if asked for. */
export function exifOf(orientation: number, order: 'II' | 'MM' = 'II', thumbnail = false): Uint8Array {
  const bytes = new Uint8Array(thumbnail ? 44 : 38);
  const view = new DataView(bytes.buffer);
  const little = order === 'II';
  bytes.set(Buffer.from(order, 'latin1'));
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 2, little); // two entries: ImageWidth as a decoy, Orientation
  entry(10, 0x0100, 6);
  entry(22, 0x0112, orientation);
  view.setUint32(34, thumbnail ? 38 : 0, little);
  return bytes;

  function entry(at: number, tag: number, value: number): void {
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, 3, little);
    view.setUint32(at + 4, 1, little);
    view.setUint16(at + 8, value, little);
  }
}

/** An XMP packet. */
export const xmpOf = (inside = ''): Uint8Array =>
  Buffer.from(
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">${inside}</x:xmpmeta>`,
  );

/** A real ICC profile for RGB, the one that sharp attaches. */
export async function rgbProfile(): Promise<Uint8Array> {
  const tagged = await piped(smooth(2, 2)).withIccProfile('p3').png().toBuffer();
  return new Uint8Array((await sharp(tagged).metadata()).icc!);
}

/** The bytes under samples, to compare rasters exactly. */
export const bytesOf = ({ data }: { data: Raster['data'] }): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength);
