/** The end marker of a JPEG (EOI). */
const END = Uint8Array.of(0xff, 0xd9);
/** Varied bytes without a marker. */
const OTHER_BITS = Uint8Array.from({ length: 64 }, (_, i) => (i * 91 + 165) % 254);

/** A JPEG without an end marker, with one added. Half a marker at its end is replaced. */
export function withEnd(jpeg: Uint8Array): Uint8Array {
  let to = jpeg.length;
  while (jpeg[to - 1] === END[0]) to--;
  return Buffer.concat([jpeg.subarray(0, to), END]);
}

/**
 * The same JPEG with other bytes before its end marker. A decoder skips them if the picture is complete, and takes them for pixels if it is
 * cut short. So the picture is complete if both files decode to the same pixels.
 */
export const withOtherBits = (ended: Uint8Array): Uint8Array =>
  Buffer.concat([ended.subarray(0, -END.length), OTHER_BITS, END]);
