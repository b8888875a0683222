import type { Raster } from '../decode/index.js';

/** RGBA samples as canvases take them; 16 bits a sample become 8. */
export function bitmapOf({ width, height, data }: Raster): Promise<ImageBitmap> {
  const samples = data instanceof Uint16Array ? Uint8ClampedArray.from(data, v => v / 257) : data;
  return createImageBitmap(new ImageData(samples as Uint8ClampedArray<ArrayBuffer>, width, height));
}
