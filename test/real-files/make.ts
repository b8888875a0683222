import sharp from 'sharp';
import type { Raster } from '../../src/core/raster.js';
import { readHeif } from '../../src/io/formats/iso-boxes.js';
import { joinChunks, makeChunk, splitChunks } from '../../src/io/formats/png-chunks.js';

/** The picture in most of these files: 96 x 64, RGB, no two rows or columns alike. */
export function scene(width = 96, height = 64): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const value of [120 + 100 * Math.sin(x / 9), (x * 255) / width, (y * 255) / height])
        data[i++] = Math.round(value);
  return { width, height, channels: 3, bitDepth: 8, data };
}

export const pipeOf = ({ width, height, channels, data }: Raster) =>
  sharp(data as Uint8Array, { raw: { width, height, channels } });

/** The scene as a PNG with further chunks after its header, or before its end. */
export async function pngWith(
  chunks: readonly (readonly [type: string, data: Uint8Array])[],
  where: 'start' | 'end' = 'start',
): Promise<Uint8Array> {
  const own = splitChunks(await pipeOf(scene()).png().toBuffer()).filter(({ type }) => type !== 'pHYs');
  const more = chunks.map(([type, data]) => makeChunk(type, data));
  const at = where === 'start' ? 1 : own.length - 1;
  return joinChunks([...own.slice(0, at), ...more, ...own.slice(at)]);
}

/** The scene as a JPEG with further segments after its start. */
export async function jpegWith(
  ...segments: (readonly [marker: number, data: Uint8Array])[]
): Promise<Buffer> {
  const jpeg = await pipeOf(scene()).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
  const parts = segments.map(([marker, data]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);
}

export const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** An entry of a TIFF directory; rationals as numerator and denominator. */
export type Entry = readonly [tag: number, type: number, values: readonly number[]];

const SIZE: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 7: 1, 9: 4, 11: 4 };

/** A TIFF structure: a chain of directories, each followed by its values and, if any, its pixels (one strip). */
export function tiffOf(
  directories: readonly { entries: readonly Entry[]; pixels?: Uint8Array }[],
  littleEndian = true,
): Buffer {
  const parts: Buffer[] = [];
  let start = 8;
  for (const [i, { entries, pixels }] of directories.entries()) {
    const all = [
      ...entries,
      ...(pixels
        ? ([
            [273, 4, [0]],
            [279, 4, [pixels.length]],
          ] as const)
        : []),
    ].sort((a, b) => a[0] - b[0]);
    const sizes = all.map(([, type, values]) => values.length * SIZE[type]!);
    const head = 2 + 12 * all.length + 4;
    const outside = sizes.reduce((sum, size) => sum + (size > 4 ? size + (size & 1) : 0), 0);
    const whole = Buffer.alloc(head + outside + (pixels?.length ?? 0) + ((pixels?.length ?? 0) & 1));
    const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
    view.setUint16(0, all.length, littleEndian);
    let free = head;
    for (const [k, [tag, type, values]] of all.entries()) {
      const p = 2 + 12 * k;
      view.setUint16(p, tag, littleEndian);
      view.setUint16(p + 2, type, littleEndian);
      view.setUint32(p + 4, type === 5 ? values.length / 2 : values.length, littleEndian);
      let at = p + 8;
      if (sizes[k]! > 4) {
        view.setUint32(p + 8, start + free, littleEndian);
        at = free;
        free += sizes[k]! + (sizes[k]! & 1);
      }
      for (const [j, value] of (tag === 273 && pixels ? [start + head + outside] : values).entries())
        if (SIZE[type] === 1) view.setUint8(at + j, value & 255);
        else if (SIZE[type] === 2) view.setUint16(at + 2 * j, value, littleEndian);
        else view.setUint32(at + 4 * j, value, littleEndian);
    }
    if (pixels) whole.set(pixels, head + outside);
    if (i + 1 < directories.length) view.setUint32(2 + 12 * all.length, start + whole.length, littleEndian);
    parts.push(whole);
    start += whole.length;
  }
  const header = Buffer.from(littleEndian ? 'II*\0\x08\0\0\0' : 'MM\0*\0\0\0\x08', 'latin1');
  return Buffer.concat([header, ...parts]);
}

/** The tags of every TIFF. */
export const baseline = (
  { width, height }: Pick<Raster, 'width' | 'height'>,
  photometric: number,
  bits: readonly number[],
  more: readonly Entry[] = [],
): Entry[] => [
  [256, 4, [width]],
  [257, 4, [height]],
  [258, 3, bits],
  [259, 3, [1]],
  [262, 3, [photometric]],
  [277, 3, [bits.length]],
  [278, 4, [height]],
  ...more,
];

/** EXIF of one directory. */
export const exifWith = (entries: readonly Entry[], littleEndian = true): Buffer =>
  tiffOf([{ entries }], littleEndian);

/** A GIF of images on a screen, each of one colour of a palette of four (red, green, blue, white), practically uncompressed. */
export function gifOf(
  screen: { width: number; height: number },
  images: readonly {
    left: number;
    top: number;
    width: number;
    height: number;
    colour: number;
    disposal?: number;
    transparent?: number;
  }[],
): Buffer {
  const parts: Buffer[] = [];
  const head = Buffer.alloc(13);
  head.write('GIF89a', 'latin1');
  head.writeUInt16LE(screen.width, 6);
  head.writeUInt16LE(screen.height, 8);
  head[10] = 0x81;
  parts.push(head, Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]));
  for (const { left, top, width, height, colour, disposal = 0, transparent } of images) {
    const control = Buffer.from([
      0x21,
      0xf9,
      4,
      (disposal << 2) | (transparent === undefined ? 0 : 1),
      10,
      0,
      transparent ?? 0,
      0,
    ]);
    const place = Buffer.alloc(10);
    place[0] = 0x2c;
    for (const [i, value] of [left, top, width, height].entries()) place.writeUInt16LE(value, 1 + 2 * i);
    parts.push(control, place, codesOf(new Array<number>(width * height).fill(colour)));
  }
  return Buffer.concat([...parts, Buffer.from([0x3b])]);
}

/** Codes of 3 bits: the table is cleared after every two pixels, so that it never grows. */
function codesOf(pixels: readonly number[]): Buffer {
  const codes = pixels.flatMap((pixel, i) => (i % 2 === 0 ? [4, pixel] : [pixel]));
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const code of [...codes, 5]) {
    held |= code << bits;
    for (bits += 3; bits >= 8; bits -= 8, held >>= 8) bytes.push(held & 255);
  }
  if (bits > 0) bytes.push(held & 255);
  const blocks: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += 255)
    blocks.push(Buffer.from([Math.min(255, bytes.length - i), ...bytes.slice(i, i + 255)]));
  return Buffer.concat([Buffer.from([2]), ...blocks, Buffer.from([0])]);
}

/** The scene as an AVIF whose colours are described by code points alone, in the box of a profile. */
export async function avifWith(primaries: number, transfer: number, bitdepth: 8 | 10 = 8): Promise<Buffer> {
  const avif = await pipeOf(scene()).withIccProfile('p3').avif({ quality: 95, bitdepth }).toBuffer();
  const at = avif.indexOf('colr') + 4;
  avif.write('nclx', at, 'latin1');
  avif.writeUInt16BE(primaries, at + 4);
  avif.writeUInt16BE(transfer, at + 6);
  avif.writeUInt16BE(6, at + 8);
  avif[at + 10] = 0x80;
  return avif;
}

/** An AVIF with alpha and one more reference between the items of these numbers. */
export function withReference(avif: Uint8Array, type: string, from: number, to: number): Buffer {
  const out = Buffer.from(avif);
  const added = Buffer.alloc(14);
  added.writeUInt32BE(added.length, 0);
  added.write(type, 4, 'latin1');
  for (const [i, value] of [from, 1, to].entries()) added.writeUInt16BE(value, 8 + 2 * i);
  const [meta, references] = ['meta', 'iref'].map(name => out.indexOf(name) - 4) as [number, number];
  for (const { extents } of readHeif(avif)!.items)
    for (const { lengthAt } of extents)
      out.writeUInt32BE(out.readUInt32BE(lengthAt - 4) + added.length, lengthAt - 4);
  const end = references + out.readUInt32BE(references);
  for (const box of [meta, references]) out.writeUInt32BE(out.readUInt32BE(box) + added.length, box);
  return Buffer.concat([out.subarray(0, end), added, out.subarray(end)]);
}

/** An ICC profile similar to Adobe RGB: gamma 2.2 and a wider green. */
export async function wideProfile(): Promise<Uint8Array> {
  const { makeProfile } = await import('../../src/io/metadata/make-profile.js');
  const chromaticities = {
    red: [0.64, 0.33],
    green: [0.21, 0.71],
    blue: [0.15, 0.06],
    white: [0.3127, 0.329],
  } as const;
  return makeProfile({ name: 'wide', chromaticities, curve: 563 / 256 });
}
