// src/encode/cells/fresh-pixels.ts.

/** Four pixels of this many bytes each, as 32 bits each. */
function coloursOf(samples: usize, channels: i32): v128 {
  if (channels === 4) return v128.load(samples);
  if (channels === 3)
    return i8x16.swizzle(v128.load(samples), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
  if (channels === 2)
    return i8x16.swizzle(
      v128.load64_zero(samples),
      i8x16(0, 1, -1, -1, 2, 3, -1, -1, 4, 5, -1, -1, 6, 7, -1, -1),
    );
  return i8x16.swizzle(
    v128.load32_zero(samples),
    i8x16(0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1, -1),
  );
}

/**
 * Writes the colours of a row of pixels to `row`. By cell, of eight pixels, adds the number of fresh pixels, a byte, and their bits, 16
 * bits. `above` and `second` are the two rows above. Around each row are at least two pixels of zeros, and after it four with any content.
 */
export function freshRow(
  samples: usize,
  channels: i32,
  width: i32,
  row: usize,
  above: usize,
  second: usize,
  fresh: usize,
  bits: usize,
  freshBits: i32,
  changedBits: i32,
): void {
  for (let x = 0; x < width; x += 4)
    v128.store(row + ((<usize>x) << 2), coloursOf(samples + x * channels, channels));
  // Clears what vectors have written beyond its end.
  for (let x = width; x < ((width + 3) & ~3) + 2; x++) store<i32>(row + ((<usize>x) << 2), 0);
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    const colour = v128.load(row + at);
    const west = i32x4.ne(colour, v128.load(row + at - 4));
    const north = i32x4.ne(colour, v128.load(above + at));
    const both = v128.and(west, north);
    const corners = v128.and(
      i32x4.ne(colour, v128.load(above + at - 4)),
      i32x4.ne(colour, v128.load(above + at + 4)),
    );
    const far = v128.and(i32x4.ne(colour, v128.load(row + at - 8)), i32x4.ne(colour, v128.load(second + at)));
    const there = width - x < 4 ? (1 << (width - x)) - 1 : 15;
    const changed = popcnt(i32x4.bitmask(v128.or(west, north)) & there);
    const count = popcnt(i32x4.bitmask(v128.and(both, v128.and(corners, far))) & there);
    const cell = <usize>(x >> 3);
    store<u8>(fresh + cell, load<u8>(fresh + cell) + count);
    const to = bits + (cell << 1);
    store<u16>(to, load<u16>(to) + freshBits * count + changedBits * changed);
  }
}
