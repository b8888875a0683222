import type { Raster } from '../decode/index.js';

/**
 * RGBA samples in the form that canvases take; 16 bits a sample become 8. In a page they pass through a canvas in main memory: after some
 * bitmaps made from ImageData, WebKitGTK 2.50 shows one of the first again.
 */
export async function bitmapOf({ width, height, data }: Raster): Promise<ImageBitmap> {
  const samples = data instanceof Uint16Array ? Uint8ClampedArray.from(data, v => v / 257) : data;
  const image = new ImageData(samples as Uint8ClampedArray<ArrayBuffer>, width, height);
  if (!globalThis.document) return createImageBitmap(image);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { willReadFrequently: true })!.putImageData(image, 0, 0);
  return canvas.transferToImageBitmap();
}
