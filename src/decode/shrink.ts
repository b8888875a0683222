import type { Picture } from './picture.js';

/** 1 / scale of the size, rounded up: means of scale x scale samples, the last column and row repeated. */
export function shrink(picture: Picture, scale: number): Picture {
  const { width, height, channels, data } = picture;
  const w = Math.ceil(width / scale);
  const h = Math.ceil(height / scale);
  const out = data.slice(0, w * h * channels);
  for (let i = 0; i < out.length; i++) {
    const c = i % channels;
    const x = (((i - c) / channels) % w) * scale;
    const y = Math.floor(i / channels / w) * scale;
    let sum = 0;
    for (let v = 0; v < scale; v++)
      for (let u = 0; u < scale; u++)
        sum += data[(Math.min(y + v, height - 1) * width + Math.min(x + u, width - 1)) * channels + c]!;
    out[i] = Math.round(sum / scale / scale);
  }
  return { ...picture, width: w, height: h, data: out };
}
