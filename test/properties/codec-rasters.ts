import fc from 'fast-check';
import type { Raster, SampleCount } from 'lowrank';

/** A value from 0 to 1 for each sample: u and v are the pixel's place, 0 to 1, c its channel. */
type Scene = (u: number, v: number, c: number, random: () => number) => number;

const SCENES: Record<string, Scene> = {
  flat: (_u, _v, c) => [0.2, 0.6, 0.5, 1][c]!,
  ramp: (u, v, c) => (c % 2 ? u : (u + v) / 2),
  noise: (_u, _v, _c, random) => random(),
  edges: (u, v, c) => ((Math.floor(u * 5) + Math.floor(v * 3 + c * 0.4)) % 2 ? 1 : 0),
  waves: (u, v, c) => 0.5 + 0.5 * Math.sin(20 * u + 9 * v * (c + 1)),
  photo: (u, v, c, random) => 0.45 + 0.3 * Math.sin(9 * u * v + c) + 0.1 * Math.cos(40 * v) + 0.03 * random(),
  grain: (u, v, c, random) => 0.7 * (c === 1 ? u : v) + 0.3 * random(),
};

/**
 * On the left letters in two colours on a third, the same few again and again; on the right a photo. Cells of the left half are exact ones.
 */
export function graphics(width: number, height: number, channels: SampleCount): Drawn {
  const raster = draw(width, height, channels, 8, 'photo');
  const glyphs = [0x7e81a58199, 0x18243c2442, 0x3e20382020];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width / 2; x++) {
      const glyph = glyphs[(Math.floor(x / 6) + 2 * Math.floor(y / 8)) % 3]!;
      const ink = x % 6 < 5 && Math.floor(glyph / 2 ** ((y % 8) + 8 * (x % 6))) % 2;
      for (let c = 0; c < channels; c++)
        raster.data[(y * width + x) * channels + c] = [
          ink ? 20 : 240,
          ink ? 60 : 238,
          ink ? 90 : 230,
          ink ? 255 : 200,
        ][c]!;
    }
  return { ...raster, scene: 'graphics' };
}

export interface Drawn extends Raster {
  scene: string;
}

/** Draws a raster; the same seed gives the same noise (Numerical Recipes' generator). */
export function draw(
  width: number,
  height: number,
  channels: SampleCount,
  bitDepth: 8 | 16,
  scene: string,
  seed = 1,
): Drawn {
  const length = width * height * channels;
  const data = bitDepth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  const peak = bitDepth === 16 ? 65_535 : 255;
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++, i++)
        data[i] = Math.round(peak * SCENES[scene]!(x / width, y / height, c, random));
  return { width, height, channels, bitDepth, data, scene };
}

/** Rasters of every channel count and depth, 1 to `most` pixels a side, small and narrow ones often. */
export function rasters(
  most = 70,
  channels: readonly SampleCount[] = [1, 2, 3, 4],
  bitDepths: readonly (8 | 16)[] = [8, 16],
): fc.Arbitrary<Drawn> {
  const side = fc.oneof(fc.integer({ min: 1, max: Math.min(9, most) }), fc.integer({ min: 1, max: most }));
  return fc
    .tuple(
      side,
      side,
      fc.constantFrom(...channels),
      fc.constantFrom(...bitDepths),
      fc.constantFrom(...Object.keys(SCENES)),
      fc.nat(),
    )
    .map(args => draw(...args))
    .map(raster => Object.assign(raster, { [fc.toStringMethod]: () => nameOf(raster) }));
}

const nameOf = ({ width, height, channels, bitDepth, scene }: Drawn): string =>
  `${scene}, ${width} x ${height}, ${channels} x ${bitDepth} bits`;

/** PSNR over the colour samples of two pictures, dB; or over alpha alone. Infinity where they are the same. */
export function psnrBetween(a: Raster, b: Raster, alpha = false): number {
  const colours = a.channels < 3 ? 1 : 3;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < a.data.length; i++) {
    if (i % a.channels >= colours !== alpha) continue;
    sum += (a.data[i]! - b.data[i]!) ** 2;
    count++;
  }
  const peak = a.bitDepth === 16 ? 65_535 : 255;
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((peak * peak * count) / sum);
}

/** The seed is fixed, so that results depend on the code and not on luck; change it to search further. */
export const checked = (numRuns: number): fc.Parameters<unknown> => ({
  numRuns,
  seed: Number(process.env.SEED ?? 20_250),
});
