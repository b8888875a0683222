/** The marker of a JPEG's end. */
const END = Uint8Array.of(0xff, 0xd9);
/** Bits that are neither all alike nor a marker. */
const OTHER_BITS = Uint8Array.from({ length: 64 }, (_, i) => (i * 91 + 165) % 254);

/** A JPEG that has no marker of its end, with one, in the place of half a marker. */
export function withEnd(jpeg: Uint8Array): Uint8Array {
  let to = jpeg.length;
  while (jpeg[to - 1] === END[0]) to--;
  return Buffer.concat([jpeg.subarray(0, to), END]);
}

/**
 * The same with other bits before the end. Decoders pass these over where the picture is whole; where it breaks off they take them for pixels, as they take zeros without
 * them: it is whole if both give the same.
 */
export const withOtherBits = (ended: Uint8Array): Uint8Array =>
  Buffer.concat([ended.subarray(0, -END.length), OTHER_BITS, END]);
