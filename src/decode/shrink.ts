import type { Raster } from '../core/raster.js';

/** 1 / scale of the size, rounded up: means of scale x scale samples, the last column and row repeated. */
export function shrink<T extends Raster>(picture: T, scale: number): T {
  if (scale === 1) return picture;
  const { width, height, channels, data } = picture;
  const w = Math.ceil(width / scale);
  const h = Math.ceil(height / scale);
  const means = data.slice(0, w * h * channels).map((_, i) => {
    const c = i % channels;
    const x = ((i - c) / channels) % w;
    const y = Math.floor(i / channels / w);
    let sum = 0;
    for (let n = 0; n < scale * scale; n++) {
      const column = Math.min(x * scale + (n % scale), width - 1);
      const row = Math.min(y * scale + Math.floor(n / scale), height - 1);
      sum += data[(row * width + column) * channels + c]!;
    }
    return Math.round(sum / scale / scale);
  });
  return { ...picture, width: w, height: h, data: means };
}
