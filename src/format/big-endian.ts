/** An integer as `count` bytes, the highest first. */
export const bigEndian = (value: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)));
