/** Bits a pixel of a file of so many bytes. */
export const bitsPerPixel = (bytes: number, width: number, height: number): number =>
  (8 * bytes) / (width * height);
