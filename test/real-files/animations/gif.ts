import type { Place, Random } from './random.js';
import { placeOn } from './random.js';

/** An image of a GIF: the contents of its blocks. */
export interface GifImage extends Place {
  /** Colour indices, row by row from the top. */
  indices: readonly number[];
  /** RGB; undefined for the global one. */
  palette?: Uint8Array | undefined;
  /** Bits of an index in the codes, 2 to 8. */
  bits: number;
  interlaced?: boolean;
  /** Index of transparent pixels; there is no control block if neither this nor the others are given. */
  transparent?: number | undefined;
  disposal?: number | undefined;
  /** Hundredths of a second. */
  delay?: number | undefined;
}

/** A GIF of these images. */
export interface GifParts {
  width: number;
  height: number;
  /** RGB of 2, 4, ... 256 colours. */
  palette?: Uint8Array | undefined;
  background?: number;
  /** The contents of its NETSCAPE2.0 block; undefined for no such block. */
  repeats?: number | undefined;
  images: readonly GifImage[];
}

/** GIF89a, block by block; codes never grow, since the table is cleared before. */
export function gifOfParts({ width, height, palette, background = 0, repeats, images }: GifParts): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  head[10] = palette ? flagsOf(palette) : 0;
  head[11] = background;
  const parts: Uint8Array[] = [head, palette ?? new Uint8Array()];
  if (repeats !== undefined) {
    const loop = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
    loop.writeUInt16LE(repeats, 16);
    parts.push(loop);
  }
  for (const image of images) parts.push(...imageBlocks(image));
  return Buffer.concat([...parts, Buffer.from([0x3b])]);
}

/** The flag of a palette and its size. */
const flagsOf = (palette: Uint8Array): number => 0x80 | (Math.log2(palette.length / 3) - 1);

function imageBlocks(image: GifImage): Uint8Array[] {
  const { left, top, width, height, palette, bits, interlaced, transparent, disposal, delay } = image;
  const parts: Uint8Array[] = [];
  if (transparent !== undefined || disposal !== undefined || delay !== undefined) {
    const control = Buffer.from([0x21, 0xf9, 4, 0, 0, 0, transparent ?? 0, 0]);
    control[3] = ((disposal ?? 0) << 2) | (transparent === undefined ? 0 : 1);
    control.writeUInt16LE(delay ?? 0, 4);
    parts.push(control);
  }
  const place = Buffer.alloc(10, 0x2c);
  for (const [i, value] of [left, top, width, height].entries()) place.writeUInt16LE(value, 1 + 2 * i);
  place[9] = (palette ? flagsOf(palette) : 0) | (interlaced ? 0x40 : 0);
  const rows = interlaced ? interlacedRows(height) : Array.from({ length: height }, (_, y) => y);
  const stored = rows.flatMap(y => image.indices.slice(y * width, (y + 1) * width));
  return [...parts, place, palette ?? new Uint8Array(), codesOf(stored, bits)];
}

/** GIF89a, appendix E. */
const interlacedRows = (height: number): number[] =>
  [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ].flatMap(([start, step]) => {
    const rows: number[] = [];
    for (let y = start!; y < height; y += step!) rows.push(y);
    return rows;
  });

/** Codes of bits + 1 bits. */
function codesOf(indices: readonly number[], bits: number): Buffer {
  const [clear, end, run] = [1 << bits, (1 << bits) + 1, (1 << bits) - 2];
  const codes = [...indices.flatMap((index, i) => (i % run === 0 ? [clear, index] : [index])), end];
  const bytes: number[] = [];
  let [held, size] = [0, 0];
  for (const code of codes) {
    held |= code << size;
    for (size += bits + 1; size >= 8; size -= 8, held >>>= 8) bytes.push(held & 255);
  }
  if (size > 0) bytes.push(held & 255);
  const blocks: number[] = [bits];
  for (let i = 0; i < bytes.length; i += 255) {
    const block = bytes.slice(i, i + 255);
    blocks.push(block.length, ...block);
  }
  return Buffer.from([...blocks, 0]);
}

const paletteOf = (bits: number, random: Random): Uint8Array =>
  Uint8Array.from({ length: 3 << bits }, () => random.whole(0, 255));

/** A GIF with every difficulty: all disposals (some writers use 4 for 3), offsets, transparency, local palettes, interlacing, no delay. */
export function difficultGif(random: Random): Buffer {
  const [width, height] = [random.whole(3, 24), random.whole(3, 20)];
  const globalBits = random.whole(2, 5);
  const palette = random.chance(0.8) ? paletteOf(globalBits, random) : undefined;
  const images = Array.from({ length: random.whole(2, 7) }, (): GifImage => {
    const place = placeOn({ width, height }, random);
    const own = !palette || random.chance(0.4);
    const bits = own ? random.whole(2, 8) : globalBits;
    return {
      ...place,
      bits,
      palette: own ? paletteOf(bits, random) : undefined,
      indices: Array.from({ length: place.width * place.height }, () =>
        random.chance(0.4) ? 1 : random.whole(0, 2 ** bits - 1),
      ),
      // Firefox leaves out interlaced images of one row
      interlaced: place.height > 1 && random.chance(0.4),
      transparent: random.chance(0.6) ? random.whole(0, 2) : undefined,
      disposal: random.whole(0, 4),
      delay: random.pick([0, 1, 2, 5, 12]),
    };
  });
  const background = random.whole(0, 3);
  return gifOfParts({
    width,
    height,
    palette,
    background,
    repeats: random.pick([undefined, 0, 1, 5]),
    images,
  });
}
