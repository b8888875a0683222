import type { Pixels, RowProfile } from '../protocol.js';

/** Brightness along row y of a picture and of its decoded version; rows beyond the last count as the last. */
export function rowProfile(original: Pixels, decoded: Pixels, y: number): RowProfile {
  const row = Math.max(0, Math.min(original.height - 1, y));
  return { original: brightness(original, row), decoded: brightness(decoded, row) };
}

function brightness({ width, data }: Pixels, row: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, x) => {
    const i = 4 * (row * width + x);
    return Math.round((data[i]! + data[i + 1]! + data[i + 2]!) / 3);
  });
}
