import type { Raster } from '../core/raster.js';

/** 1 / scale of the size, rounded up: means of scale x scale samples, with the last column and row repeated. */
export function shrink<T extends Raster>(picture: T, scale: number): T {
  if (scale === 1) return picture;
  const { width, height, channels, data } = picture;
  const w = Math.ceil(width / scale);
  const h = Math.ceil(height / scale);
  const means = data.slice(0, w * h * channels);
  for (let y = 0, i = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let v = y * scale; v < (y + 1) * scale; v++)
          for (let u = x * scale; u < (x + 1) * scale; u++)
            sum += data[(Math.min(v, height - 1) * width + Math.min(u, width - 1)) * channels + c]!;
        means[i++] = Math.round(sum / scale / scale);
      }
  return { ...picture, width: w, height: h, data: means };
}
